import type { Clock } from '../clock';
import { DeliveryRefusedError } from '../errors';
import type { LineDirectory } from '../identity/lineDirectory';
import type { StandingGrants } from '../identity/standingGrant';
import type { UsableLines } from '../identity/usableLines';
import type { TurnStore } from '../turn/turnStore';
import type { CarriedMessage, DeliveryCarrier } from './deliveryChain';
import type { MessageSender } from './messageSender';

export interface SmsCarrierOptions {
  readonly store: Pick<TurnStore, 'getConversation'>;
  readonly grants: Pick<StandingGrants, 'open'>;
  readonly lines: Pick<LineDirectory, 'phoneNumberOf'>;
  readonly usable: Pick<UsableLines, 'findAgain'>;
  readonly sender: MessageSender;
  readonly clock: Clock;
}

/**
 * Sends a reminder as a text message to the line that was proved when this way was chosen. The number is asked of the
 * line system at the moment of sending and kept nowhere. A line that has been suspended, given to somebody else or
 * put on another SIM lately gets none: a stranger may hold it.
 */
export class SmsCarrier implements DeliveryCarrier {
  constructor(private readonly options: SmsCarrierOptions) {}

  /** @throws LineSystemUnavailableError, DeliveryUnavailableError, DeliveryRefusedError */
  async deliver({ conversationKey, text, grant, key }: CarriedMessage): Promise<void> {
    const { lines, usable, sender } = this.options;
    const lineId = await this.lineOf(conversationKey, grant);
    const line = await usable.findAgain(lineId);
    const phoneNumber = line === undefined ? undefined : await lines.phoneNumberOf(line.lineId);
    if (phoneNumber === undefined) throw new DeliveryRefusedError('the line takes no messages');
    await sender.send({ phoneNumber, text, key });
  }

  private async lineOf(conversationKey: string, sealed: string | undefined): Promise<string> {
    const { store, grants, clock } = this.options;
    const head = await store.getConversation(conversationKey);
    if (head === undefined || sealed === undefined) throw new DeliveryRefusedError('nobody proved a line');
    const { channelId, conversationId, userId } = head;
    const grant = grants.open(sealed, { channelId, conversationId, userId }, clock.now());
    if (grant === undefined) throw new DeliveryRefusedError('the grant opens nothing any more');
    return grant.facts.lineId;
  }
}
