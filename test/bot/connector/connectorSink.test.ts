import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectorAdapter } from '../../../bot/connector/connectorAdapter';
import { createConnectorSink } from '../../../bot/connector/connectorSink';
import { FreshReplies } from '../../../bot/connector/freshReplies';
import type { ConversationHead, JsonActivity } from '../../../services/turn/turnStore';
import { noApp } from './connectorFixture';

/** A channel's Connector on this machine: keeps what it is sent, and refuses what it is told to. */
async function aConnector() {
  const received: { path: string; body: Record<string, unknown> }[] = [];
  const refusals: number[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const status = refusals.shift() ?? 200;
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      if (status === 200) received.push({ path: req.url ?? '', body });
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ id: `channel-${received.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { received, refusals, close, serviceUrl: `http://127.0.0.1:${port}` };
}

const payload = { conversationKey: 'msteams/conv-1', ticket: 1 };

function aReply(text: string): JsonActivity {
  return {
    type: 'message',
    id: `id-${text}`,
    timestamp: '2025-11-22T00:00:00.000Z',
    text,
    replyToId: 'our-own-id',
  };
}

function storeWith(serviceUrl: string, ...replies: readonly JsonActivity[]) {
  const head: ConversationHead = {
    key: payload.conversationKey,
    channelId: 'msteams',
    conversationId: 'conv-1',
    userId: 'user-1',
    createdAtMs: 0,
    reference: {
      channelId: 'msteams',
      serviceUrl,
      conversation: { id: 'conv-1', isGroup: false },
      bot: { id: 'bot-1', name: 'Bill Guide' },
      user: { id: 'user-1', name: '' },
      locale: 'ko-KR',
    },
  };
  return {
    getConversation: async (key: string) => (key === head.key ? head : undefined),
    repliesOf: async () => replies.map((activity, index) => ({ seq: index + 1, ticket: 1, activity })),
  };
}

describe('replies through the Bot Connector', () => {
  const adapter = new ConnectorAdapter(noApp);
  let connector: Awaited<ReturnType<typeof aConnector>>;

  beforeEach(async () => {
    connector = await aConnector();
  });
  afterEach(() => connector.close());

  it('reach the conversation in order, addressed by the channel’s ids', async () => {
    const replies = [aReply('하나'), aReply('둘')];
    const sink = createConnectorSink({
      adapter,
      appId: '',
      store: storeWith(connector.serviceUrl, ...replies),
    });
    await sink(payload);
    expect(connector.received.map(({ path, body }) => [path, body.text])).toEqual([
      ['/v3/conversations/conv-1/activities', '하나'],
      ['/v3/conversations/conv-1/activities', '둘'],
    ]);
    expect(connector.received[0]?.body).toMatchObject({
      from: { id: 'bot-1' },
      recipient: { id: 'user-1' },
      channelId: 'msteams',
    });
    expect(connector.received[0]?.body).not.toHaveProperty('replyToId');
    expect(replies[0]).toEqual(aReply('하나'));
  });

  it('carry no empty name, which clients of the Agents SDK refuse', async () => {
    const store = storeWith(connector.serviceUrl, aReply('하나'));
    await createConnectorSink({ adapter, appId: '', store })(payload);
    const { conversation, recipient, from } = connector.received[0]?.body ?? {};
    expect(conversation).toEqual({ id: 'conv-1', isGroup: false });
    expect(recipient).toEqual({ id: 'user-1' });
    expect(from).toEqual({ id: 'bot-1', name: 'Bill Guide' });
  });

  it('are tried again from the one that was not taken', async () => {
    const store = storeWith(connector.serviceUrl, aReply('하나'), aReply('둘'), aReply('셋'));
    const sink = createConnectorSink({ adapter, appId: '', store });
    connector.refusals.push(200, 403);
    await expect(sink(payload)).rejects.toThrow();
    await sink(payload);
    expect(connector.received.map(({ body }) => body.text)).toEqual(['하나', '둘', '셋']);
  });

  it('count as failed even when the adapter has an error handler', async () => {
    const handled = new ConnectorAdapter(noApp);
    handled.onTurnError = async () => {};
    const sink = createConnectorSink({
      adapter: handled,
      appId: '',
      store: storeWith(connector.serviceUrl, aReply('하나')),
    });
    connector.refusals.push(403);
    await expect(sink(payload)).rejects.toThrow();
  });

  it('need not be read back by who has just written them, but are for a second try', async () => {
    const fresh = new FreshReplies();
    const store = storeWith(connector.serviceUrl, aReply('하나'), aReply('둘'));
    const head = await store.getConversation(payload.conversationKey);
    if (head !== undefined) fresh.keep(head, payload.ticket, [aReply('하나'), aReply('둘')]);
    const reads = jest.spyOn(store, 'repliesOf');
    const sink = createConnectorSink({ adapter, appId: '', store, fresh });
    connector.refusals.push(200, 403);
    await expect(sink(payload)).rejects.toThrow();
    expect(reads).not.toHaveBeenCalled();
    await sink(payload);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(connector.received.map(({ body }) => body.text)).toEqual(['하나', '둘']);
  });

  it('are dropped when the conversation is gone', async () => {
    const sink = createConnectorSink({
      adapter,
      appId: '',
      store: storeWith(connector.serviceUrl, aReply('하나')),
    });
    await sink({ conversationKey: 'msteams/swept', ticket: 1 });
    expect(connector.received).toEqual([]);
  });

  it.each(['https://evil.example/', 'http://169.254.169.254/', ''])(
    'F17: without an app id never go to %j',
    async (url) => {
      const sink = createConnectorSink({ adapter, appId: '', store: storeWith(url, aReply('하나')) });
      await expect(sink(payload)).rejects.toThrow();
    },
  );
});
