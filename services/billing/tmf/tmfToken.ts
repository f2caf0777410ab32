import { z } from 'zod';
import type { Clock } from '../../clock';
import { TransientFailure } from '../../resilience/callPolicy';
import { readJson } from './jsonBody';

/** How we prove to the carrier's system who we are. */
export type TmfCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  /** OAuth 2.0 client credentials grant (RFC 6749 §4.4), the client authenticated by HTTP Basic (§2.3.1). */
  | {
      readonly kind: 'oauth2';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
    };

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive().optional(),
});

const earlyMs = 30_000;
/** Without `expires_in` a token is asked for anew after this time. */
const unknownLifetimeS = 300;

/** The `Authorization` header for the carrier's system; fetches and keeps an OAuth 2.0 token when one is needed. */
export class TmfToken {
  private kept: { readonly token: string; readonly untilMs: number } | undefined;
  private asking: Promise<string> | undefined;

  constructor(
    private readonly credentials: TmfCredentials,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when the system asks for none */
  async header(signal: AbortSignal): Promise<string | undefined> {
    const { credentials } = this;
    if (credentials.kind === 'none') return undefined;
    if (credentials.kind === 'token') return `Bearer ${credentials.token}`;
    if (this.kept !== undefined && this.clock.now() < this.kept.untilMs) return `Bearer ${this.kept.token}`;
    // Callers that come together share one question.
    this.asking ??= this.ask(credentials, signal).finally(() => {
      this.asking = undefined;
    });
    return `Bearer ${await this.asking}`;
  }

  /** After a 401: the token was withdrawn before its time. @returns whether another try makes sense */
  forget(): boolean {
    if (this.kept === undefined) return false;
    this.kept = undefined;
    return true;
  }

  private async ask(
    credentials: Extract<TmfCredentials, { kind: 'oauth2' }>,
    signal: AbortSignal,
  ): Promise<string> {
    const { tokenUrl, clientId, clientSecret } = credentials;
    const pair = [clientId, clientSecret].map(formEncoded).join(':');
    const response = await fetch(tokenUrl, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: 'grant_type=client_credentials',
    }).catch((cause: unknown) => {
      throw new TransientFailure('the token server was not reached', { cause });
    });
    const answer = tokenAnswer.safeParse(response.ok ? await readJson(response) : undefined);
    if (!answer.success) {
      await response.body?.cancel().catch(() => {});
      throw new TransientFailure(`the token server gave no token: HTTP ${response.status}`);
    }
    const { access_token: token, expires_in: lifetimeS = unknownLifetimeS } = answer.data;
    this.kept = { token, untilMs: this.clock.now() + Math.max(0, lifetimeS * 1_000 - earlyMs) };
    return token;
  }
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined by a colon. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
