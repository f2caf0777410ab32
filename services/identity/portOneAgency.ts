import { z } from 'zod';
import { IdentityAgencyUnavailableError } from '../errors';
import { type Randomness, systemRandomness } from '../randomness';
import { type CallLimits, CallPolicy, RefusedByBackEnd, TransientFailure } from '../resilience/callPolicy';
import { AgencyPerson } from './agencyPerson';
import type { AgencyResult, AgencyStart, IdentityAgency } from './identityAgency';

/** The published address of PortOne's API. */
export const portOneBaseUrl = 'https://api.portone.io';

export interface PortOneOptions {
  readonly apiSecret: string;
  readonly storeId: string;
  readonly channelKey: string;
  /** Default `portOneBaseUrl`. */
  readonly baseUrl?: string;
  /** A test channel verifies nobody: only for a server that customers cannot reach. */
  readonly allowTestChannel: boolean;
  /** Default `agencyCallLimits`. */
  readonly limits?: CallLimits;
  /** Told when it is not asked any more because it kept failing, and when it is again. */
  readonly onCircuit?: (part: string, state: 'open' | 'closed') => void;
}

/** 4 s leave a second of the 5 s in which a customer hears something. */
export const agencyCallLimits: CallLimits = {
  budgetMs: 4_000,
  attemptMs: 1_900,
  retries: 2,
  backoffMs: 150,
  breakAfter: 6,
  openMs: 10_000,
};

/** PortOne's answer is some kilobytes; a page of another kind may be anything. */
const maxBodyBytes = 262_144;

/** The fields we read of `VerifiedIdentityVerification` and its siblings, as @portone/server-sdk 0.19 has them. */
const verification = z.discriminatedUnion('status', [
  z.object({ status: z.literal('READY'), id: z.string() }),
  z.object({ status: z.literal('FAILED'), id: z.string() }),
  z.object({
    status: z.literal('VERIFIED'),
    id: z.string(),
    channel: z.object({ type: z.string(), key: z.string().optional() }).optional(),
    verifiedCustomer: z.object({
      ci: z.string().min(1).max(200).optional(),
      birthDate: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .optional(),
    }),
  }),
]);
const refusal = z.object({ type: z.string() });

/**
 * PortOne V2 identity verification: `GET /identity-verifications/{id}?storeId=…`, header
 * `Authorization: PortOne SECRET` (PortOne REST API V2).
 *
 * Not through @portone/server-sdk: it takes no AbortSignal and has no time limit, a page that is no JSON ends in
 * a SyntaxError which quotes it, and answers are cast, not checked. PortOne publishes no webhook for identity
 * verifications (types `Transaction.*` and `BillingKey.*` alone), so none is awaited.
 */
export class PortOneAgency implements IdentityAgency {
  private readonly calls: CallPolicy;

  constructor(
    private readonly options: PortOneOptions,
    randomness: Pick<Randomness, 'int'> = systemRandomness,
  ) {
    this.calls = new CallPolicy(options.limits ?? agencyCallLimits, randomness, options.onCircuit);
  }

  start({ verificationId, returnUrl }: { verificationId: string; returnUrl: string }): AgencyStart {
    const { storeId, channelKey } = this.options;
    return {
      kind: 'portone',
      storeId,
      channelKey,
      identityVerificationId: verificationId,
      redirectUrl: returnUrl,
    };
  }

  async result(verificationId: string, signal?: AbortSignal): Promise<AgencyResult> {
    const deadline = this.calls.deadline();
    const within = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    try {
      return await this.calls.repeatable('identityVerification', within, (attempt) =>
        this.ask(verificationId, attempt),
      );
    } catch (error) {
      if (error instanceof IdentityAgencyUnavailableError) throw error;
      const reason = error instanceof RefusedByBackEnd ? `refused us with ${error.status}` : 'did not answer';
      // No cause: it may quote what was received.
      throw new IdentityAgencyUnavailableError(`the identity agency ${reason}`);
    }
  }

  private async ask(verificationId: string, signal: AbortSignal): Promise<AgencyResult> {
    const { storeId, apiSecret, baseUrl = portOneBaseUrl } = this.options;
    const url = new URL(`/identity-verifications/${encodeURIComponent(verificationId)}`, baseUrl);
    url.searchParams.set('storeId', storeId);
    let status: number;
    let body: unknown;
    try {
      // A redirect would carry the secret to another address.
      const headers = { Authorization: `PortOne ${apiSecret}`, Accept: 'application/json' };
      const response = await fetch(url, { headers, signal, redirect: 'error' });
      status = response.status;
      body = parsed(await limitedText(response));
    } catch {
      throw new TransientFailure('the connection broke');
    }
    return this.read(verificationId, status, body);
  }

  private read(verificationId: string, status: number, body: unknown): AgencyResult {
    if (status >= 500 || status === 429) throw new TransientFailure(`HTTP ${status}`);
    if (status === 404 && refusal.safeParse(body).data?.type === 'IDENTITY_VERIFICATION_NOT_FOUND')
      return { status: 'pending' };
    if (status !== 200) throw new RefusedByBackEnd(status);
    const answer = verification.safeParse(body);
    if (!answer.success || answer.data.id !== verificationId)
      throw new IdentityAgencyUnavailableError('the identity agency answered in an unexpected shape');
    if (answer.data.status === 'READY') return { status: 'pending' };
    if (answer.data.status === 'FAILED') return { status: 'failed' };
    const { channel, verifiedCustomer } = answer.data;
    if (!this.trusts(channel)) return { status: 'failed' };
    const { ci, birthDate } = verifiedCustomer;
    // Some certificates come without CI: then nobody can say whose line it is.
    if (ci === undefined || birthDate === undefined) return { status: 'failed' };
    return { status: 'verified', person: new AgencyPerson({ ci, birthDate }) };
  }

  private trusts(channel: { type: string; key?: string } | undefined): boolean {
    const { channelKey, allowTestChannel } = this.options;
    if (channel === undefined) return false;
    if (channel.key !== undefined && channel.key !== channelKey) return false;
    return channel.type === 'LIVE' || (allowTestChannel && channel.type === 'TEST');
  }
}

async function limitedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  if (response.body === null) return text;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** undefined for what is no JSON: a gateway's error page, half an answer. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
