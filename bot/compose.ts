import type { IncomingMessage } from 'node:http';
import { setTimeout as soon } from 'node:timers/promises';
import { ClientAddresses } from '../channels/clientAddresses';
import { directLineCors } from '../channels/directLine/cors';
import type { DirectLineDeps } from '../channels/directLine/directLineDeps';
import { registerDirectLine } from '../channels/directLine/directLineRoutes';
import { SiteTokens } from '../channels/directLine/siteTokens';
import { StreamServer } from '../channels/directLine/streamServer';
import { KakaoEventClient } from '../channels/kakao/eventClient';
import { SolapiSender } from '../channels/sms/solapiSender';
import { WebhookSender } from '../channels/sms/webhookSender';
import { auditHeadLine, readAuditHeads } from '../services/audit/auditHead';
import { loadDemoLedger } from '../services/billing/demoLedger';
import { type Clock, systemClock } from '../services/clock';
import { DemoClock } from '../services/demoClock';
import { codeOf } from '../services/errors';
import { loadHelplines } from '../services/faq/helplines';
import { loadKnowledge } from '../services/faq/knowledge';
import { loadPublicHolidays } from '../services/faq/publicHolidays';
import type { ChallengeSender } from '../services/identity/challengeSender';
import { prepareEnglishDates } from '../services/intent/entities/englishDateTime';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import { OpenAiSecondOpinion } from '../services/intent/openAiSecondOpinion';
import { journalsBeforeMs } from '../services/journal/journalRetention';
import { isLoopbackHost } from '../services/loopback';
import { type Randomness, systemRandomness } from '../services/randomness';
import { redact } from '../services/redaction/redaction';
import { parseInboundActivity } from '../services/turn/inboundActivity';
import type { TurnStore } from '../services/turn/turnStore';
import { type Assistant, composeAssistant, type World } from './assistant';
import type { AssistantObserver } from './assistantObserver';
import { composeChatwoot } from './chatwootParts';
import type { Config } from './config';
import { ConnectorAdapter } from './connector/connectorAdapter';
import { createConnectorPost, createConnectorSink } from './connector/connectorSink';
import { FreshReplies } from './connector/freshReplies';
import { registerMessages } from './connector/messagesRoute';
import { registerDesk } from './desk/registerDesk';
import { TypingSignals } from './desk/typingSignals';
import { registerAgency } from './http/agencyRoutes';
import { registerChatwoot } from './http/chatwootRoute';
import { registerDeflection } from './http/deflectionRoute';
import { registerDemoClock } from './http/demoClockRoute';
import { registerDemoHandset } from './http/demoHandsetRoute';
import { registerErase } from './http/eraseRoute';
import { registerFaq } from './http/faqRoute';
import { registerKakaoEvent } from './http/kakaoEventRoute';
import { registerKakao } from './http/kakaoRoute';
import { registerPage } from './http/pageRoutes';
import { registerReminderIcs } from './http/reminderIcsRoute';
import { StaticFiles } from './http/staticFiles';
import { createCallbackSink } from './kakao/callbackSink';
import { registerRenderings } from './kakao/demoRenderings';
import { KakaoAdapter } from './kakao/kakaoAdapter';
import { UnseenAnswers } from './kakao/unseenAnswers';
import { createLog, type Log } from './log';
import { Observability } from './observability';
import { openStore } from './openStore';
import { assertSecretsSound, loadSecrets, type Secrets } from './secrets';
import { assertAddressIsFree, createServer } from './server';
import type { SmsConfig } from './settings/smsSettings';
import { botAccount } from './turnAdapter';

const hourMs = 3_600_000;
/** A repeated message is known as such for 24 h (DESIGN §3). */
const idempotencyMs = 24 * hourMs;
/** A conversation nobody has touched for 30 days is removed whole. */
const conversationIdleMs = 30 * 24 * hourMs;

/** How long a stop waits for requests; with `bot/assistant.ts` less than the 15 s that `main.ts` gives. */
const requestGraceMs = 6_000;

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
  /** Every route as it was registered: what tests throw at the server forgets none. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
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
  const realClock = world.clock ?? systemClock;
  // Tokens, sessions, signatures, limits and expiry in the store keep the real time when a demo moves the business's.
  const demoClock = isPlayed(config) ? new DemoClock(realClock) : undefined;
  const clock = demoClock ?? realClock;
  const randomness = world.randomness ?? systemRandomness;
  const log = world.log ?? createLog({ level: config.logLevel, redact });
  // Everything that can be wrong with data and settings is found before anything is written.
  const faq = loadKnowledge(config.dataDir);
  loadPublicHolidays(config.dataDir);
  loadHelplines(config.dataDir);
  loadDemoLedger(config.dataDir);
  const files = await StaticFiles.load(built.pagesDir);
  await assertAddressIsFree(config);
  // Last, because it may have to learn anew, which takes seconds.
  const recognizer = loadIntentRecognizer(config.dataDir, built.intentModelFile);

  await assertSecretsSound(config.varDir);
  const observability = await Observability.open({ config: config.observability, clock, randomness, log });
  const { metrics, tracer } = observability;
  const store = observability.observe(await openStore(config, { clock: realClock, log }));
  const secrets = await loadSecrets(config.varDir, config, randomness);
  const { microsoftApp: app } = config;
  const connector = new ConnectorAdapter(app);
  const fresh = new FreshReplies();
  const connectorSink = createConnectorSink({ adapter: connector, appId: app.id, store, fresh });
  const isDemo = isLoopbackHost(config.host) && config.sms.provider === 'demo';
  const unseen = new UnseenAnswers(store);
  const kakaoCallback = createCallbackSink({ unseen, clock, allowLoopback: isDemo });
  let publicUrl = config.publicUrl;
  const chatwoot =
    config.chatwoot &&
    composeChatwoot({
      config: config.chatwoot,
      store,
      clock,
      realClock,
      log,
      key: secrets.otpKey,
      events: () => assistant.events,
      packets: () => assistant.packets,
    });
  const assistant = composeAssistant({
    clock,
    randomness,
    log,
    sender: challengeSender(config.sms, realClock),
    publicUrl: () => publicUrl,
    identityAgency: config.identityAgency,
    tmf: config.billingProvider === 'tmf678' ? config.tmf : undefined,
    dataDir: config.dataDir,
    store,
    secrets,
    recognizer,
    secondOpinion: secondOpinion(config, randomness, log, metrics),
    observer: metrics,
    tracer,
    handoff: config.handoff,
    handoffProvider: chatwoot?.provider,
    remindersPerSecond: config.remindersPerSecond,
    freshReplies: fresh,
    sinks: {
      connector: connectorSink,
      kakaoCallback,
      ...(chatwoot === undefined ? {} : { handoff: chatwoot.sink }),
    },
    reminderOutlets: {
      post: createConnectorPost({ adapter: connector, appId: app.id }),
      kakaoEvents: config.kakaoEvents && new KakaoEventClient(config.kakaoEvents),
      realClock,
    },
  });
  const { intake, handset } = assistant;
  const directLine: DirectLineDeps = {
    intake,
    store,
    clock: realClock,
    randomness,
    secret: secrets.directLineSecret,
    signingKey: secrets.tokenSigningKey,
    publicUrl: () => publicUrl,
    allowedOrigins: config.widgetOrigins,
    bot: botAccount,
    parseInbound: parseInboundActivity,
    tokenLimitPerMinute: config.tokenLimitPerMinute,
    clientAddresses: new ClientAddresses(config.trustedProxies),
    siteTokens: config.siteTokens === undefined ? undefined : new SiteTokens(config.siteTokens, realClock),
    onTyping: (key) => typing.customerTypes(key),
    reportError: (error, conversationId) =>
      log.error({ conversation: conversationId, code: codeOf(error) }, 'a Direct Line call failed'),
  };
  const streams = new StreamServer(directLine);
  const typing = new TypingSignals(
    (key, sign) => streams.show(key, sign),
    botAccount,
    () => randomness.uuid(),
  );
  const http = createServer({
    config,
    store,
    clock,
    log,
    uploads: directLineUploads,
    closeTimeoutMs: requestGraceMs,
    watch: observability.watchRequests,
  });
  http.onRequest(directLineCors(directLine));
  http.onUpgrade('/v3/directline/', (req, socket, head) => streams.handleUpgrade(req, socket, head));
  registerDirectLine(http.server, directLine);
  registerErase(http.server, { ...directLine, store });
  registerMessages(http.server, { adapter: connector, app, intake, store, clock: realClock, log });
  const kakao = new KakaoAdapter({ intake, unseen, clock, randomness, log, allowLoopback: isDemo });
  registerKakao(http.server, { adapter: kakao, secret: config.kakaoSkillSecret });
  const { links, kakao: kakaoReminders } = assistant.reminderDelivery;
  registerReminderIcs(http.server, { links, clock: realClock });
  if (kakaoReminders !== undefined)
    registerKakaoEvent(http.server, { reminders: kakaoReminders, secret: config.kakaoSkillSecret });
  if (isDemo && config.billingProvider === 'demo') registerRenderings(http.server, { faq, clock });
  if (chatwoot !== undefined && config.chatwoot !== undefined) {
    const { webhookSecret: secret, webhookPath: path } = config.chatwoot;
    registerChatwoot(http.server, { relay: chatwoot.relay, secret, path, clock: realClock });
  }
  if (config.sms.provider === 'demo') registerDemoHandset(http.server, handset);
  if (demoClock !== undefined)
    registerDemoClock(http.server, { clock: demoClock, onMoved: () => assistant.outbox.kick() });
  observability.register(http.server, { store, sockets: { chat: () => streams.size } });
  registerPage(http.server, files, {
    widgetOrigins: config.widgetOrigins,
    hasDesk: config.handoff.provider === 'desk',
  });
  const networkOf = (req: IncomingMessage) => directLine.clientAddresses.networkOf(req);
  registerFaq(http.server, { faq, recognizer, clock, networkOf });
  registerDeflection(http.server, { store, clock, networkOf });
  // With another hub the conversations are its agents' alone.
  const desk =
    config.handoff.provider === 'desk'
      ? registerDesk(http, {
          config: config.desk,
          store,
          intake,
          events: assistant.events,
          lines: assistant.lines,
          packets: assistant.packets,
          faq,
          recognizer,
          secrets,
          typing,
          clock,
          realClock,
          randomness,
          log,
          publicUrl: () => publicUrl,
          networkOf,
        })
      : undefined;
  if (assistant.agency !== undefined)
    registerAgency(http.server, { ...assistant.agency, intake, store, files });

  const sweep = () =>
    store
      .sweep({
        nowMs: realClock.now(),
        keysBeforeMs: realClock.now() - idempotencyMs,
        conversationsBeforeMs: realClock.now() - conversationIdleMs,
        journalBeforeMs: journalsBeforeMs(realClock.now()),
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
    routes: Object.values(http.server.router.getRoutes()).map(({ method, path }) => ({
      method: String(method),
      path: String(path),
    })),
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
      http.drain();
      await soon(config.observability.drainMs);
      clearInterval(sweeper);
      const requests = http.close();
      await Promise.all([streams.close(), desk?.close()]);
      await requests;
      await assistant.stop();
      await store.close();
      await observability.close();
    },
    reportUnexpected: (error) => log.error({ code: codeOf(error), err: error }, 'unexpected error'),
  };
}

/** Whether every system behind the assistant is the demo's own, on this machine alone. */
function isPlayed({ host, sms, billingProvider, identityAgency }: Config): boolean {
  const playsAll = sms.provider === 'demo' && billingProvider === 'demo' && identityAgency.kind !== 'portone';
  return playsAll && isLoopbackHost(host);
}

/** The demo's handset is the assistant's own. */
function challengeSender(sms: SmsConfig, clock: Clock): ChallengeSender | undefined {
  switch (sms.provider) {
    case 'solapi':
      return new SolapiSender(sms);
    case 'webhook':
      return new WebhookSender({ ...sms, clock });
    case 'demo':
      return undefined;
  }
}

function secondOpinion(
  { secondOpinion: settings }: Config,
  randomness: Randomness,
  log: Log,
  observer: AssistantObserver,
) {
  if (settings === undefined) return undefined;
  const onCircuit = (state: 'open' | 'closed') => {
    observer.circuit('secondOpinion', 'chat', state);
    log.warn({ state }, 'the circuit of the second opinion changed');
  };
  return new OpenAiSecondOpinion({ ...settings, onCircuit }, randomness);
}

/** The upload route reads multipart bodies itself. */
const directLineUploads = [
  { path: /^\/v3\/directline\/conversations\/[^/]+\/upload$/, maxBytes: 10 * 1024 * 1024 },
];
