import {
  type Activity,
  CloudAdapter,
  type CloudAdapterBase,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { MicrosoftApp } from '../settings/microsoftSettings';
import { channelIssuer } from './bearerPrecheck';

type Authentication = Awaited<
  ReturnType<CloudAdapterBase['botFrameworkAuthentication']['authenticateRequest']>
>;

export type AuthenticationOutcome =
  | { readonly status: 'authenticated'; readonly authentication: Authentication }
  | { readonly status: 'refused' }
  /** The key server did not answer: nobody is let in. */
  | { readonly status: 'unavailable' };

/** OpenID documents of a cloud's signing keys. */
export interface KeyServers {
  /** Of tokens that channels send. */
  readonly channel: string;
  /** Of tokens that the Emulator and Agents Playground send. */
  readonly emulator: string;
}

/**
 * The SDK's adapter with its two halves apart: who is calling, and the answer to that call. `process()` mixes
 * them and answers with internal error texts.
 */
export class ConnectorAdapter extends CloudAdapter {
  private readonly keyTimeoutMs: number;

  /**
   * @param keyServers Microsoft's own unless given
   * @param keyTimeoutMs how long looking up signing keys may take
   */
  constructor(app: MicrosoftApp, keyServers?: KeyServers, keyTimeoutMs = 5_000) {
    super(
      new ConfigurationBotFrameworkAuthentication({
        MicrosoftAppId: app.id,
        MicrosoftAppPassword: app.password,
        MicrosoftAppType: app.type,
        MicrosoftAppTenantId: app.tenantId,
        ...(keyServers === undefined ? {} : cloudWith(keyServers)),
      }),
    );
    this.keyTimeoutMs = keyTimeoutMs;
  }

  /** Checks signature, issuer, audience, times and service URL, as the SDK does. Without an app id all pass. */
  async authenticate(authorization: string, activity: Activity): Promise<AuthenticationOutcome> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('key lookup took too long')), this.keyTimeoutMs);
    });
    try {
      const checked = this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
      return { status: 'authenticated', authentication: await Promise.race([checked, timeout]) };
    } catch (error) {
      return { status: isRefusal(error) ? 'refused' : 'unavailable' };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs `logic` in a turn of an authenticated call; what it sends is the response with `expectReplies`. */
  respond(
    authentication: Authentication,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authentication, activity, logic);
  }
}

/** The SDK takes all addresses of a cloud from its settings as soon as it finds one there. */
function cloudWith(keyServers: KeyServers): Record<string, string> {
  return {
    ToBotFromChannelOpenIdMetadataUrl: keyServers.channel,
    ToBotFromEmulatorOpenIdMetadataUrl: keyServers.emulator,
    ToBotFromChannelTokenIssuer: channelIssuer,
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    OAuthUrl: 'https://api.botframework.com',
  };
}

/** The SDK's AuthenticationError (401) and jsonwebtoken's errors; all else means that keys were not to be had. */
function isRefusal(error: unknown): boolean {
  const { name, statusCode }: { name?: unknown; statusCode?: unknown } = Object(error);
  return (
    statusCode === 401 || ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(String(name))
  );
}
