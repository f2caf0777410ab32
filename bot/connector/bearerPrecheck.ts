import { z } from 'zod';
import { BadRequestError } from '../../services/errors';
import type { JsonValue } from '../../services/turn/turnStore';
import { parseStrictJson } from '../http/strictJson';
import type { MicrosoftApp } from '../settings/microsoftSettings';

export interface BearerClaims {
  readonly iss: string;
  /** Where replies of this caller may go; only in tokens of Bot Framework itself. */
  readonly serviceUrl: string | undefined;
}

export type BearerPrecheck =
  | { readonly status: 'plausible'; readonly claims: BearerClaims }
  /** `reason` is one of our own words: fit for a log. */
  | {
      readonly status: 'refused';
      readonly reason: 'missing' | 'format' | 'header' | 'issuer' | 'audience' | 'time';
    };

/** Issuer of tokens that channels send (botframework-connector, AuthenticationConstants). */
export const channelIssuer = 'https://api.botframework.com';
/** Microsoft's own tenants that sign for the Emulator and Agents Playground (tokenValidationParameters.ts). */
const botFrameworkTenants = ['d6d49420-f39b-4df7-a1dc-d59a935871db', 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'];

const maxHeaderLength = 16_384;
/** Bot Framework's own clock tolerance. */
const toleranceSeconds = 300;

const joseHeader = z.object({
  alg: z.enum(['RS256', 'RS384', 'RS512']),
  kid: z.string().regex(/^[\w-]{1,128}$/),
  // Headers that point a verifier to a key of the sender's choice, or change what is signed.
  jku: z.never().optional(),
  jwk: z.never().optional(),
  x5u: z.never().optional(),
  x5c: z.never().optional(),
  crit: z.never().optional(),
  b64: z.never().optional(),
});

const payload = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  tid: z.string().optional(),
  appid: z.string().optional(),
  azp: z.string().optional(),
  serviceurl: z.string().optional(),
});

/**
 * Looks at a bearer token before the SDK does: whatever cannot become valid is refused without asking a key
 * server, so that forged tokens cause no outgoing call. The signature is the SDK's part.
 * @param authorization the Authorization header
 */
export function precheckBearer(
  authorization: string | undefined,
  app: Pick<MicrosoftApp, 'id' | 'type' | 'tenantId'>,
  nowMs: number,
): BearerPrecheck {
  if (!authorization) return refused('missing');
  if (authorization.length > maxHeaderLength) return refused('format');
  const parts = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization);
  if (!joseHeader.safeParse(decoded(parts?.[1])).success)
    return refused(parts === null ? 'format' : 'header');
  const claims = payload.safeParse(decoded(parts?.[2]));
  if (!claims.success) return refused('format');
  const { iss, aud, exp, nbf = 0, tid, appid, azp, serviceurl } = claims.data;
  const tenants = app.type === 'MultiTenant' ? botFrameworkTenants : [...botFrameworkTenants, app.tenantId];
  const fromChannel = iss === channelIssuer;
  if (!fromChannel && !tenants.some((tenant) => tenantIssuers(tenant).includes(iss)))
    return refused('issuer');
  if (tid !== undefined && !tenants.includes(tid)) return refused('issuer');
  // A bot's own calls carry its id as caller too; another caller would be a skill, which is not supported.
  const callers = [appid, azp].filter((caller) => caller !== undefined);
  if (aud !== app.id || callers.some((caller) => caller !== app.id)) return refused('audience');
  const now = nowMs / 1_000;
  if (exp + toleranceSeconds < now || nbf - toleranceSeconds > now) return refused('time');
  return { status: 'plausible', claims: { iss, serviceUrl: serviceurl } };
}

function tenantIssuers(tenant: string): string[] {
  return [`https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/v2.0`];
}

function decoded(part: string | undefined): JsonValue | undefined {
  if (part === undefined) return undefined;
  try {
    return parseStrictJson(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof BadRequestError) return undefined;
    throw error;
  }
}

function refused(reason: Extract<BearerPrecheck, { status: 'refused' }>['reason']): BearerPrecheck {
  return { status: 'refused', reason };
}
