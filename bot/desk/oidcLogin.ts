import * as openId from 'openid-client';
import { z } from 'zod';
import type { Clock } from '../../services/clock';
import { type DeskRole, deskApiPath } from '../../services/desk/deskApi';
import { AppError } from '../../services/errors';
import { isLoopbackHost } from '../../services/loopback';
import type { Sealer } from '../sealer';
import type { OidcSettings } from '../settings/deskSettings';

/** The company's login did not answer, or not as OpenID Connect says. */
export class OidcUnavailableError extends AppError {
  readonly code = 'OidcUnavailable';
}

export type OidcResult =
  | { readonly status: 'known'; readonly name: string; readonly subject: string; readonly role: DeskRole }
  /** Nobody began it in this browser, it is too old, or the company's login did not let them in. */
  | { readonly status: 'refused' }
  /** They are who they are, but not at the desk. */
  | { readonly status: 'noRole' };

/** A login that has begun is to be finished within this time. */
export const oidcLoginMs = 10 * 60_000;
const requestTimeoutSeconds = 5;

const begunLogin = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  atMs: z.number(),
});
const claimsShape = z.object({
  sub: z.string().min(1).max(255),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
});

/**
 * Authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700). What has begun travels
 * sealed in the browser's own cookie, so that any node can finish it and only that browser.
 */
export class OidcLogin {
  private discovered: Promise<openId.Configuration> | undefined;

  constructor(
    private readonly settings: OidcSettings,
    private readonly deps: {
      readonly sealer: Sealer;
      readonly clock: Clock;
      readonly publicUrl: () => string;
    },
  ) {}

  /**
   * @returns where to send the browser, and what to give it to keep
   * @throws OidcUnavailableError
   */
  async start(): Promise<{ url: string; sealed: string }> {
    const config = await this.configuration();
    const [state, nonce, verifier] = [
      openId.randomState(),
      openId.randomNonce(),
      openId.randomPKCECodeVerifier(),
    ];
    const url = openId.buildAuthorizationUrl(config, {
      redirect_uri: this.redirectUri(),
      scope: 'openid profile email',
      code_challenge: await openId.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const begun = { state, nonce, verifier, atMs: this.deps.clock.now() };
    return {
      url: url.href,
      sealed: this.deps.sealer.seal(JSON.stringify(begun)).toString('base64url'),
    };
  }

  /**
   * @param query of the address that the company's login sent the browser back to
   * @param sealed what `start` gave the browser to keep
   * @throws OidcUnavailableError
   */
  async finish(query: string, sealed: string): Promise<OidcResult> {
    const begun = this.open(sealed);
    if (begun === undefined) return { status: 'refused' };
    const config = await this.configuration();
    const url = new URL(this.redirectUri());
    url.search = query;
    try {
      const tokens = await openId.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      });
      return this.personOf(tokens.claims());
    } catch (cause) {
      // What the provider or the browser got wrong is a refusal; that nobody answers is not.
      if (cause instanceof TypeError || isTimeout(cause))
        throw new OidcUnavailableError('the company login did not answer', { cause });
      return { status: 'refused' };
    }
  }

  private personOf(claims: unknown): OidcResult {
    const known = claimsShape.safeParse(claims);
    if (!known.success) return { status: 'refused' };
    const { sub, preferred_username, email } = known.data;
    const role = this.roleIn(Object(claims)[this.settings.roleClaim]);
    if (role === undefined) return { status: 'noRole' };
    const name = (preferred_username ?? email ?? sub).trim();
    return { status: 'known', name, subject: JSON.stringify([this.settings.issuer, sub]), role };
  }

  /** Of several roles the one that may do more at the desk. */
  private roleIn(claim: unknown): DeskRole | undefined {
    const given = Array.isArray(claim) ? claim : [claim];
    const order = ['supervisor', 'agent', 'editor'] as const;
    return order.find((role) => given.includes(this.settings.roles[role]));
  }

  private open(sealed: string): z.output<typeof begunLogin> | undefined {
    try {
      const text = this.deps.sealer.open(Buffer.from(sealed, 'base64url'));
      const begun = begunLogin.safeParse(JSON.parse(text));
      const ageMs = begun.success ? this.deps.clock.now() - begun.data.atMs : oidcLoginMs;
      return begun.success && ageMs >= 0 && ageMs < oidcLoginMs ? begun.data : undefined;
    } catch {
      return undefined;
    }
  }

  private redirectUri(): string {
    return `${this.deps.publicUrl()}${deskApiPath}/oidc/return`;
  }

  /** Asked for when it is first needed, so that the server starts without the company's login as well. */
  private async configuration(): Promise<openId.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const server = new URL(issuer);
    this.discovered ??= openId.discovery(
      server,
      clientId,
      undefined,
      openId.ClientSecretBasic(clientSecret),
      {
        timeout: requestTimeoutSeconds,
        execute: isLoopbackHost(server.hostname) ? [openId.allowInsecureRequests] : [],
      },
    );
    try {
      return await this.discovered;
    } catch (cause) {
      this.discovered = undefined;
      throw new OidcUnavailableError('the company login did not answer', { cause });
    }
  }
}

function isTimeout(error: unknown): boolean {
  return /timeout/i.test(String(Object(error).code)) || Object(error).name === 'TimeoutError';
}
