import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock';
import {
  AppError,
  codeOf,
  DeliveryPostponedError,
  DeliveryRefusedError,
  DeliveryUnavailableError,
} from '../../errors';
import type { OutboxSink } from '../../outbox/outboxWorker';
import type { JsonValue, RecordWrite, TurnStore } from '../../turn/turnStore';
import { type HandoffRecord, handoffKey, packetKey, readHandoff } from '../handoff';
import type { SealedPackets } from '../sealedPackets';
import { type BriefWords, briefOf } from './chatwootBrief';
import { type ChatwootClient, type HubAddress, HubAddressGoneError } from './chatwootClient';
import { type ChatwootLink, linkKey, ownerKey, readLink } from './chatwootLink';
import { type HubErrand, hubErrand } from './chatwootProvider';

/** Puts a system event into a conversation's inbox; resolves when it is durable. */
export type TellConversation = (
  conversationKey: string,
  event: { readonly name: string; readonly value: JsonValue; readonly key: string },
) => Promise<unknown>;

export interface ChatwootCourierOptions {
  readonly client: ChatwootClient;
  readonly store: Pick<TurnStore, 'readRecord' | 'writeRecords'>;
  readonly tell: TellConversation;
  readonly packets: () => Pick<SealedPackets, 'open'>;
  readonly words: (language: HandoffRecord['language']) => BriefWords;
  readonly clock: Clock;
  /** Makes the contacts' ids, which nobody may guess; 32 bytes. */
  readonly key: Buffer;
  /** Something waits for Chatwoot to answer again. */
  readonly onTrouble: (facts: { readonly errand: HubErrand['errand']; readonly code: string }) => void;
}

/** All calls of one errand together; less than the worker waits for a delivery. */
const errandMs = 8_000;
/** Who waits in the chat hears soon that nobody can be called; who asked for a callback is not waiting there. */
const openPatienceMs = 20_000;
const callbackPatienceMs = 3_600_000;
const closePatienceMs = 3_600_000;
const againMs = 5_000;
const laterMs = 60_000;
const linkLifeMs = 30 * 24 * 3_600_000;

interface Kept {
  readonly link: ChatwootLink;
  readonly version: number;
}

/**
 * Carries to Chatwoot what `chatwootProvider` put into the outbox. An errand that is run again (a crash, a lost answer)
 * finds in the link how far the last try came, and asks Chatwoot for what it cannot know: nothing arrives twice.
 */
export class ChatwootCourier {
  constructor(private readonly options: ChatwootCourierOptions) {}

  /** The outbox sink 'handoff'. */
  readonly sink: OutboxSink = async (payload, key) => {
    const errand = hubErrand.parse(payload);
    const signal = AbortSignal.timeout(errandMs);
    if (errand.errand === 'open') return this.open(errand, signal);
    if (errand.errand === 'say') return this.say(errand, key, signal);
    return this.close(errand, signal);
  };

  private async open(errand: Extract<HubErrand, { errand: 'open' }>, signal: AbortSignal): Promise<void> {
    const handoff = await this.handoffOf(errand);
    // Cancelled meanwhile, or erased.
    if (handoff === undefined) return;
    try {
      await this.reach(handoff, signal);
    } catch (error) {
      const { clock, onTrouble } = this.options;
      const waitedMs = clock.now() - errand.atMs;
      const patienceMs = handoff.callback ? callbackPatienceMs : openPatienceMs;
      const mayWork = !(error instanceof DeliveryRefusedError) && error instanceof AppError;
      if (mayWork && waitedMs < patienceMs) {
        if (!handoff.callback) throw error;
        onTrouble({ errand: 'open', code: codeOf(error) });
        throw new DeliveryPostponedError('Chatwoot cannot be reached', laterMs);
      }
      const { handoffId, conversationKey } = errand;
      await this.options.tell(conversationKey, {
        name: 'handoff.status',
        value: { handoffId, state: 'failed' },
        key: `handoff/hub/${handoffId}/failed`,
      });
      if (!mayWork) throw error;
      onTrouble({ errand: 'open', code: codeOf(error) });
    }
  }

  private async say(
    errand: Extract<HubErrand, { errand: 'say' }>,
    key: string,
    signal: AbortSignal,
  ): Promise<void> {
    const handoff = await this.handoffOf(errand);
    let kept = await this.kept(errand.handoffId);
    // Never reached Chatwoot, or erased.
    if (kept === undefined || kept.link.sent === key) return;
    if (handoff === undefined && kept.link.conversations.length === 0) return;
    try {
      if (handoff !== undefined) kept = await this.reach(handoff, signal);
      try {
        await this.post(kept, errand.text, key, signal);
      } catch (error) {
        if (!(error instanceof HubAddressGoneError) || handoff === undefined) throw error;
        const now = await this.kept(errand.handoffId);
        if (now === undefined) return;
        const anew = await this.startAnew(now);
        await this.post(await this.reach(handoff, signal, anew), errand.text, key, signal);
      }
    } catch (error) {
      if (!(error instanceof DeliveryUnavailableError)) throw error;
      // Not given up: what the customer wrote waits in its lane, in order, until Chatwoot answers again.
      this.options.onTrouble({ errand: 'say', code: error.code });
      throw new DeliveryPostponedError('Chatwoot cannot be reached', error.retryAfterMs ?? againMs);
    }
  }

  private async close(errand: Extract<HubErrand, { errand: 'close' }>, signal: AbortSignal): Promise<void> {
    const kept = await this.kept(errand.handoffId);
    if (kept === undefined) return;
    const { link } = kept;
    try {
      for (const address of await this.openAt(link, signal))
        await this.options.client.resolve(address, signal);
    } catch (error) {
      const mayWait = this.options.clock.now() - errand.atMs < closePatienceMs;
      if (error instanceof DeliveryUnavailableError && mayWait) {
        this.options.onTrouble({ errand: 'close', code: error.code });
        throw new DeliveryPostponedError('Chatwoot cannot be reached', error.retryAfterMs ?? laterMs);
      }
      if (!(error instanceof HubAddressGoneError)) throw error;
    }
    const { store, clock } = this.options;
    const owners = await Promise.all(
      link.conversations.map(async (conversation) => {
        const key = ownerKey(conversation);
        return { key, expectedVersion: (await store.readRecord(key)).version, change: 'delete' as const };
      }),
    );
    const own = { key: linkKey(link.handoffId), expectedVersion: kept.version, change: 'delete' as const };
    await this.write([own, ...owners.filter(({ expectedVersion }) => expectedVersion > 0)], clock.now());
  }

  /** Where it is open. A conversation whose making was never confirmed is looked for. */
  private async openAt(link: ChatwootLink, signal: AbortSignal): Promise<readonly HubAddress[]> {
    const sourceId = link.sourceId ?? this.sourceIdOf(link);
    const known = link.conversations.at(-1);
    if (known !== undefined) return [{ sourceId, conversation: known }];
    const found = await this.options.client.conversations(sourceId, signal);
    return found.map((conversation) => ({ sourceId, conversation }));
  }

  /** Contact, conversation and brief, as far as they are not there yet. */
  private async reach(handoff: HandoffRecord, signal: AbortSignal, known?: Kept): Promise<Kept> {
    const { client, words } = this.options;
    const { id: handoffId, conversationKey } = handoff;
    let kept = known ?? (await this.kept(handoffId));
    if (kept?.link.briefed) return kept;
    const own = words(handoff.language);
    const begun: ChatwootLink = kept?.link ?? {
      version: 1,
      handoffId,
      conversationKey,
      unnamed: own.speaker.agent,
      revision: 1,
      conversations: [],
      opened: false,
      briefed: false,
      lastIncoming: 0,
    };
    kept ??= await this.save({ link: begun, version: 0 }, begun);
    const { packets, store } = this.options;
    const packet = packets().open((await store.readRecord(packetKey(handoffId))).value);
    const brief = briefOf(handoff, packet, own);
    if (!kept.link.opened) {
      const sourceId = await client.makeContact(this.sourceIdOf(kept.link), own.contact, signal);
      // The contact is this handoff's alone: a conversation that is there is the one whose answer was lost.
      const [found] = await client.conversations(sourceId, signal);
      const conversation = found ?? (await client.openConversation(sourceId, brief.attributes, signal));
      kept = await this.save(kept, {
        ...kept.link,
        sourceId,
        opened: true,
        conversations: [...kept.link.conversations, conversation],
      });
    }
    const { revision } = kept.link;
    kept = await this.post(kept, brief.text, `brief/${handoffId}/${revision}`, signal);
    return this.save(kept, { ...kept.link, briefed: true });
  }

  /** The contact was merged or deleted: the same customer gets another one. */
  private startAnew({ link, version }: Kept): Promise<Kept> {
    const { sourceId: _, sending: __, ...rest } = link;
    const anew = { ...rest, revision: link.revision + 1, opened: false, briefed: false, lastIncoming: 0 };
    return this.save({ link, version }, anew);
  }

  /** Says something in the customer's name, once for each key. */
  private async post(kept: Kept, text: string, key: string, signal: AbortSignal): Promise<Kept> {
    const { client } = this.options;
    const { link } = kept;
    if (link.sent === key) return kept;
    const address = addressOf(link);
    let at = kept;
    let id: number | undefined;
    if (link.sending === key) {
      // Entries leave one after another, so what is newer than the last known one is this one.
      const arrived = (await client.messages(address, signal)).find(
        (message) =>
          message.message_type === 'incoming' &&
          message.id > link.lastIncoming &&
          sameWords(message.content ?? '', text),
      );
      id = arrived?.id;
    } else at = await this.save(kept, { ...link, sending: key });
    id ??= await client.say(address, text, key, signal);
    const { sending: _, ...rest } = at.link;
    return this.save(at, { ...rest, sent: key, lastIncoming: id });
  }

  private async handoffOf({ handoffId, conversationKey }: HubErrand): Promise<HandoffRecord | undefined> {
    const found = readHandoff((await this.options.store.readRecord(handoffKey(conversationKey))).value);
    return found?.id === handoffId ? found : undefined;
  }

  private async kept(handoffId: string): Promise<Kept | undefined> {
    const { link, version } = await readLink(this.options.store, handoffId);
    return link === undefined ? undefined : { link, version };
  }

  private async save({ link: before, version }: Kept, link: ChatwootLink): Promise<Kept> {
    const { store, clock } = this.options;
    const expiresAtMs = clock.now() + linkLifeMs;
    const fresh = link.conversations.filter((one) => !before.conversations.includes(one));
    const value: JsonValue = JSON.parse(JSON.stringify(link));
    const owners = fresh.map(async (conversation): Promise<RecordWrite> => {
      const key = ownerKey(conversation);
      const { version: expectedVersion } = await store.readRecord(key);
      return { key, expectedVersion, change: { value: { handoffId: link.handoffId }, expiresAtMs } };
    });
    const own = { key: linkKey(link.handoffId), expectedVersion: version, change: { value, expiresAtMs } };
    await this.write([own, ...(await Promise.all(owners))], clock.now());
    // A new record's first version is the store's choice.
    return { link, version: version > 0 ? version + 1 : (await store.readRecord(own.key)).version };
  }

  private async write(writes: readonly RecordWrite[], atMs: number): Promise<void> {
    const outcome = await this.options.store.writeRecords(writes, atMs);
    if (outcome === 'conflict') throw new DeliveryUnavailableError('another delivery is under way');
  }

  private sourceIdOf({ handoffId, revision }: Pick<ChatwootLink, 'handoffId' | 'revision'>): string {
    const { key } = this.options;
    return createHmac('sha256', key).update(`chatwoot contact/${handoffId}/${revision}`).digest('base64url');
  }
}

function addressOf({ sourceId, conversations }: ChatwootLink): HubAddress {
  const conversation = conversations.at(-1);
  if (sourceId === undefined || conversation === undefined)
    throw new HubAddressGoneError('there is no conversation');
  return { sourceId, conversation };
}

/** Chatwoot trims, and may normalise line ends. */
function sameWords(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return plain(one) === plain(other);
}
