import type { IncomingMessage } from 'node:http';
import { ClientAddresses } from '../channels/clientAddresses';
import { directLineCors } from '../channels/directLine/cors';
import type { DirectLineDeps } from '../channels/directLine/directLineDeps';
import { registerDirectLine } from '../channels/directLine/directLineRoutes';
import { SiteTokens } from '../channels/directLine/siteTokens';
import { StreamServer } from '../channels/directLine/streamServer';
import { DemoHandset } from '../channels/sms/demoHandset';
import { SolapiSender } from '../channels/sms/solapiSender';
import { WebhookSender } from '../channels/sms/webhookSender';
import { BillItemsDialog } from '../dialogs/billItemsDialog';
import { MainDialog } from '../dialogs/mainDialog';
import { PaymentAccountDialog } from '../dialogs/paymentAccountDialog';
import { PaymentStatusDialog } from '../dialogs/paymentStatusDialog';
import { StepUpDialog } from '../dialogs/stepUpDialog';
import { UnpaidBalanceDialog } from '../dialogs/unpaidBalanceDialog';
import { auditHeadLine, readAuditHeads } from '../services/audit/auditHead';
import type { BillingGateway } from '../services/billing/billingGateway';
import { DemoBillingGateway } from '../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../services/billing/demoLedger';
import type { TmfOptions } from '../services/billing/tmf/tmfOptions';
import { connectTmf } from '../services/billing/tmf/tmfSystem';
import { type Clock, systemClock } from '../services/clock';
import { AppError } from '../services/errors';
import { channelsForNow } from '../services/faq/channelAdvice';
import { loadHelplines } from '../services/faq/helplines';
import { loadKnowledge } from '../services/faq/knowledge';
import { loadPublicHolidays } from '../services/faq/publicHolidays';
import type { ChallengeSender } from '../services/identity/challengeSender';
import { DemoLineDirectory } from '../services/identity/demoLineDirectory';
import { IdentityService } from '../services/identity/identityService';
import { TmfLineDirectory } from '../services/identity/tmfLineDirectory';
import { prepareEnglishDates } from '../services/intent/entities/englishDateTime';
import type { IntentRecognizer } from '../services/intent/intent';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import { OpenAiSecondOpinion } from '../services/intent/openAiSecondOpinion';
import type { SecondOpinion } from '../services/intent/secondOpinion';
import { journalsBeforeMs } from '../services/journal/journalRetention';
import { isLoopbackHost } from '../services/loopback';
import { type OutboxSink, OutboxWorker } from '../services/outbox/outboxWorker';
import { type Randomness, systemRandomness } from '../services/randomness';
import { redact } from '../services/redaction/redaction';
import { parseInboundActivity } from '../services/turn/inboundActivity';
import type { TurnStore } from '../services/turn/turnStore';
import { ActivityFeed } from './activityFeed';
import { type AgencyParts, composeAgency, holderDigests } from './agencyParts';
import { BillingBot } from './billingBot';
import type { Config, SmsSettings } from './config';
import { ConnectorAdapter } from './connector/connectorAdapter';
import { createConnectorSink } from './connector/connectorSink';
import { registerMessages } from './connector/messagesRoute';
import { registerAgency } from './http/agencyRoutes';
import { registerDeflection } from './http/deflectionRoute';
import { registerDemoHandset } from './http/demoHandsetRoute';
import { registerErase } from './http/eraseRoute';
import { registerFaq } from './http/faqRoute';
import { registerKakao } from './http/kakaoRoute';
import { registerPage } from './http/pageRoutes';
import { StaticFiles } from './http/staticFiles';
import { createCallbackSink } from './kakao/callbackSink';
import { registerRenderings } from './kakao/demoRenderings';
import { KakaoAdapter } from './kakao/kakaoAdapter';
import { UnseenAnswers } from './kakao/unseenAnswers';
import { createLog, type Log } from './log';
import { openStore } from './openStore';
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
  const faq = loadKnowledge(config.dataDir);
  loadPublicHolidays(config.dataDir);
  loadDemoLedger(config.dataDir);
  const files = await StaticFiles.load(built.pagesDir);
  await assertAddressIsFree(config);
  // Last, because it may have to learn anew, which takes seconds.
  const recognizer = loadIntentRecognizer(config.dataDir, built.intentModelFile);

  await assertSecretsSound(config.varDir);
  const store = await openStore(config, { clock, log });
  const secrets = await loadSecrets(config.varDir, config, randomness);
  const { microsoftApp: app } = config;
  const connector = new ConnectorAdapter(app);
  const connectorSink = createConnectorSink({ adapter: connector, appId: app.id, store });
  const isDemo = isLoopbackHost(config.host) && config.sms.provider === 'demo';
  const unseen = new UnseenAnswers(store);
  const kakaoCallback = createCallbackSink({ unseen, clock, allowLoopback: isDemo });
  let publicUrl = config.publicUrl;
  const assistant = composeAssistant({
    clock,
    randomness,
    log,
    sender: challengeSender(config.sms, clock),
    publicUrl: () => publicUrl,
    identityAgency: config.identityAgency,
    tmf: config.billingProvider === 'tmf678' ? config.tmf : undefined,
    dataDir: config.dataDir,
    store,
    secrets,
    recognizer,
    secondOpinion: secondOpinion(config, randomness, log),
    sinks: { connector: connectorSink, kakaoCallback },
  });
  const { intake, handset } = assistant;
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
    clientAddresses: new ClientAddresses(config.trustedProxies),
    siteTokens: config.siteTokens === undefined ? undefined : new SiteTokens(config.siteTokens, clock),
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
  registerErase(http.server, { ...directLine, store });
  registerMessages(http.server, { adapter: connector, app, intake, store, clock, log });
  const kakao = new KakaoAdapter({ intake, unseen, clock, randomness, log, allowLoopback: isDemo });
  registerKakao(http.server, { adapter: kakao, secret: config.kakaoSkillSecret });
  if (isDemo && config.billingProvider === 'demo') registerRenderings(http.server, { faq, clock });
  if (config.sms.provider === 'demo') registerDemoHandset(http.server, handset);
  registerPage(http.server, files, config.widgetOrigins);
  const networkOf = (req: IncomingMessage) => directLine.clientAddresses.networkOf(req);
  registerFaq(http.server, { faq, recognizer, clock, networkOf });
  registerDeflection(http.server, { store, clock, networkOf });
  if (assistant.agency !== undefined)
    registerAgency(http.server, { ...assistant.agency, intake, store, files });

  const sweep = () =>
    store
      .sweep({
        nowMs: clock.now(),
        keysBeforeMs: clock.now() - idempotencyMs,
        conversationsBeforeMs: clock.now() - conversationIdleMs,
        journalBeforeMs: journalsBeforeMs(clock.now()),
      })
      .catch((error: unknown) => log.error({ code: codeOf(error) }, 'clean-up failed'));
  // In the log, which is shipped elsewhere, so that nobody can cut the audit log's tail unseen.
  const logAuditHeads = () =>
    readAuditHeads(store).then(
      (heads) => heads.length > 0 && log.info({ heads: heads.map(auditHeadLine) }, 'audit heads'),
      (error: unknown) => log.error({ code: codeOf(error) }, 'the audit heads could not be read'),
    );
  const sweeper = setInterval(() => Promise.all([sweep(), logAuditHeads()]), hourMs);
  sweeper.unref();

  return {
    assistant,
    store,
    secrets,
    listen: async () => {
      const listening = await http.listen();
      // The first customer who names a day in English shall not wait for it, and neither shall the start.
      setImmediate(prepareEnglishDates);
      // Port 0 is chosen by the system: only now is the address known.
      if (config.port === 0) publicUrl = listening.url;
      await assistant.start();
      await logAuditHeads();
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

/** The demo's handset is the assistant's own. */
function challengeSender(sms: SmsSettings, clock: Clock): ChallengeSender | undefined {
  switch (sms.provider) {
    case 'solapi':
      return new SolapiSender(sms);
    case 'webhook':
      return new WebhookSender({ ...sms, clock });
    case 'demo':
      return undefined;
  }
}

function secondOpinion({ secondOpinion: settings }: Config, randomness: Randomness, log: Log) {
  if (settings === undefined) return undefined;
  const onCircuit = (state: string) => log.warn({ state }, 'the circuit of the second opinion changed');
  return new OpenAiSecondOpinion({ ...settings, onCircuit }, randomness);
}

/** The upload route reads multipart bodies itself. */
const directLineUploads = [
  { path: /^\/v3\/directline\/conversations\/[^/]+\/upload$/, maxBytes: 10 * 1024 * 1024 },
];

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'Unexpected';
}
