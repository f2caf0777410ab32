import { directLineCors } from '../channels/directLine/cors';
import type { DirectLineDeps } from '../channels/directLine/directLineDeps';
import { registerDirectLine } from '../channels/directLine/directLineRoutes';
import { StreamServer } from '../channels/directLine/streamServer';
import { DemoHandset } from '../channels/sms/demoHandset';
import { MainDialog } from '../dialogs/mainDialog';
import { StepUpDialog } from '../dialogs/stepUpDialog';
import { UnpaidBalanceDialog } from '../dialogs/unpaidBalanceDialog';
import type { BillingGateway } from '../services/billing/billingGateway';
import { DemoBillingGateway } from '../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../services/billing/demoLedger';
import { type Clock, systemClock } from '../services/clock';
import { AppError } from '../services/errors';
import { channelsForNow } from '../services/faq/channelAdvice';
import { loadKnowledge } from '../services/faq/knowledge';
import { loadPublicHolidays } from '../services/faq/publicHolidays';
import { DemoLineDirectory } from '../services/identity/demoLineDirectory';
import { IdentityService } from '../services/identity/identityService';
import type { IntentRecognizer } from '../services/intent/intent';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import { type OutboxSink, OutboxWorker } from '../services/outbox/outboxWorker';
import { type Randomness, systemRandomness } from '../services/randomness';
import { redact } from '../services/redaction/redaction';
import { parseInboundActivity } from '../services/turn/inboundActivity';
import type { TurnStore } from '../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';
import { ActivityFeed } from './activityFeed';
import { BillingBot } from './billingBot';
import type { Config } from './config';
import { ConnectorAdapter } from './connector/connectorAdapter';
import { createConnectorSink } from './connector/connectorSink';
import { registerMessages } from './connector/messagesRoute';
import { registerDemoHandset } from './http/demoHandsetRoute';
import { registerPage } from './http/pageRoutes';
import { StaticFiles } from './http/staticFiles';
import { createLog, type Log } from './log';
import { createSealer } from './sealer';
import { assertSecretsSound, loadSecrets, type Secrets } from './secrets';
import { assertAddressIsFree, createServer } from './server';
import { createSmsSink } from './smsSink';
import { botAccount, TurnAdapter } from './turnAdapter';
import { TurnRunner } from './turnRunner';

const hourMs = 3_600_000;
/** A repeated message is known as such for 24 h (DESIGN §3). */
const idempotencyMs = 24 * hourMs;
/** A conversation nobody has touched for 30 days is removed whole. */
const conversationIdleMs = 30 * 24 * hourMs;

/**
 * How long a stop waits for requests, then for turns, then for deliveries. Together less than the 15 s after which
 * `main.ts` ends the process; what is cut off is in the store and goes on at the next start.
 */
const requestGraceMs = 6_000;
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
  /** Sinks besides 'sms'. */
  readonly sinks?: Readonly<Record<string, OutboxSink>>;
  /** In place of the demo ledger's. */
  readonly billing?: BillingGateway;
  readonly recognizer?: IntentRecognizer;
}

export interface Assistant {
  readonly intake: TurnRunner;
  readonly outbox: OutboxWorker;
  readonly handset: DemoHandset;
  /** Takes up what the last stop left: unfinished turns, undelivered entries. */
  start(): Promise<void>;
  /** Turns that run now finish; all else stays in the store. */
  stop(): Promise<void>;
}

/** The assistant without a network: dialogs, services and the turn, on a given store. */
export function composeAssistant(parts: AssistantParts): Assistant {
  const { clock, randomness, log, dataDir, store, secrets } = parts;
  const ledger = loadDemoLedger(dataDir);
  const lines = new DemoLineDirectory(ledger, clock);
  const billing = parts.billing ?? new DemoBillingGateway(ledger, clock);
  const identity = new IdentityService({ lines, clock, randomness, key: secrets.otpKey });
  const knowledge = loadKnowledge(dataDir);
  const holidays = loadPublicHolidays(dataDir);
  const channelsNow = (nowMs: number) => channelsForNow(knowledge.channels(), nowMs, holidays);
  const unpaidBalance = new UnpaidBalanceDialog(billing, new StepUpDialog(identity), channelsNow);
  const recognizer = parts.recognizer ?? loadIntentRecognizer(dataDir);
  const mainDialog = new MainDialog({
    recognizer,
    faq: knowledge,
    channelsNow,
    stepUp: identity,
    unpaidBalance,
  });

  const handset = new DemoHandset(clock);
  const outbox = new OutboxWorker({
    store,
    clock,
    sinks: { ...parts.sinks, sms: createSmsSink(identity, handset) },
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

/** What the build made. */
export interface Built {
  /** Folder of the web pages. */
  readonly pagesDir: string;
  /** The trained recogniser; used when it was learned from the data files as they are. */
  readonly intentModelFile?: string;
}

export interface App {
  readonly assistant: Assistant;
  readonly store: TurnStore;
  readonly secrets: Secrets;
  listen(): Promise<{ url: string }>;
  close(): Promise<void>;
  /** Logs an error that nobody caught, without its message. */
  reportUnexpected(error: unknown): void;
}

/**
 * The whole server, wired by the settings. Nothing listens yet.
 * @throws ConfigurationError naming the setting or data file that is wrong
 */
export async function compose(config: Config, built: Built, world: Partial<World> = {}): Promise<App> {
  const clock = world.clock ?? systemClock;
  const randomness = world.randomness ?? systemRandomness;
  const log = world.log ?? createLog({ level: config.logLevel, redact });
  // Everything that can be wrong with data and settings is found before anything is written.
  loadKnowledge(config.dataDir);
  loadPublicHolidays(config.dataDir);
  loadDemoLedger(config.dataDir);
  const files = await StaticFiles.load(built.pagesDir);
  await assertAddressIsFree(config);
  // Last, because it may have to learn anew, which takes seconds.
  const recognizer = loadIntentRecognizer(config.dataDir, built.intentModelFile);

  await assertSecretsSound(config.varDir);
  const store = openEmbeddedTurnStore({
    file: config.store.path,
    clock,
    queueLimit: config.turnQueueLimit,
    log,
  });
  const secrets = await loadSecrets(config.varDir, config, randomness);
  const { microsoftApp: app } = config;
  const connector = new ConnectorAdapter(app);
  const connectorSink = createConnectorSink({ adapter: connector, appId: app.id, store });
  const assistant = composeAssistant({
    clock,
    randomness,
    log,
    dataDir: config.dataDir,
    store,
    secrets,
    recognizer,
    sinks: { connector: connectorSink },
  });
  const { intake, handset } = assistant;
  let publicUrl = config.publicUrl;
  const directLine: DirectLineDeps = {
    intake,
    store,
    clock,
    randomness,
    secret: secrets.directLineSecret,
    signingKey: secrets.tokenSigningKey,
    publicUrl: () => publicUrl,
    allowedOrigins: config.widgetOrigins,
    bot: botAccount,
    parseInbound: parseInboundActivity,
    tokenLimitPerMinute: config.tokenLimitPerMinute,
    reportError: (error, conversationId) =>
      log.error({ conversation: conversationId, code: codeOf(error) }, 'a Direct Line call failed'),
  };
  const streams = new StreamServer(directLine);
  const http = createServer({
    config,
    store,
    clock,
    log,
    uploads: directLineUploads,
    closeTimeoutMs: requestGraceMs,
  });
  http.onRequest(directLineCors(directLine));
  http.onUpgrade('/v3/directline/', (req, socket, head) => streams.handleUpgrade(req, socket, head));
  registerDirectLine(http.server, directLine);
  registerMessages(http.server, { adapter: connector, app, intake, store, clock, log });
  registerDemoHandset(http.server, handset);
  registerPage(http.server, files, config.widgetOrigins);

  const sweep = () =>
    store
      .sweep({
        nowMs: clock.now(),
        keysBeforeMs: clock.now() - idempotencyMs,
        conversationsBeforeMs: clock.now() - conversationIdleMs,
      })
      .catch((error: unknown) => log.error({ code: codeOf(error) }, 'clean-up failed'));
  const sweeper = setInterval(sweep, hourMs);
  sweeper.unref();

  return {
    assistant,
    store,
    secrets,
    listen: async () => {
      const listening = await http.listen();
      // Port 0 is chosen by the system: only now is the address known.
      if (config.port === 0) publicUrl = listening.url;
      await assistant.start();
      return listening;
    },
    close: async () => {
      clearInterval(sweeper);
      const requests = http.close();
      await streams.close();
      await requests;
      await assistant.stop();
      await store.close();
    },
    reportUnexpected: (error) => log.error({ code: codeOf(error), err: error }, 'unexpected error'),
  };
}

/** The upload route reads multipart bodies itself. */
const directLineUploads = [
  { path: /^\/v3\/directline\/conversations\/[^/]+\/upload$/, maxBytes: 10 * 1024 * 1024 },
];

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'Unexpected';
}
