import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '../../../services/errors';
import type { HandoffEventName } from '../../../services/handoff/handoffEvents';
import { Handoffs } from '../../../services/handoff/handoffs';
import { type DeskClient, Refused } from '../../../web/desk/deskClient';
import {
  type DeskState,
  emptyDesk,
  withCase,
  withEntries,
  withOpened,
  withSent,
} from '../../../web/desk/deskState';
import { MessageSender } from '../../../web/desk/messageSender';
import { type DeskBrowser, DeskServer, DeskSocket } from './deskServer';

const text = '확인해 볼게요.';

describe('a message that was refused with 503 and is sent again', () => {
  let server: DeskServer;
  let kim: DeskBrowser;
  beforeEach(async () => {
    server = await DeskServer.start();
    kim = await server.signedIn('kim');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.stop();
  });

  const claimed = async () => {
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const said = async () => {
      const log = await server.test.store.readLog(customer.key, 0, 100);
      return log.filter(({ activity }) => activity.text === text).length;
    };
    return { customer, id, said };
  };

  /** Turns with this event fail in the middle of their work, so many times. */
  const failing = (name: HandoffEventName, times: number) => {
    const apply = Handoffs.prototype.apply;
    let left = times;
    jest.spyOn(Handoffs.prototype, 'apply').mockImplementation(function (this: Handoffs, ...args) {
      if (args[2].name !== name || left === 0) return apply.apply(this, args);
      left -= 1;
      return Promise.reject(new Error('a fault of ours'));
    });
  };

  it('is said once when its turn had failed, however often that was and however often it is sent', async () => {
    const { id, said } = await claimed();
    failing('handoff.agentMessage', 3);
    const body = { key: randomUUID(), text };
    for (const status of [503, 503, 503, 200, 200])
      expect((await kim.post(`handoffs/${id}/messages`, body)).status).toBe(status);
    expect(await said()).toBe(1);
  });

  it('is said once when several come at the same time', async () => {
    const { id, said } = await claimed();
    failing('handoff.agentMessage', 1);
    const body = { key: randomUUID(), text };
    expect((await kim.post(`handoffs/${id}/messages`, body)).status).toBe(503);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => kim.post(`handoffs/${id}/messages`, body)),
    );
    expect(new Set(answers.map(({ status, text: answer }) => `${status} ${answer}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await said()).toBe(1);
  });

  it.each(['accept', 'getConversation'] as const)(
    'is said once when the store had failed at "%s"',
    async (method) => {
      const { id, said } = await claimed();
      const body = { key: randomUUID(), text };
      jest
        .spyOn(server.test.store, method)
        .mockRejectedValueOnce(new StoreUnavailableError('the disk is full'));
      expect((await kim.post(`handoffs/${id}/messages`, body)).status).toBe(503);
      expect((await kim.post(`handoffs/${id}/messages`, body)).status).toBe(200);
      expect(await said()).toBe(1);
    },
  );

  it('is said once when the store had taken it and said otherwise', async () => {
    const { id, said } = await claimed();
    const body = { key: randomUUID(), text };
    const accept = server.test.store.accept.bind(server.test.store);
    jest.spyOn(server.test.store, 'accept').mockImplementationOnce(async (request) => {
      await accept(request);
      throw new StoreUnavailableError('the answer got lost');
    });
    expect((await kim.post(`handoffs/${id}/messages`, body)).status).toBe(503);
    expect((await kim.post(`handoffs/${id}/messages`, body)).status).toBe(200);
    expect(await said()).toBe(1);
  });

  it('claims no success of a note that was not kept', async () => {
    const { id } = await claimed();
    failing('handoff.note', 1);
    expect((await kim.act(id, 'notes', { text: '환불을 원하심' })).status).toBe(503);
    const kept = await kim.act(id, 'notes', { text: '환불을 원하심' });
    expect([kept.status, kept.json.notes]).toMatchObject([200, [{ text: '환불을 원하심' }]]);
  });

  describe('on the agent’s page', () => {
    let state: DeskState;
    /** Answers of the server that get lost on the way: the page sees a 503. */
    let lost: number;
    const client: Pick<DeskClient, 'message'> = {
      message: async (id, key, words) => {
        const answer = await kim.post(`handoffs/${id}/messages`, { key, text: words });
        lost -= 1;
        if (lost >= 0 || answer.status !== 200) throw new Refused('unavailable');
        return { seq: Number(answer.json.seq) };
      },
    };

    const shown = (id: string) => {
      const known = state.cases[id];
      const entries = known?.entries.filter((one) => one.text === text).map(() => 'said') ?? [];
      return [...entries, ...(known?.unsent.map(({ status }) => status) ?? [])];
    };

    const opened = async () => {
      const { id, said } = await claimed();
      const answer = (await kim.get(`handoffs/${id}`)).json;
      state = withOpened(emptyDesk, JSON.parse(JSON.stringify(answer)));
      const socket = await DeskSocket.connected(kim);
      socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
      const key = randomUUID();
      const mark = (status: 'failed' | 'waiting' | 'sending') => {
        const unsent = [{ key, text, status }];
        state = withCase(state, id, (known) => ({ ...known, unsent }));
      };
      const send = async () => {
        mark('sending');
        await new Promise<void>((resolve) => {
          new MessageSender(client, {
            waiting: () => resolve(mark('waiting')),
            failed: () => resolve(mark('failed')),
            sent: (_id, _key, seq) => {
              state = withSent(state, id, key, seq);
              resolve();
            },
          }).send(id, { key, text });
        });
      };
      /** What the line has brought by the time that the message is on it. */
      const read = async () => {
        const entries = await socket.until((events) => {
          const all = events.flatMap((event) => (event.type === 'entries' ? event.entries : []));
          return all.some((one) => one.text === text) && all;
        });
        state = withEntries(state, id, entries, true).state;
        await socket.end();
      };
      return { id, said, send, read };
    };

    it('is shown once when its turn had failed', async () => {
      lost = 0;
      const { id, send, read } = await opened();
      failing('handoff.agentMessage', 1);
      await send();
      expect(shown(id)).toEqual(['failed']);
      await send();
      await read();
      expect(shown(id)).toEqual(['said']);
    });

    it('is shown once when it was said and the answer got lost, before it is sent again and after', async () => {
      lost = 1;
      const { id, said, send, read } = await opened();
      await send();
      await read();
      expect(shown(id)).toEqual(['said']);
      expect(await said()).toBe(1);
      await send();
      expect(shown(id)).toEqual(['said']);
      expect(await said()).toBe(1);
    });
  });
});
