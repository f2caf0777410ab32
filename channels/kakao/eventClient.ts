import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { DeliveryRefusedError, DeliveryUnavailableError } from '../../services/errors';

export interface KakaoEventOptions {
  /** The bot's id; with `!` at its end the development channel's. */
  readonly botId: string;
  /** REST API key of the Kakao Developers app that belongs to the channel. */
  readonly restKey: string;
  /** As it is set on the Event block. */
  readonly eventName: string;
  /** Kakao's own unless a test says otherwise. */
  readonly baseUrl?: string;
  /** For one request. Default 3 s: three of them and the waits stay below the outbox's 10 s. */
  readonly timeoutMs?: number;
  /** Between two questions for the result. Default 700 ms. */
  readonly resultWaitMs?: number;
}

const accepted = z.object({ taskId: z.string().min(1), status: z.string() });
const result = z.object({
  status: z.string(),
  successCount: z.number().int().default(0),
  fail: z.object({ count: z.number().int() }).default({ count: 0 }),
});

/** How often the result is asked for; what has none by then counts as sent, because a second try would be a second one. */
const resultTries = 3;
const kakaoBaseUrl = 'https://bot-api.kakao.com';

/**
 * KakaoTalk's Event API: the bot speaks first (kakaobusiness.gitbook.io, "Event API"; 15 won a message, VAT not
 * included, in the development channel too). The call names the event and the customer and holds no words: Kakao runs
 * the Event block, whose skill asks this server for them (`POST /channels/kakao/event`). It needs a channel with
 * verified business, a linked wallet, a deployed Event block, and a customer who has the channel as a friend.
 *
 * The API knows no idempotency key: this process tells no key twice; after a crash or a lost answer a customer may be
 * told again.
 */
export class KakaoEventClient {
  /** By key: whether KakaoTalk said that it failed. Oldest first. */
  private readonly told = new Map<string, boolean>();

  constructor(private readonly options: KakaoEventOptions) {}

  /**
   * Has the Event block run for one customer.
   * @param botUserKey the customer in this bot
   * @param key the same on every attempt
   * @throws DeliveryRefusedError when this customer cannot be told this way: no friend, blocked, no wallet, wrong key
   * @throws DeliveryUnavailableError when it may work later
   */
  async tell(botUserKey: string, key: string): Promise<void> {
    const before = this.told.get(key);
    if (before === true) throw new DeliveryRefusedError('KakaoTalk did not deliver it');
    if (before === false) return;
    const { botId, eventName } = this.options;
    const body = { event: { name: eventName }, user: [{ type: 'botUserKey', id: botUserKey }] };
    const answer = await this.call('POST', `v2/bots/${encodeURIComponent(botId)}/talk`, JSON.stringify(body));
    const task = accepted.safeParse(answer);
    if (!task.success) throw new DeliveryUnavailableError('the Event API answered in another shape');
    if (task.data.status !== 'SUCCESS')
      throw new DeliveryRefusedError('the Event API did not take the event');
    this.remember(key, false);
    if (!(await this.hasFailed(task.data.taskId))) return;
    this.remember(key, true);
    throw new DeliveryRefusedError('KakaoTalk did not deliver it');
  }

  /** 'SUCCESS' above means accepted; what became of it is in the task. */
  private async hasFailed(taskId: string): Promise<boolean> {
    const { resultWaitMs = 700 } = this.options;
    for (let attempt = 0; attempt < resultTries; attempt += 1) {
      await wait(resultWaitMs);
      const found = result.safeParse(
        await this.call('GET', `v1/tasks/${encodeURIComponent(taskId)}`).catch(() => undefined),
      );
      if (!found.success) continue;
      if (found.data.successCount > 0) return false;
      if (found.data.fail.count > 0 || found.data.status === 'ALL FAIL') return true;
    }
    return false;
  }

  private async call(method: 'GET' | 'POST', path: string, body?: string): Promise<unknown> {
    const { restKey, baseUrl = kakaoBaseUrl, timeoutMs = 3_000 } = this.options;
    let response: Response;
    try {
      response = await fetch(new URL(path, baseUrl), {
        method,
        // It would carry the key elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { Authorization: `KakaoAK ${restKey}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      });
    } catch {
      // The cause may repeat the customer's key.
      throw new DeliveryUnavailableError('the Event API does not answer');
    }
    if (response.ok) return response.json().catch(() => undefined);
    await response.body?.cancel();
    if (response.status === 408 || response.status === 429 || response.status >= 500)
      throw new DeliveryUnavailableError(`the Event API cannot take events now: HTTP ${response.status}`);
    throw new DeliveryRefusedError(`the Event API refused: HTTP ${response.status}`);
  }

  private remember(key: string, failed: boolean): void {
    this.told.set(key, failed);
    const oldest = this.told.keys().next().value;
    if (this.told.size > keysKept && oldest !== undefined) this.told.delete(oldest);
  }
}

const keysKept = 10_000;
