import { DemoHandset } from '../channels/sms/demoHandset';
import { BillItemsDialog } from '../dialogs/billItemsDialog';
import { MainDialog } from '../dialogs/mainDialog';
import { PaymentAccountDialog } from '../dialogs/paymentAccountDialog';
import { PaymentStatusDialog } from '../dialogs/paymentStatusDialog';
import { ReminderWakeUp } from '../dialogs/reminderWakeUp';
import { StepUpDialog } from '../dialogs/stepUpDialog';
import { UnpaidBalanceDialog } from '../dialogs/unpaidBalanceDialog';
import type { BillingGateway } from '../services/billing/billingGateway';
import { DemoBillingGateway } from '../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../services/billing/demoLedger';
import type { DueStatusGateway } from '../services/billing/dueStatus';
import type { TmfOptions } from '../services/billing/tmf/tmfOptions';
import { connectTmf } from '../services/billing/tmf/tmfSystem';
import type { Clock } from '../services/clock';
import { codeOf } from '../services/errors';
import { channelsForNow } from '../services/faq/channelAdvice';
import { loadHelplines } from '../services/faq/helplines';
import { loadKnowledge } from '../services/faq/knowledge';
import { loadPublicHolidays } from '../services/faq/publicHolidays';
import type { HandoffProvider } from '../services/handoff/handoffProvider';
import type { SealedPackets } from '../services/handoff/sealedPackets';
import type { ChallengeSender } from '../services/identity/challengeSender';
import { DemoLineDirectory } from '../services/identity/demoLineDirectory';
import { IdentityService } from '../services/identity/identityService';
import type { LineDirectory } from '../services/identity/lineDirectory';
import { StandingGrants } from '../services/identity/standingGrant';
import { TmfLineDirectory } from '../services/identity/tmfLineDirectory';
import type { IntentRecognizer } from '../services/intent/intent';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import type { SecondOpinion } from '../services/intent/secondOpinion';
import { type OutboxSink, OutboxWorker } from '../services/outbox/outboxWorker';
import type { Randomness } from '../services/randomness';
import { IdTracer, type Tracer } from '../services/trace/tracer';
import type { TurnStore } from '../services/turn/turnStore';
import { ActivityFeed } from './activityFeed';
import { type AgencyParts, composeAgency, holderDigests } from './agencyParts';
import type { AssistantObserver } from './assistantObserver';
import { BillingBot } from './billingBot';
import type { Config } from './config';
import type { FreshReplies } from './connector/freshReplies';
import { composeHandoff, sealedPackets } from './handoffParts';
import { kakaoChannel } from './kakao/handOver';
import type { Log } from './log';
import { observedRecognizer } from './observedRecognizer';
import { composeReminderDelivery, type ReminderDelivery, type ReminderOutlets } from './reminderDelivery';
import { createReminderSink } from './reminderSink';
import { createSealer } from './sealer';
import type { Secrets } from './secrets';
import { type HandoffConfig, handoffDefaults } from './settings/handoffSettings';
import { defaultRemindersPerSecond } from './settings/reminderSettings';
import { createSmsSink } from './smsSink';
import { createSystemEventSink, SystemEvents } from './systemEvents';
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
  /** Where the sink 'connector' finds what has just been said. */
  readonly freshReplies?: FreshReplies;
  /** Sinks besides 'sms'. */
  readonly sinks?: Readonly<Record<string, OutboxSink>>;
  /** The carrier's system, in place of the demo's lines and bills. */
  readonly tmf?: TmfOptions;
  /** In place of the demo ledger's. */
  readonly billing?: BillingGateway;
  /** The narrow door of the billing system; default: the same system's. */
  readonly dues?: DueStatusGateway;
  /** Reminders that wake up in a second, by this process. Default 50. */
  readonly remindersPerSecond?: number;
  /** Channels that take a message of our own accord. Default: all but KakaoTalk. */
  readonly remindersReach?: (channelId: string) => boolean;
  /** Where reminders leave the house besides chat log and SMS. */
  readonly reminderOutlets?: ReminderOutlets;
  readonly recognizer?: IntentRecognizer;
  /** Asked about messages that are not surely understood; absent: nobody is. */
  readonly secondOpinion?: SecondOpinion | undefined;
  /** Who takes conversations over, and when. Default: the desk, as long as the call centre is open. */
  readonly handoff?: HandoffConfig;
  /** A hub in place of the built-in desk. */
  readonly handoffProvider?: HandoffProvider | undefined;
  /** Default: the demo agency. */
  readonly identityAgency?: Config['identityAgency'];
  readonly observer?: AssistantObserver;
  readonly tracer?: Tracer;
}

export interface Assistant {
  readonly intake: TurnRunner;
  /** What happens from our own side. */
  readonly events: SystemEvents;
  readonly outbox: OutboxWorker;
  readonly handset: DemoHandset;
  readonly lines: LineDirectory;
  /** What people at the desk may read of a customer who asked for them. */
  readonly packets: SealedPackets;
  readonly reminderDelivery: ReminderDelivery;
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
  const { observer, tracer = new IdTracer(randomness) } = parts;
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
    onCircuit: (part, state) => observer?.circuit('identityAgency', part, state),
  });
  const ownBilling = carrier?.billing ?? new DemoBillingGateway(ledger, clock);
  const billing = parts.billing ?? ownBilling;
  const reminders = {
    dues: parts.dues ?? ownBilling,
    grants: new StandingGrants(otpKey, randomness),
    randomness,
    // KakaoTalk takes no message of our own accord in the conversation itself.
    reaches: (channelId: string) =>
      channelId !== kakaoChannel || parts.reminderOutlets?.kakaoEvents !== undefined,
  };
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
  const helplines = loadHelplines(dataDir);
  const packets = sealedPackets(secrets.inboxSealingKey, randomness);
  const handoff = composeHandoff({
    packets,
    config: parts.handoff ?? handoffDefaults,
    provider: parts.handoffProvider,
    store,
    randomness,
    stepUp: identity,
    billing,
    helplines,
    phone: knowledge.channel('phone'),
    holidays,
  });
  const billingDialogs = [
    UnpaidBalanceDialog,
    BillItemsDialog,
    PaymentAccountDialog,
    PaymentStatusDialog,
  ].map((BillingDialog) => new BillingDialog(billing, new StepUpDialog(identity), channelsNow));
  const recognizer = observedRecognizer(
    parts.recognizer ?? loadIntentRecognizer(dataDir),
    tracer,
    (understanding) => observer?.understood(understanding),
  );
  const handset = new DemoHandset(clock);
  const { sender = handset } = parts;
  const reminderDelivery = composeReminderDelivery({
    outlets: parts.reminderOutlets ?? {},
    store,
    clock,
    identity,
    lines,
    grants: reminders.grants,
    dues: reminders.dues,
    sender,
    secret: otpKey,
    publicUrl,
    events: () => events,
    onOutcome: (outcome) => log.info(outcome, 'a reminder went its way'),
  });
  const mainDialog = new MainDialog({
    recognizer,
    faq: knowledge,
    channelsNow,
    helplines,
    stepUp: identity,
    billingDialogs,
    secondOpinion: parts.secondOpinion,
    reminders,
    reminderDelivery,
    handoff,
  });

  const outbox = new OutboxWorker({
    store,
    clock,
    sinks: {
      ...parts.sinks,
      sms: createSmsSink(identity, sender, publicUrl),
      systemEvent: createSystemEventSink(() => events),
      reminderMessage: reminderDelivery.sink,
      reminder: createReminderSink({
        events: () => events,
        store,
        clock,
        perSecond: parts.remindersPerSecond ?? defaultRemindersPerSecond,
      }),
    },
    urgent: ['sms', 'connector'],
    tracer,
    onDelivered: (facts) => {
      observer?.delivered(facts);
      log.debug(facts, 'an outbox entry was delivered');
    },
    onError: (facts) => {
      observer?.notDelivered(facts);
      log.warn(facts, 'an outbox entry was not delivered');
    },
  });
  const intake = new TurnRunner({
    store,
    adapter: new TurnAdapter(clock, randomness),
    logic: new BillingBot(mainDialog, clock, {
      handoff,
      systemEvents: [new ReminderWakeUp(reminders), reminderDelivery.say],
    }),
    feed: new ActivityFeed(store, (error, conversation) =>
      log.error({ conversation, code: codeOf(error) }, 'a commit could not be announced'),
    ),
    sealer: createSealer(secrets.inboxSealingKey, randomness),
    clock,
    randomness,
    log,
    outboxLeaseMs: () => outbox.leaseMs(),
    onOutbox: (put) => {
      if (put === undefined) return outbox.kick();
      const { entries, leased, conversation, ticket, replies } = put;
      if (leased.some(({ kind }) => kind === 'connector'))
        parts.freshReplies?.keep(conversation, ticket, replies);
      outbox.enqueued(entries, leased);
    },
    tracer,
    onTurn: (turn) => observer?.turn(turn),
  });
  const events = new SystemEvents({ intake, store });
  return {
    intake,
    events,
    outbox,
    handset,
    lines,
    packets,
    reminderDelivery,
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
function connectCarrier(options: TmfOptions, { clock, randomness, log, observer }: AssistantParts) {
  const { billing, lines } = connectTmf({
    options,
    clock,
    randomness,
    onAlarm: (alarm) => {
      if (alarm.kind === 'circuit') observer?.circuit('carrier', alarm.resource, alarm.state);
      log.error(alarm, 'the billing system needs attention');
    },
  });
  return { billing, lines: new TmfLineDirectory(lines, options, clock) };
}
