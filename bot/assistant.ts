import { DemoHandset } from '../channels/sms/demoHandset';
import { BillItemsDialog } from '../dialogs/billItemsDialog';
import { MainDialog } from '../dialogs/mainDialog';
import { PaymentAccountDialog } from '../dialogs/paymentAccountDialog';
import { PaymentStatusDialog } from '../dialogs/paymentStatusDialog';
import { StepUpDialog } from '../dialogs/stepUpDialog';
import { UnpaidBalanceDialog } from '../dialogs/unpaidBalanceDialog';
import type { BillingGateway } from '../services/billing/billingGateway';
import { DemoBillingGateway } from '../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../services/billing/demoLedger';
import type { TmfOptions } from '../services/billing/tmf/tmfOptions';
import { connectTmf } from '../services/billing/tmf/tmfSystem';
import type { Clock } from '../services/clock';
import { codeOf } from '../services/errors';
import { channelsForNow } from '../services/faq/channelAdvice';
import { loadHelplines } from '../services/faq/helplines';
import { loadKnowledge } from '../services/faq/knowledge';
import { loadPublicHolidays } from '../services/faq/publicHolidays';
import type { ChallengeSender } from '../services/identity/challengeSender';
import { DemoLineDirectory } from '../services/identity/demoLineDirectory';
import { IdentityService } from '../services/identity/identityService';
import { TmfLineDirectory } from '../services/identity/tmfLineDirectory';
import type { IntentRecognizer } from '../services/intent/intent';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import type { SecondOpinion } from '../services/intent/secondOpinion';
import { type OutboxSink, OutboxWorker } from '../services/outbox/outboxWorker';
import type { Randomness } from '../services/randomness';
import type { TurnStore } from '../services/turn/turnStore';
import { ActivityFeed } from './activityFeed';
import { type AgencyParts, composeAgency, holderDigests } from './agencyParts';
import { BillingBot } from './billingBot';
import type { Config } from './config';
import type { Log } from './log';
import { createSealer } from './sealer';
import type { Secrets } from './secrets';
import { createSmsSink } from './smsSink';
import { TurnAdapter } from './turnAdapter';
import { TurnRunner } from './turnRunner';

/**
 * How long a stop waits for turns, then for deliveries. With the requests before them less than the 15 s after which
 * `main.ts` ends the process; what is cut off is in the store and goes on at the next start.
 */
const turnGraceMs = 5_000;
const deliveryGraceMs = 2_000;

/** What a test may put in place of the real world. */
export interface World {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

export interface AssistantParts extends World {
  readonly dataDir: string;
  readonly store: TurnStore;
  readonly secrets: Pick<Secrets, 'otpKey' | 'inboxSealingKey'>;
  /** Carries one-time codes, in place of the demo's handset. */
  readonly sender?: ChallengeSender;
  /** Where customers reach the web page; codes are bound to it. */
  readonly publicUrl?: () => string;
  /** Sinks besides 'sms'. */
  readonly sinks?: Readonly<Record<string, OutboxSink>>;
  /** The carrier's system, in place of the demo's lines and bills. */
  readonly tmf?: TmfOptions;
  /** In place of the demo ledger's. */
  readonly billing?: BillingGateway;
  readonly recognizer?: IntentRecognizer;
  /** Asked about messages that are not surely understood; absent: nobody is. */
  readonly secondOpinion?: SecondOpinion | undefined;
  /** Default: the demo agency. */
  readonly identityAgency?: Config['identityAgency'];
}

export interface Assistant {
  readonly intake: TurnRunner;
  readonly outbox: OutboxWorker;
  readonly handset: DemoHandset;
  /** Absent when no identity agency is set up. */
  readonly agency?: AgencyParts;
  /** Takes up what the last stop left: unfinished turns, undelivered entries. */
  start(): Promise<void>;
  /** Turns that run now finish; all else stays in the store. */
  stop(): Promise<void>;
}

/** The assistant without a network: dialogs, services and the turn, on a given store. */
export function composeAssistant(parts: AssistantParts): Assistant {
  const { clock, randomness, log, dataDir, store, secrets } = parts;
  const ledger = loadDemoLedger(dataDir);
  const { otpKey } = secrets;
  const { publicUrl = () => 'http://127.0.0.1', identityAgency = { kind: 'demo' } } = parts;
  const holders = holderDigests(identityAgency, otpKey);
  const carrier = parts.tmf && connectCarrier(parts.tmf, parts);
  const lines = carrier?.lines ?? new DemoLineDirectory(ledger, clock, holders);
  const agency = composeAgency({
    agency: identityAgency,
    ledger,
    lines,
    holders,
    otpKey,
    clock,
    randomness,
    publicUrl,
  });
  const billing = parts.billing ?? carrier?.billing ?? new DemoBillingGateway(ledger, clock);
  const identity = new IdentityService({
    lines,
    clock,
    randomness,
    key: otpKey,
    agency: agency?.verification,
  });
  const knowledge = loadKnowledge(dataDir);
  const holidays = loadPublicHolidays(dataDir);
  const channelsNow = (nowMs: number) => channelsForNow(knowledge.channels(), nowMs, holidays);
  const billingDialogs = [
    UnpaidBalanceDialog,
    BillItemsDialog,
    PaymentAccountDialog,
    PaymentStatusDialog,
  ].map((BillingDialog) => new BillingDialog(billing, new StepUpDialog(identity), channelsNow));
  const recognizer = parts.recognizer ?? loadIntentRecognizer(dataDir);
  const mainDialog = new MainDialog({
    recognizer,
    faq: knowledge,
    channelsNow,
    helplines: loadHelplines(dataDir),
    stepUp: identity,
    billingDialogs,
    secondOpinion: parts.secondOpinion,
  });

  const handset = new DemoHandset(clock);
  const { sender = handset } = parts;
  const outbox = new OutboxWorker({
    store,
    clock,
    sinks: { ...parts.sinks, sms: createSmsSink(identity, sender, publicUrl) },
    onError: (facts) => log.warn(facts, 'an outbox entry was not delivered'),
  });
  const intake = new TurnRunner({
    store,
    adapter: new TurnAdapter(clock, randomness),
    logic: new BillingBot(mainDialog, clock),
    feed: new ActivityFeed(store, (error, conversation) =>
      log.error({ conversation, code: codeOf(error) }, 'a commit could not be announced'),
    ),
    sealer: createSealer(secrets.inboxSealingKey, randomness),
    clock,
    randomness,
    log,
    onOutbox: () => outbox.kick(),
  });
  return {
    intake,
    outbox,
    handset,
    ...(agency === undefined ? {} : { agency }),
    start: async () => {
      await intake.resume();
      outbox.kick();
    },
    stop: async () => {
      await intake.stop(turnGraceMs);
      await outbox.stop(deliveryGraceMs);
    },
  };
}

/** Lines and bills of a carrier; what somebody must look into there goes to the log. */
function connectCarrier(options: TmfOptions, { clock, randomness, log }: World) {
  const { billing, lines } = connectTmf({
    options,
    clock,
    randomness,
    onAlarm: (alarm) => log.error(alarm, 'the billing system needs attention'),
  });
  return { billing, lines: new TmfLineDirectory(lines, options, clock) };
}
