import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../services/clock';
import { parsePhoneNumber } from '../../services/intent/entities/phoneNumber';

export interface SiteTokenSettings {
  /** Where the site publishes the keys that it signs with (RFC 7517). */
  readonly jwksUrl: string;
  /** Claim `iss` of its tokens. */
  readonly issuer: string;
  /** Claim `aud`: this assistant, as the site calls it. */
  readonly audience: string;
}

export type SiteTokenCheck =
  | {
      readonly status: 'valid';
      readonly lineId: string;
      readonly tokenId: string;
      readonly expiresAtMs: number;
    }
  | { readonly status: 'refused' }
  /** The site's keys cannot be had: nothing is known about the token. */
  | { readonly status: 'unavailable' };

const algorithms = ['RS256', 'ES256'];
const maxTokenLength = 4_096;
/** A token is at most five minutes old, this much of it for clocks that disagree. */
const maxAgeSeconds = 300;
const toleranceSeconds = 10;
/** A site that does not answer is left alone for a while, however many tokens come. */
const restAfterFailureMs = 5_000;

/** `line` is the carrier's opaque id. What reads as a phone number is none: it would be personal data in a token. */
const claims = z.object({
  jti: z.string().min(8).max(128),
  line: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{3,63}$/)
    .refine((line) => parsePhoneNumber(line) === undefined),
  iat: z.number(),
});
const addressee = z.object({ iss: z.string(), aud: z.union([z.string(), z.array(z.string())]) });

/**
 * Checks the tokens with which a site tells which line its signed-in customer is looking at (JWT, RFC 7519, signed
 * with RS256 or ES256). They identify and prove nothing. Keys come from the configured address alone, whatever a
 * token's header names.
 */
export class SiteTokens {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;
  private askAgainAtMs = 0;

  constructor(
    private readonly settings: SiteTokenSettings,
    private readonly clock: Clock,
  ) {
    const { jwksUrl } = settings;
    this.keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3_000, cooldownDuration: 30_000 });
  }

  async check(token: string): Promise<SiteTokenCheck> {
    if (!this.isForUs(token)) return { status: 'refused' };
    const restMs = this.askAgainAtMs - this.clock.now();
    // A longer rest than any is a clock that was set back meanwhile.
    if (restMs > 0 && restMs <= restAfterFailureMs) return { status: 'unavailable' };
    const { issuer, audience } = this.settings;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms,
        issuer,
        audience,
        requiredClaims: ['iat', 'jti', 'line'],
        maxTokenAge: maxAgeSeconds - toleranceSeconds,
        clockTolerance: toleranceSeconds,
        currentDate: new Date(this.clock.now()),
      });
      const { jti, line, iat } = claims.parse(payload);
      return { status: 'valid', lineId: line, tokenId: jti, expiresAtMs: (iat + maxAgeSeconds) * 1_000 };
    } catch (error) {
      if (error instanceof z.ZodError || isRefusal(error)) return { status: 'refused' };
      this.askAgainAtMs = this.clock.now() + restAfterFailureMs;
      return { status: 'unavailable' };
    }
  }

  /** Looks before anything is fetched: strangers' tokens cause no request to the site. */
  private isForUs(token: string): boolean {
    if (token.length > maxTokenLength) return false;
    try {
      const { iss, aud } = addressee.parse(decodeJwt(token));
      const { issuer, audience } = this.settings;
      const { alg } = decodeProtectedHeader(token);
      return iss === issuer && [aud].flat().includes(audience) && algorithms.includes(alg ?? '');
    } catch {
      return false;
    }
  }
}

/** The token is at fault, not the way to the keys. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return (
    !(error instanceof errors.JWKSTimeout) &&
    error.code !== 'ERR_JOSE_GENERIC' &&
    error.code !== 'ERR_JWKS_INVALID'
  );
}
