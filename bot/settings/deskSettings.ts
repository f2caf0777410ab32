import { z } from 'zod';
import { isLoopbackHost } from '../../services/loopback';
import { isSafeAddress } from './fields';

/** The company's login (OpenID Connect) for people at the desk. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim of the ID token that holds their roles: a text or a list. */
  readonly roleClaim: string;
  /** The company's words for ours. */
  readonly roles: { readonly agent: string; readonly supervisor: string; readonly editor: string };
}

export interface DeskConfig {
  /** undefined: accounts of the desk's own alone. */
  readonly oidc: OidcSettings | undefined;
}

const word = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be up to 128 visible ASCII characters.');

export const deskSettings = {
  DESK_OIDC_ISSUER: z
    .string()
    .refine(isSafeAddress, 'must be an https address without user name; http only on this machine.')
    .optional(),
  DESK_OIDC_CLIENT_ID: word.optional(),
  DESK_OIDC_CLIENT_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{8,512}$/, 'must be 8 to 512 visible ASCII characters without spaces.')
    .optional(),
  DESK_OIDC_ROLE_CLAIM: word.default('roles'),
  DESK_OIDC_AGENT_ROLE: word.default('agent'),
  DESK_OIDC_SUPERVISOR_ROLE: word.default('supervisor'),
  DESK_OIDC_EDITOR_ROLE: word.default('editor'),
};

const neededNames = ['DESK_OIDC_ISSUER', 'DESK_OIDC_CLIENT_ID', 'DESK_OIDC_CLIENT_SECRET'] as const;

export function deskConfigOf(data: z.output<z.ZodObject<typeof deskSettings>>): DeskConfig {
  const { DESK_OIDC_ISSUER: issuer, DESK_OIDC_CLIENT_ID: clientId } = data;
  const { DESK_OIDC_CLIENT_SECRET: clientSecret } = data;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    return { oidc: undefined };
  return {
    oidc: {
      issuer,
      clientId,
      clientSecret,
      roleClaim: data.DESK_OIDC_ROLE_CLAIM,
      roles: {
        agent: data.DESK_OIDC_AGENT_ROLE,
        supervisor: data.DESK_OIDC_SUPERVISOR_ROLE,
        editor: data.DESK_OIDC_EDITOR_ROLE,
      },
    },
  };
}

/** What the settings of the company's login lack, or what would not work with them. */
export function deskContradictions(given: Record<string, string>): string[] {
  const problems: string[] = [];
  const missing = neededNames.filter((name) => !given[name]);
  if (missing.length > 0 && missing.length < neededNames.length)
    problems.push(
      `${missing.join(' and ')} must be set too, or no setting of the desk's company login at all.`,
    );
  const { HOST = '127.0.0.1', PUBLIC_URL = '' } = given;
  // Browsers keep the desk's cookies from plain http, this machine excepted.
  if (missing.length === 0 && !isLoopbackHost(HOST) && !PUBLIC_URL.startsWith('https:'))
    problems.push(
      'DESK_OIDC_ISSUER needs a PUBLIC_URL with https, which the company login sends people back to.',
    );
  return problems;
}
