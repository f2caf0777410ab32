import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../services/clock';
import { DeskAccounts } from '../../services/desk/deskAccounts';
import { Passwords } from '../../services/desk/password';
import { totpAt } from '../../services/desk/totp';
import { systemRandomness } from '../../services/randomness';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { askForPerson, DeskBrowser, DeskSocket, fromBase32 } from '../bot/desk/deskServer';
import { cheapWork } from '../services/desk/deskFixture';
import { sized } from '../size';
import { DirectLineTalk } from './directLineTalk';
import { ServerProcess } from './serverProcess';

const kills = sized(4, 60);
const conversations = 3;
const settings = { HANDOFF_HOURS: 'always' };

/** One customer and the agent's page on it, over many lives of the server. */
interface Pair {
  readonly talk: DirectLineTalk;
  readonly id: string;
  /** What each side has sent, in order; the last of each may be without an answer yet. */
  readonly said: { customer: string[]; agent: string[] };
  readonly open: { customer?: string; agent?: { text: string; key: string } };
  /** What came over the sockets, life after life. */
  readonly heard: { seq: number; text: string }[];
}

describe('a live conversation at the desk whose server is killed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'desk-kill-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`loses and doubles no message of either side, over ${kills} kills`, async () => {
    const password = await makeAgent(path.join(folder, 'assistant.db'));
    let server = await ServerProcess.start(folder, settings);
    const agent = await signIn(server.url, password);
    const pairs: Pair[] = [];
    for (let n = 0; n < conversations; n += 1) pairs.push(await begin(server.url, agent));

    for (let round = 0; round < kills; round += 1) {
      // Never at the same place twice.
      const dieAfter = 3 + ((round * 7) % 29);
      let answers = 0;
      let dead: Promise<void> | undefined;
      const answered = () => {
        answers += 1;
        if (answers === dieAfter) dead = server.kill();
      };
      const sockets = await Promise.all(pairs.map((pair) => listen(agent, pair)));
      const alive = () => dead === undefined;
      await Promise.all(
        pairs.flatMap((pair) => [
          customerTalks(pair, alive, answered),
          agentTalks(agent, pair, alive, answered),
        ]),
      );
      await dead;
      await Promise.all(sockets.map((socket) => socket.closed()));
      server = await ServerProcess.start(folder, settings);
      agent.url = server.url;
      for (const { talk } of pairs) talk.url = server.url;
    }

    for (const pair of pairs) {
      const socket = await listen(agent, pair);
      await customerTalks(
        pair,
        () => pair.open.customer !== undefined,
        () => undefined,
      );
      await agentTalks(
        agent,
        pair,
        () => pair.open.agent !== undefined,
        () => undefined,
      );
      await customerSays(pair, 'the end');
      await socket.until(() => pair.heard.at(-1)?.text === 'the end');
      await socket.end();

      const log = (await pair.talk.everything()).map(({ text = '' }) => text);
      expect(log.filter((text) => text.startsWith('customer '))).toEqual(pair.said.customer);
      expect(log.filter((text) => text.startsWith('agent '))).toEqual(pair.said.agent);
      const heard = pair.heard.map(({ text }) => text);
      const ofBoth = (texts: string[]) => texts.filter((text) => /^(customer|agent) /.test(text));
      expect(ofBoth(heard)).toEqual(ofBoth(log));
      expect(pair.said.agent.length).toBeGreaterThan(0);
    }
    expect(await server.stop()).toBe(0);
  }, 900_000);
});

async function makeAgent(file: string): Promise<string> {
  const store = openEmbeddedTurnStore({ file, clock: systemClock });
  const accounts = new DeskAccounts(store, new Passwords(systemRandomness, cheapWork), systemClock);
  const added = await accounts.add('kim', 'agent');
  await store.close();
  return added.status === 'added' ? added.password : '';
}

async function signIn(url: string, password: string): Promise<DeskBrowser> {
  const agent = new DeskBrowser(url);
  await agent.post('login', { name: 'kim', password });
  await agent.refreshCsrf();
  const { secret } = (await agent.post('totp', {})).json;
  const code = totpAt(fromBase32(String(secret)), Date.now());
  await agent.post('totp/confirm', { code, newPassword: '긴 비밀번호 12345678' });
  await agent.refreshCsrf();
  return agent;
}

async function begin(url: string, agent: DeskBrowser): Promise<Pair> {
  const talk = await DirectLineTalk.start(url);
  await talk.say(askForPerson, 'ask');
  const waiting = Object((await agent.get('queue')).json.waiting);
  const id = String(waiting[0].id);
  expect((await agent.act(id, 'claim')).status).toBe(200);
  return { talk, id, said: { customer: [], agent: [] }, open: {}, heard: [] };
}

/** A page that has come back asks for what it has not got. */
async function listen(agent: DeskBrowser, { id, heard }: Pair): Promise<DeskSocket> {
  const socket = await DeskSocket.connected(agent);
  socket.socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString());
    if (event.type === 'entries') heard.push(...event.entries);
  });
  socket.send({ type: 'watch', handoffId: id, afterSeq: heard.at(-1)?.seq ?? 0 });
  return socket;
}

async function customerTalks(pair: Pair, goOn: () => boolean, answered: () => void): Promise<void> {
  while (goOn()) {
    const text = pair.open.customer ?? `customer ${pair.said.customer.length}`;
    if (pair.open.customer === undefined) pair.said.customer.push(text);
    pair.open.customer = text;
    const answer = await pair.talk.post(text, text).catch(() => undefined);
    if (answer === undefined) return;
    expect(answer.status).toBe(200);
    pair.open.customer = undefined;
    answered();
  }
}

async function customerSays({ talk }: Pair, text: string): Promise<void> {
  expect((await talk.post(text, text)).status).toBe(200);
}

async function agentTalks(
  agent: DeskBrowser,
  pair: Pair,
  goOn: () => boolean,
  answered: () => void,
): Promise<void> {
  while (goOn()) {
    const open = pair.open.agent ?? { text: `agent ${pair.said.agent.length}`, key: randomUUID() };
    if (pair.open.agent === undefined) pair.said.agent.push(open.text);
    pair.open.agent = open;
    const answer = await agent.post(`handoffs/${pair.id}/messages`, open).catch(() => undefined);
    // A request that the dying server could not finish is a question without an answer: it is sent again.
    if (answer === undefined || answer.status >= 500) return;
    expect([answer.status, answer.json.seq]).toEqual([200, expect.any(Number)]);
    pair.open.agent = undefined;
    answered();
  }
}
