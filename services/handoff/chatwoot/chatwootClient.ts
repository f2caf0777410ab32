import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../errors';
import type { JsonValue } from '../../turn/turnStore';

export interface ChatwootClientOptions {
  /** Origin of the installation, such as `https://chat.example.kr`. */
  readonly baseUrl: string;
  /** Of the inbox of type API. */
  readonly inboxIdentifier: string;
  /** The inbox's HMAC token; needed when the inbox insists on verified identities. */
  readonly hmacToken?: string | undefined;
  readonly clock: Clock;
}

/** Where a customer's conversation lies in Chatwoot. `sourceId` is a bearer secret. */
export interface HubAddress {
  readonly sourceId: string;
  /** The display id. */
  readonly conversation: number;
}

const messageTypes = ['incoming', 'outgoing', 'activity', 'template'] as const;
/** API answers have the number, webhooks the word. */
export const hubMessageType = z.union([
  z.enum(messageTypes),
  z
    .number()
    .int()
    .min(0)
    .max(3)
    .transform((index) => messageTypes[index]),
]);

export const hubMessage = z.object({
  id: z.number().int(),
  content: z.string().nullish(),
  message_type: hubMessageType,
  private: z.boolean().nullish(),
  content_attributes: z.object({ deleted: z.boolean().nullish() }).nullish().catch(undefined),
  /** Seconds since 1970; webhooks of some versions have ISO-8601. */
  created_at: z.union([z.number(), z.string()]).nullish(),
  sender: z
    .object({ name: z.string().nullish(), available_name: z.string().nullish(), type: z.string().nullish() })
    .nullish()
    .catch(undefined),
});
export type HubMessage = z.output<typeof hubMessage>;

const withId = z.object({ id: z.number().int() });
const contact = z.object({ source_id: z.string() });

/** The address is not there: the contact was merged or deleted. */
export class HubAddressGoneError extends DeliveryRefusedError {}

/**
 * Chatwoot's Client API (github:chatwoot/docs `api-reference`): it acts as the customer, so that the bot holds no
 * credential that could read anybody else's conversation. Every call ends with `signal`.
 * All throw HubAddressGoneError (404), DeliveryRefusedError (other 4xx, redirects) and DeliveryUnavailableError (408,
 * 425, 429, 5xx, no answer, an answer in another shape).
 */
export class ChatwootClient {
  constructor(private readonly options: ChatwootClientOptions) {}

  /** Makes the contact; one that is there already stays. @returns the id that addresses it from now on */
  async makeContact(sourceId: string, name: string, signal: AbortSignal): Promise<string> {
    const { hmacToken } = this.options;
    const identity =
      hmacToken === undefined
        ? {}
        : {
            identifier: sourceId,
            identifier_hash: createHmac('sha256', hmacToken).update(sourceId).digest('hex'),
          };
    const body = { source_id: sourceId, name, ...identity };
    return read(contact, await this.call('POST', '/contacts', body, signal)).source_id;
  }

  /** Display ids of the contact's conversations. */
  async conversations(sourceId: string, signal: AbortSignal): Promise<readonly number[]> {
    const found = await this.call(
      'GET',
      `/contacts/${encodeURIComponent(sourceId)}/conversations`,
      undefined,
      signal,
    );
    return read(z.array(withId), found).map(({ id }) => id);
  }

  async openConversation(
    sourceId: string,
    attributes: { readonly [name: string]: JsonValue },
    signal: AbortSignal,
  ): Promise<number> {
    const path = `/contacts/${encodeURIComponent(sourceId)}/conversations`;
    return read(withId, await this.call('POST', path, { custom_attributes: attributes }, signal)).id;
  }

  /** @param echoId comes back in the answer; Chatwoot does not keep it @returns the message's id */
  async say(address: HubAddress, content: string, echoId: string, signal: AbortSignal): Promise<number> {
    const body = { content, echo_id: echoId };
    return read(withId, await this.call('POST', `${pathOf(address)}/messages`, body, signal)).id;
  }

  /** The latest messages, oldest first: both sides, no private notes. */
  async messages(address: HubAddress, signal: AbortSignal): Promise<readonly HubMessage[]> {
    const found = await this.call('GET', `${pathOf(address)}/messages`, undefined, signal);
    return [...read(z.array(hubMessage), found)].sort((one, other) => one.id - other.id);
  }

  /** Ends the conversation in the customer's name; one that is resolved stays so. */
  async resolve(address: HubAddress, signal: AbortSignal): Promise<void> {
    await this.call('POST', `${pathOf(address)}/toggle_status`, {}, signal);
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { baseUrl, inboxIdentifier, clock } = this.options;
    const inbox = `/public/api/v1/inboxes/${encodeURIComponent(inboxIdentifier)}`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(`${inbox}${path}`, baseUrl), {
        method,
        // The path is a secret, and the body somebody's words.
        redirect: 'manual',
        signal,
        ...(body === undefined
          ? {}
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      // The cause may repeat the address.
      throw new DeliveryUnavailableError('Chatwoot does not answer');
    }
    if (response.ok) return jsonOf(text);
    if (response.status === 404) throw new HubAddressGoneError('Chatwoot does not know this address');
    if (response.status >= 500 || [408, 425, 429].includes(response.status))
      throw new DeliveryUnavailableError(
        `Chatwoot cannot take this now: HTTP ${response.status}`,
        waitAsked(response.headers.get('retry-after'), clock.now()),
      );
    throw new DeliveryRefusedError(`Chatwoot refused: HTTP ${response.status}`);
  }
}

function pathOf({ sourceId, conversation }: HubAddress): string {
  return `/contacts/${encodeURIComponent(sourceId)}/conversations/${conversation}`;
}

/** Nothing of a body that is no JSON is needed; some calls answer with none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  // The cause would repeat what somebody wrote.
  if (!parsed.success) throw new DeliveryUnavailableError('Chatwoot answered in another shape');
  return parsed.data;
}

const longestWaitMs = 120_000;

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3); ms. */
function waitAsked(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(wait) ? undefined : Math.min(longestWaitMs, Math.max(0, wait));
}
