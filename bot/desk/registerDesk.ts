import { hkdfSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../services/clock';
import { CannedAnswerSearch } from '../../services/desk/cannedAnswers';
import { DeskAccounts } from '../../services/desk/deskAccounts';
import { DeskLogin, type SecretBox } from '../../services/desk/deskLogin';
import { DeskSessions } from '../../services/desk/deskSessions';
import { LoginLimits } from '../../services/desk/loginLimits';
import { Passwords } from '../../services/desk/password';
import { codeOf } from '../../services/errors';
import type { Knowledge } from '../../services/faq/knowledge';
import type { SealedPackets } from '../../services/handoff/sealedPackets';
import type { LineDirectory } from '../../services/identity/lineDirectory';
import type { IntentRecognizer } from '../../services/intent/intent';
import type { Randomness } from '../../services/randomness';
import type { TurnIntake } from '../../services/turn/turnIntake';
import type { TurnStore } from '../../services/turn/turnStore';
import type { Log } from '../log';
import { createSealer, type Sealer } from '../sealer';
import type { Secrets } from '../secrets';
import type { HttpServer } from '../server';
import type { DeskConfig } from '../settings/deskSettings';
import type { SystemEvents } from '../systemEvents';
import { DeskGate } from './deskGate';
import { DeskHandoffs } from './deskHandoffs';
import { DeskLive, livePath } from './deskLive';
import { DeskPresence } from './deskPresence';
import { HandoffBoard } from './handoffBoard';
import { registerHandoffs } from './handoffRoutes';
import { registerLogin } from './loginRoutes';
import { OidcLogin } from './oidcLogin';
import { registerOidc } from './oidcRoutes';
import { registerQueue } from './queueRoutes';
import type { TypingSignals } from './typingSignals';

export interface DeskDeps {
  readonly config: DeskConfig;
  readonly store: TurnStore;
  readonly intake: Pick<TurnIntake, 'subscribe'>;
  readonly events: Pick<SystemEvents, 'submit'>;
  readonly lines: Pick<LineDirectory, 'phoneNumberOf'>;
  readonly packets: SealedPackets;
  readonly faq: Knowledge;
  readonly recognizer: IntentRecognizer;
  readonly secrets: Pick<Secrets, 'inboxSealingKey'>;
  readonly typing: TypingSignals;
  /** Of the conversations; the demo's can be moved forward. */
  readonly clock: Clock;
  /** Of logins, app codes and sessions: a moved clock must not end them. */
  readonly realClock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly publicUrl: () => string;
  readonly networkOf: (req: IncomingMessage) => string;
}

export interface Desk {
  /** Who may call: for the pages of content editors as well. */
  readonly gate: DeskGate;
  readonly live: DeskLive;
  readonly accounts: DeskAccounts;
  close(): Promise<void>;
}

/** Accounts, sessions, queue, conversations and company login of the agents' desk, on an HTTP server. */
export function registerDesk(http: Pick<HttpServer, 'server' | 'onUpgrade'>, deps: DeskDeps): Desk {
  const { store, clock, realClock, randomness, log, secrets, config } = deps;
  const keys = deskKeys(secrets);
  const onError = (error: unknown) => log.error({ code: codeOf(error) }, 'the queue could not be read');
  const { accounts, passwords } = deskAccounts({ store, clock: realClock, randomness });
  const login = new DeskLogin({
    store,
    accounts,
    passwords,
    limits: new LoginLimits(store),
    secrets: secretBox(createSealer(keys.totp, randomness)),
    clock: realClock,
    randomness,
    issuer: '요금길잡이',
  });
  const sessions = new DeskSessions({
    store,
    accounts,
    clock: realClock,
    randomness,
    csrfKey: keys.csrf,
  });
  const gate = new DeskGate({ sessions, publicUrl: deps.publicUrl, networkOf: deps.networkOf });
  const board = new HandoffBoard(store, deps.packets, onError);
  const presence = new DeskPresence(store, realClock);
  const { events, lines, typing, intake } = deps;
  const handoffs = new DeskHandoffs({ board, events, store, lines, clock });
  const live = new DeskLive({
    gate,
    presence,
    handoffs,
    sessions,
    typing,
    intake,
    store,
    board,
    clock,
    log,
  });
  accounts.watch((name) => void live.endSessionsOf(name));
  const onLogout = (sessionId: string) => live.endSession(sessionId);
  const answers = new CannedAnswerSearch(deps.faq, deps.recognizer);
  const oidc =
    config.oidc &&
    new OidcLogin(config.oidc, {
      sealer: createSealer(keys.oidc, randomness),
      clock: realClock,
      publicUrl: deps.publicUrl,
    });

  const { server } = http;
  const atLogin = { gate, sessions, store, clock: realClock, onLogout };
  registerLogin(server, { ...atLogin, login, oidc: oidc !== undefined });
  if (oidc !== undefined) registerOidc(server, { ...atLogin, oidc, accounts });
  registerQueue(server, { gate, board, accounts, presence, answers, store, clock });
  registerHandoffs(server, { gate, handoffs, accounts });
  http.onUpgrade(livePath, (req, socket, head) => live.handleUpgrade(req, socket, head));

  return {
    gate,
    live,
    accounts,
    close: async () => {
      await live.close();
      board.stop();
    },
  };
}

/** The desk's accounts on a store: for the server and for the command line. */
export function deskAccounts({
  store,
  clock,
  randomness,
}: Pick<DeskDeps, 'store' | 'clock' | 'randomness'>): { accounts: DeskAccounts; passwords: Passwords } {
  const passwords = new Passwords(randomness);
  return { accounts: new DeskAccounts(store, passwords, clock), passwords };
}

/** Keys for one purpose each (RFC 5869), from the one that the store's content depends on anyway. */
function deskKeys({ inboxSealingKey }: Pick<Secrets, 'inboxSealingKey'>) {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', inboxSealingKey, '', purpose, 32));
  return { totp: derive('desk totp'), csrf: derive('desk csrf'), oidc: derive('desk oidc') };
}

function secretBox(sealer: Sealer): SecretBox {
  return {
    seal: (plain) => sealer.seal(plain.toString('base64url')).toString('base64url'),
    open: (sealed) => Buffer.from(sealer.open(Buffer.from(sealed, 'base64url')), 'base64url'),
  };
}
