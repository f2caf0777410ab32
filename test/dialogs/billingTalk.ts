import type { Activity, TurnContext } from 'botbuilder';
import { DialogSet, type DialogState, DialogTurnStatus } from 'botbuilder-dialogs';
import { holderDigests } from '../../bot/agencyParts';
import { TurnAdapter } from '../../bot/turnAdapter';
import { BillItemsDialog } from '../../dialogs/billItemsDialog';
import { billingRequestOf } from '../../dialogs/billingRequest';
import type { ConversationMemory } from '../../dialogs/conversationMemory';
import { customerMessage } from '../../dialogs/customerMessage';
import { enterTurn } from '../../dialogs/dialogTurn';
import { PaymentAccountDialog } from '../../dialogs/paymentAccountDialog';
import { PaymentStatusDialog } from '../../dialogs/paymentStatusDialog';
import { StepUpDialog } from '../../dialogs/stepUpDialog';
import { UnpaidBalanceDialog } from '../../dialogs/unpaidBalanceDialog';
import type { BillingGateway } from '../../services/billing/billingGateway';
import { DemoBillingGateway } from '../../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../../services/billing/demoLedger';
import { channelsForNow } from '../../services/faq/channelAdvice';
import { loadKnowledge } from '../../services/faq/knowledge';
import { AgencyTokens } from '../../services/identity/agencyTokens';
import { AgencyVerification } from '../../services/identity/agencyVerification';
import { DemoAgency } from '../../services/identity/demoAgency';
import { DemoLineDirectory } from '../../services/identity/demoLineDirectory';
import { IdentityService } from '../../services/identity/identityService';
import type { JsonActivity } from '../../services/turn/turnStore';
import { dataDir, words } from '../assistant';
import { aBinding, MovableClock, repeatableRandomness } from '../services/identity/identityDesk';
import { MemoryTurns } from '../services/identity/memoryTransaction';

const ledger = loadDemoLedger(dataDir);
const knowledge = loadKnowledge(dataDir);
const key = Buffer.alloc(32, 3);

/** A customer who talks to the billing dialogs, with the real services behind them. */
export class BillingTalk {
  readonly clock = new MovableClock();
  readonly turns = new MemoryTurns();
  readonly service: IdentityService;
  readonly binding = aBinding();
  private readonly agency: DemoAgency;
  private readonly verification: AgencyVerification;
  private readonly randomness = repeatableRandomness('billing talk');
  private readonly dialogs: DialogSet;
  private readonly memory: ConversationMemory;
  private state: DialogState = { dialogStack: [] };

  constructor(parts: { billing?: Partial<BillingGateway>; locale?: 'ko' | 'en' } = {}) {
    const { clock, randomness } = this;
    const holders = holderDigests({ kind: 'demo' }, key);
    const lines = new DemoLineDirectory(ledger, clock, holders);
    this.agency = new DemoAgency(ledger);
    this.verification = new AgencyVerification({
      agency: this.agency,
      lines,
      holders,
      tokens: new AgencyTokens(key, clock),
      clock,
      randomness,
      publicUrl: () => 'https://bill.example.kr',
    });
    this.service = new IdentityService({ lines, clock, randomness, key, agency: this.verification });
    this.memory = { version: 1, locale: parts.locale ?? 'ko', greeted: true, failures: 0 };
    const demo = new DemoBillingGateway(ledger, clock);
    const billing: BillingGateway = {
      unpaidBills: (proof) => demo.unpaidBills(proof),
      payments: (proof) => demo.payments(proof),
      billItems: (proof, billNo) => demo.billItems(proof, billNo),
      paymentAccount: (proof) => demo.paymentAccount(proof),
      ...parts.billing,
    };
    const channelsNow = (nowMs: number) => channelsForNow(knowledge.channels(), nowMs, () => false);
    const saved = { get: async () => this.state, set: async () => {}, delete: async () => {} };
    this.dialogs = new DialogSet(saved);
    for (const Made of [UnpaidBalanceDialog, BillItemsDialog, PaymentAccountDialog, PaymentStatusDialog])
      this.dialogs.add(new Made(billing, new StepUpDialog(this.service), channelsNow));
  }

  async say(text: string): Promise<string[]> {
    return words(await this.send({ text }));
  }

  async press(value: object): Promise<string[]> {
    return words(await this.send({ value }));
  }

  /** One message; the state goes through JSON, as between real turns. */
  async send(activity: Partial<Activity>): Promise<readonly JsonActivity[]> {
    const adapter = new TurnAdapter(this.clock, this.randomness);
    const { channelId, conversationId, userId } = this.binding;
    const inbound: Partial<Activity> = {
      type: 'message',
      channelId,
      conversation: { id: conversationId, isGroup: false, conversationType: '', name: '' },
      from: { id: userId, name: '' },
      recipient: { id: 'bot', name: '' },
      ...activity,
    };
    return this.turns.run((tx) => {
      const before: DialogState = JSON.parse(JSON.stringify(this.state));
      this.state = before;
      return adapter.run(inbound, undefined, async (context: TurnContext) => {
        const message = customerMessage(context.activity);
        const { memory, binding } = this;
        const nowMs = this.clock.now();
        enterTurn(context, { tx, memory, message, binding, isGroup: false, nowMs });
        const dc = await this.dialogs.createContext(context);
        if ((await dc.continueDialog()).status !== DialogTurnStatus.empty) return;
        const asked = billingRequestOf(message) ?? { dialogId: UnpaidBalanceDialog.id, options: {} };
        await dc.beginDialog(asked.dialogId, asked.options);
      });
    });
  }

  /** Gives number and code to the step-up that waits; returns what comes after the code. */
  async proveByCode(phoneNumber: string): Promise<readonly JsonActivity[]> {
    await this.say(phoneNumber);
    const message = await this.service.smsOf([...this.turns.outbox.values()].at(-1)?.payload ?? null);
    if (message === undefined) throw new Error('no message goes out');
    return this.send({ text: message.code });
  }

  /** Plays the holder at the agency behind the link in these replies, and comes back. */
  async proveByAgency(replies: readonly JsonActivity[]): Promise<string[]> {
    const token = /identity\/start\?t=([\w.-]+)/.exec(JSON.stringify(replies))?.[1] ?? '';
    const opened = await this.verification.open('start', token, async (at) => ({
      value: this.turns.value(at),
    }));
    if (opened?.challenge === undefined) throw new Error('the link does not open');
    this.agency.play(opened.challenge.verificationId, opened.challenge.lineId, 'holder');
    return words(await this.send({ text: '다 했어요' }));
  }

  /** What the audit log was told, without who and where. */
  audited(kind: string): object[] {
    return this.turns.journal.flatMap(({ body }) => {
      const { channelId: _channel, conversationId: _conversation, userId: _user, ...event } = Object(body);
      return event.kind === kind ? [event] : [];
    });
  }
}
