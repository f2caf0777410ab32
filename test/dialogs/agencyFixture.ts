import type { Activity, TurnContext } from 'botbuilder';
import { DialogSet, type DialogState, DialogTurnStatus } from 'botbuilder-dialogs';
import { holderDigests } from '../../bot/agencyParts';
import { TurnAdapter } from '../../bot/turnAdapter';
import type { ConversationMemory } from '../../dialogs/conversationMemory';
import { customerMessage } from '../../dialogs/customerMessage';
import { enterTurn } from '../../dialogs/dialogTurn';
import { StepUpDialog, type StepUpOptions, type StepUpResult } from '../../dialogs/stepUpDialog';
import { loadDemoLedger } from '../../services/billing/demoLedger';
import { AgencyTokens } from '../../services/identity/agencyTokens';
import { AgencyVerification } from '../../services/identity/agencyVerification';
import { DemoAgency, type DemoOutcome } from '../../services/identity/demoAgency';
import { DemoLineDirectory } from '../../services/identity/demoLineDirectory';
import type { IdentityAgency } from '../../services/identity/identityAgency';
import { IdentityService } from '../../services/identity/identityService';
import type { JsonActivity } from '../../services/turn/turnStore';
import { dataDir, words } from '../assistant';
import { aBinding, MovableClock, repeatableRandomness } from '../services/identity/identityDesk';
import { MemoryTurns } from '../services/identity/memoryTransaction';

const ledger = loadDemoLedger(dataDir);
const key = Buffer.alloc(32, 1);

/** A customer in the middle of a step-up, with the real services behind it and no other dialog around it. */
export class AgencyTalk {
  readonly clock = new MovableClock();
  readonly turns = new MemoryTurns();
  readonly demo = new DemoAgency(ledger);
  readonly verification: AgencyVerification;
  readonly service: IdentityService;
  readonly binding = aBinding();
  result: StepUpResult | undefined;
  private readonly randomness = repeatableRandomness('agency talk');
  private readonly dialogs: DialogSet;
  private state: DialogState = { dialogStack: [] };
  private memory: ConversationMemory;

  /** @param options.agency false: the server has none */
  constructor(options: { agency?: Partial<IdentityAgency> | false; locale?: 'ko' | 'en' } = {}) {
    const { clock, randomness } = this;
    const holders = holderDigests({ kind: 'demo' }, key);
    const lines = new DemoLineDirectory(ledger, clock, holders);
    const demo: IdentityAgency = { start: () => this.demo.start(), result: (id) => this.demo.result(id) };
    this.verification = new AgencyVerification({
      agency: { ...demo, ...(options.agency === false ? {} : options.agency) },
      lines,
      holders,
      tokens: new AgencyTokens(key, clock),
      clock,
      randomness,
      publicUrl: () => 'https://bill.example.kr',
    });
    const agency = options.agency === false ? undefined : this.verification;
    this.service = new IdentityService({ lines, clock, randomness, key, ...(agency ? { agency } : {}) });
    this.memory = { version: 1, locale: options.locale ?? 'ko', greeted: true, failures: 0 };
    this.dialogs = new DialogSet({
      get: async () => this.state,
      set: async () => {},
      delete: async () => {},
    });
    this.dialogs.add(new StepUpDialog(this.service));
  }

  /** Whether the step-up waits for the customer. */
  get waits(): boolean {
    return this.state.dialogStack.length > 0;
  }

  /** One message; the state goes through JSON, as between real turns. */
  async send(activity: Partial<Activity>, options: StepUpOptions = { required: 'acr2' }): Promise<string[]> {
    return words(await this.activities(activity, options));
  }

  async activities(
    activity: Partial<Activity>,
    options: StepUpOptions = { required: 'acr2' },
  ): Promise<readonly JsonActivity[]> {
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
        enterTurn(context, {
          tx,
          memory: this.memory,
          message: customerMessage(context.activity),
          binding: this.binding,
          isGroup: false,
          nowMs: this.clock.now(),
        });
        const dc = await this.dialogs.createContext(context);
        let turn = await dc.continueDialog();
        if (turn.status === DialogTurnStatus.empty) turn = await dc.beginDialog(StepUpDialog.id, options);
        if (turn.status === DialogTurnStatus.complete) this.result = turn.result;
      });
    });
  }

  say(text: string): Promise<string[]> {
    return this.send({ text });
  }

  press(action: string): Promise<string[]> {
    return this.send({ value: { action } });
  }

  /** The code of the newest SMS. */
  async code(): Promise<string> {
    const entry = [...this.turns.outbox.values()].at(-1);
    const message = await this.service.smsOf(entry?.payload ?? null);
    if (message === undefined) throw new Error('no message goes out');
    return message.code;
  }

  /** Gives number and code; returns what comes after the code. */
  async proveByCode(phoneNumber = '010-0000-1001'): Promise<readonly JsonActivity[]> {
    await this.say(phoneNumber);
    return this.activities({ text: await this.code() });
  }

  /** Plays the agency's app behind the link in these replies. */
  async play(replies: readonly JsonActivity[], outcome: DemoOutcome): Promise<void> {
    const token = /identity\/start\?t=([\w.-]+)/.exec(JSON.stringify(replies))?.[1] ?? '';
    const opened = await this.verification.open('start', token, async (at) => ({
      value: this.turns.value(at),
    }));
    if (opened?.challenge === undefined) throw new Error('the link does not open');
    this.demo.play(opened.challenge.verificationId, opened.challenge.lineId, outcome);
  }

  /** The event that the return page puts into the conversation. */
  comeBack(): Promise<string[]> {
    return this.send({ type: 'event', name: 'identity/returned', value: { action: 'agency.returned' } });
  }

  proof() {
    return this.turns.run((tx) => this.service.currentProof(tx, this.binding));
  }
}
