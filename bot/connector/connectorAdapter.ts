import {
  type Activity,
  CloudAdapter,
  type CloudAdapterBase,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { BoundedMap } from '../../channels/directLine/boundedMap';
import type { MicrosoftApp } from '../settings/microsoftSettings';
import { channelIssuer } from './bearerPrecheck';

type Authentication = Awaited<
  ReturnType<CloudAdapterBase['botFrameworkAuthentication']['authenticateRequest']>
>;

type ConnectorFactory = ReturnType<CloudAdapterBase['botFrameworkAuthentication']['createConnectorFactory']>;
type ConnectorClient = Awaited<ReturnType<ConnectorFactory['create']>>;

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
  private readonly appId: string;
  /** By service URL: of a channel all conversations have the same few. */
  private readonly clients = new BoundedMap<string, Promise<ConnectorClient>>(100);

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
    this.appId = app.id;
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

  /**
   * Posts an activity of the bot's own accord ("Send to conversation"). `continueConversationAsync` would make two
   * clients with all their policies for it, a turn, and a client for sign-ins that nobody asks for.
   * @throws the SDK's RestError when the channel did not take it
   */
  async post(serviceUrl: string, conversationId: string, activity: Partial<Activity>): Promise<void> {
    const client = await this.clientFor(serviceUrl);
    // The type wants fields that only inbound activities have.
    await client.conversations.sendToConversation(conversationId, activity as Activity);
  }

  private clientFor(serviceUrl: string): Promise<ConnectorClient> {
    const known = this.clients.get(serviceUrl);
    if (known !== undefined) return known;
    const identity = this.createClaimsIdentity(this.appId);
    const made = this.botFrameworkAuthentication.createConnectorFactory(identity).create(serviceUrl);
    this.clients.set(serviceUrl, made);
    made.catch(() => this.clients.delete(serviceUrl));
    return made;
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
