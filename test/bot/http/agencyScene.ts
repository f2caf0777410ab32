import { ActivityFeed } from '../../../bot/activityFeed';
import { holderDigests } from '../../../bot/agencyParts';
import { registerAgency } from '../../../bot/http/agencyRoutes';
import { registerPage } from '../../../bot/http/pageRoutes';
import type { StaticFiles } from '../../../bot/http/staticFiles';
import { createSealer } from '../../../bot/sealer';
import { createServer, type HttpServer } from '../../../bot/server';
import { TurnAdapter } from '../../../bot/turnAdapter';
import type { TurnLogic } from '../../../bot/turnAttempts';
import { TurnRunner } from '../../../bot/turnRunner';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { AgencyTokens } from '../../../services/identity/agencyTokens';
import { AgencyVerification } from '../../../services/identity/agencyVerification';
import { DemoAgency } from '../../../services/identity/demoAgency';
import { DemoLineDirectory } from '../../../services/identity/demoLineDirectory';
import type { IdentityAgency } from '../../../services/identity/identityAgency';
import { PortOneAgency } from '../../../services/identity/portOneAgency';
import { systemRandomness } from '../../../services/randomness';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';
import { dataDir } from '../../assistant';
import { aBinding, MovableClock } from '../../services/identity/identityDesk';
import { silentLog } from '../connector/connectorFixture';

const ledger = loadDemoLedger(dataDir);
const line = ledger.customers[0]?.lineId ?? '';
const key = Buffer.alloc(32, 1);
const binding = aBinding();

/** The pages on a real server and a real store; any message in the conversation asks for a link. */
export async function anAgencyScene(options: { portOne?: boolean; files?: StaticFiles } = {}) {
  const clock = new MovableClock();
  const randomness = systemRandomness;
  const store = openEmbeddedTurnStore({ file: ':memory:', clock });
  const holders = holderDigests({ kind: 'demo' }, key);
  const demo = options.portOne ? undefined : new DemoAgency(ledger);
  const portOne = { apiSecret: 'very-secret', storeId: 'store-1', channelKey: 'channel-key-1' };
  let publicUrl = 'https://bill.example.kr';
  const agency: IdentityAgency = demo ?? new PortOneAgency({ ...portOne, allowTestChannel: false });
  const verification = new AgencyVerification({
    agency,
    lines: new DemoLineDirectory(ledger, clock, holders),
    holders,
    tokens: new AgencyTokens(key, clock),
    clock,
    randomness,
    publicUrl: () => publicUrl,
  });
  const events: string[] = [];
  const logic: TurnLogic = {
    takeTurn: async (context, tx) => {
      if (context.activity.type === 'event') events.push(context.activity.name ?? '');
      if (context.activity.name === 'identity/returned')
        await context.sendActivity((await verification.check(tx, binding, line)).status);
      if (context.activity.type !== 'message') return;
      const started = await verification.start(tx, binding, line, 'ko');
      await context.sendActivity(started.status === 'started' ? started.url : started.status);
    },
    apologise: async (context) => void (await context.sendActivity('sorry')),
  };
  const intake = new TurnRunner({
    store,
    adapter: new TurnAdapter(clock, randomness),
    logic,
    feed: new ActivityFeed(store, () => {}),
    sealer: createSealer(Buffer.alloc(32, 2), randomness),
    clock,
    randomness,
    log: silentLog,
    onOutbox: () => {},
  });
  const http: HttpServer = createServer({
    config: { host: '127.0.0.1', port: 0 },
    store,
    clock,
    log: silentLog,
  });
  const names = ['assets/identity-ABCDEFGH.css', 'assets/identity-ABCDEFGH.js', 'index.html'];
  const files = options.files ?? { names };
  if (options.files !== undefined)
    registerPage(http.server, options.files, { widgetOrigins: [], hasDesk: true });
  registerAgency(http.server, { verification, ...(demo ? { demo } : {}), intake, store, files });
  const { url } = await http.listen();
  if (options.files !== undefined) publicUrl = url;
  const { channelId, conversationId, userId } = binding;
  const conversation = `${channelId}/${conversationId}`;
  return {
    clock,
    events,
    url,
    /** Asks for a link as a customer of Azure's channel does; returns the token in it. */
    ask: async () => {
      const activity = {
        type: 'message',
        text: '내역',
        from: { id: userId },
        recipient: { id: 'bot', name: 'Bot' },
        conversation: { id: conversationId },
        serviceUrl: 'https://smba.example.com/',
      };
      const inbound = {
        channelId,
        conversationId,
        userId,
        activity,
        echo: true,
        delivery: 'connector',
      } as const;
      const [reply] = await (await intake.submit(inbound)).replies();
      return /t=([\w.-]+)/.exec(String(reply?.text))?.[1] ?? '';
    },
    get: (path: string) => fetch(`${url}${path}`),
    post: (path: string, body: object) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    /** What the bot has said so far, once everything in the inbox is done. */
    said: async () => {
      await intake.stop();
      return (await store.readLog(conversation, 0, 100)).map(({ activity }) => activity.text);
    },
    reference: async () => (await store.getConversation(conversation))?.reference,
    close: async () => {
      await http.close();
      await intake.stop();
      await store.close();
    },
  };
}
