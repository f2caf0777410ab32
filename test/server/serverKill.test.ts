import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { directLine, ServerProcess } from './serverProcess';

/** Two servers live and die beside each other: most of a life is loading the program, on one core. */
const servers = 2;
const killsEach = 10;
const conversationsEach = 3;
const seed = Number(process.env.KILL_SEED ?? 20_261_122);

/** A small repeatable generator (mulberry32): which acknowledgement the server dies after. */
function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Conversation {
  readonly id: string;
  readonly token: string;
  /** clientActivityIDs in the order in which they were first sent. */
  readonly sent: string[];
  readonly acknowledged: Map<string, string>;
  /** Sent, but no answer came: the same message goes out again. */
  open?: string;
}

interface Seen {
  readonly id: string;
  readonly from: { readonly role: string };
  readonly replyToId?: string;
  readonly channelData?: { readonly clientActivityID?: string };
}

async function everything(url: string, { id, token }: Conversation): Promise<Seen[]> {
  const all: Seen[] = [];
  for (let watermark = ''; ; ) {
    const { json } = await directLine(
      url,
      'GET',
      `/conversations/${id}/activities?watermark=${watermark}`,
      undefined,
      token,
    );
    const page = json.activities as Seen[];
    if (page.length === 0) return all;
    all.push(...page);
    watermark = String(json.watermark);
  }
}

describe('a server that is killed in the middle of its work', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'server-kill-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`F35: loses nothing it acknowledged and doubles nothing, over ${servers * killsEach} kills (seed ${seed})`, async () => {
    const lives = Array.from({ length: servers }, (_, n) =>
      liveAndDie(path.join(folder, String(n)), seed + n),
    );
    expect(await Promise.all(lives)).toEqual(Array(servers).fill(killsEach));
  }, 300_000);

  /** @returns how often the server was killed */
  async function liveAndDie(varDir: string, ownSeed: number): Promise<number> {
    const random = numbersFrom(ownSeed);
    let killed = 0;
    let server = await ServerProcess.start(varDir);
    const conversations: Conversation[] = [];
    for (let n = 0; n < conversationsEach; n += 1) {
      const { json } = await directLine(server.url, 'POST', '/conversations', { user: { id: `dl_${n}` } });
      conversations.push({
        id: String(json.conversationId),
        token: String(json.token),
        sent: [],
        acknowledged: new Map(),
      });
    }

    for (let round = 0; round < killsEach; round += 1) {
      const dieAfter = 1 + Math.floor(random() * 40);
      let acknowledgements = 0;
      let dead: Promise<void> | undefined;
      const talk = async (conversation: Conversation) => {
        while (dead === undefined) {
          const clientId = conversation.open ?? `m${conversation.sent.length}`;
          if (conversation.open === undefined) conversation.sent.push(clientId);
          conversation.open = clientId;
          const message = {
            type: 'message',
            text: '연체료가 붙나요?',
            from: { id: 'me' },
            channelData: { clientActivityID: clientId },
          };
          const route = `/conversations/${conversation.id}/activities`;
          const answer = await directLine(server.url, 'POST', route, message, conversation.token).catch(
            () => undefined,
          );
          if (answer === undefined) return;
          expect(answer.status).toBe(200);
          conversation.acknowledged.set(clientId, String(answer.json.id));
          conversation.open = undefined;
          acknowledgements += 1;
          if (acknowledgements === dieAfter) dead = server.kill();
        }
      };
      await Promise.all(conversations.map(talk));
      await dead;
      killed += 1;
      server = await ServerProcess.start(varDir);
    }

    for (const conversation of conversations) {
      // One more message: once it is answered, everything before it has been.
      const last = {
        type: 'message',
        text: '연체료가 붙나요?',
        from: { id: 'me' },
        channelData: { clientActivityID: 'last' },
      };
      const { json } = await directLine(
        server.url,
        'POST',
        `/conversations/${conversation.id}/activities`,
        last,
        conversation.token,
      );
      conversation.sent.push('last');
      let seen: Seen[] = [];
      while (!seen.some(({ replyToId }) => replyToId === json.id))
        seen = await everything(server.url, conversation);

      const echoes = seen.filter(({ from }) => from.role === 'user');
      const ids = echoes.map(({ channelData }) => channelData?.clientActivityID ?? '');
      expect(new Set(ids).size).toBe(ids.length);
      for (const [clientId, id] of conversation.acknowledged) {
        expect(echoes.find(({ channelData }) => channelData?.clientActivityID === clientId)?.id).toBe(id);
      }
      expect(ids).toEqual(conversation.sent.filter((id) => ids.includes(id)));
      for (const echo of echoes) {
        expect(seen.filter(({ replyToId }) => replyToId === echo.id)).toHaveLength(1);
      }
    }
    expect(await server.stop()).toBe(0);
    return killed;
  }
});
