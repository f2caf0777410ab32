import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import XMLHttpRequest from 'xhr2';
import { DirectLineHost, secret } from './directLineHost';

// The client takes both from the page it runs in, and a WebSocket even when it polls.
Object.assign(globalThis, { XMLHttpRequest, WebSocket });

type ClientOptions = ConstructorParameters<typeof DirectLine>[0];

let host: DirectLineHost;
let clients: Client[] = [];

beforeEach(async () => {
  host = await DirectLineHost.start();
});
afterEach(async () => {
  for (const client of clients) client.leave();
  clients = [];
  await host.end();
});

/** The real client, with what it received and was told. */
class Client {
  readonly line: DirectLine;
  readonly received: Activity[] = [];
  status = ConnectionStatus.Uninitialized;
  private readonly waiting = new Set<() => void>();
  private readonly subscription;

  constructor(options: ClientOptions) {
    // It waits 3 to 15 s before it reconnects, by this number: here not at all.
    const random = () => -0.25;
    this.line = new DirectLine({ domain: host.domain, timeout: 5_000, ...options, ...{ random } });
    this.line.connectionStatus$.subscribe((status) => {
      this.status = status;
      this.wake();
    });
    this.subscription = this.line.activity$.subscribe(
      (activity) => {
        this.received.push(activity);
        this.wake();
      },
      () => this.wake(),
    );
    clients.push(this);
  }

  get texts(): (string | undefined)[] {
    return this.received.map((activity) => (activity.type === 'message' ? activity.text : activity.type));
  }

  /** Resolves as soon as the condition holds, checked whenever the client hears something. */
  until(condition: (client: Client) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!condition(this)) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }

  say(text: string, clientActivityID: string): Promise<string> {
    const activity: Activity = {
      type: 'message',
      text,
      from: { id: 'page' },
      channelData: { clientActivityID },
    };
    return new Promise((resolve, reject) => this.line.postActivity(activity).subscribe(resolve, reject));
  }

  leave(): void {
    this.subscription.unsubscribe();
    this.line.end();
  }

  private wake(): void {
    for (const check of [...this.waiting]) check();
  }
}

async function token(): Promise<{ token: string; conversationId: string }> {
  const { body } = await host.call('POST', '/api/token', { origin: host.url });
  return body;
}

describe.each([
  ['polling', false],
  ['over a WebSocket', true],
])('the real client, %s', (_name, webSocket) => {
  const connect = async () => new Client({ token: (await token()).token, webSocket, pollingInterval: 200 });

  it('starts, is greeted, speaks, and hears its own message before the answer', async () => {
    const client = await connect();
    await client.until(({ received }) => received.length === 1);
    const id = await client.say('미납요금이 얼마예요?', 'c-1');
    await client.until(({ received }) => received.length === 3);

    expect(client.texts).toEqual(['안녕하세요', '미납요금이 얼마예요?', '답: 미납요금이 얼마예요?']);
    const [, echo, answer] = client.received;
    expect(echo).toMatchObject({ id, channelData: { clientActivityID: 'c-1' }, from: { role: 'user' } });
    expect(echo?.from.id).toMatch(/^dl_[0-9a-f]{32}$/);
    expect(answer).toMatchObject({ replyToId: id, from: { id: 'bill-guide', role: 'bot' } });
    expect(client.status).toBe(ConnectionStatus.Online);
  });

  it('hears each of many messages once', async () => {
    const client = await connect();
    const said: string[] = [];
    for (let i = 0; i < 30; i += 1) {
      said.push(`${i}`);
      await client.say(`${i}`, `c-${i}`);
    }
    await client.until(({ received }) => received.length === 61);

    // Not their order: frames that come at once are interleaved by the client's own scheduler.
    const heard = client.texts.filter((text) => !text?.startsWith('답') && text !== '안녕하세요');
    expect(heard.toSorted()).toEqual(said.toSorted());
    expect(new Set(client.received.map((activity) => activity.id)).size).toBe(61);
  });

  it('goes on by watermark after the server was stopped and started', async () => {
    const { token: first, conversationId } = await token();
    const before = new Client({ token: first, webSocket, pollingInterval: 200 });
    await before.say('첫째', 'c-1');
    await before.until(({ received }) => received.length === 3);
    const { watermark } = Object(before.line);
    before.leave();
    await host.shut();
    await host.open();
    const after = new Client({ token: first, conversationId, watermark, webSocket, pollingInterval: 200 });
    await after.say('둘째', 'c-2');
    await after.until(({ received }) => received.length === 2);

    expect(watermark).toBe('3');
    expect(after.texts).toEqual(['둘째', '답: 둘째']);
  });

  it('is told when the conversation is unknown', async () => {
    const { token: unused, conversationId } = await token();
    const client = new Client({ token: unused, conversationId, webSocket });
    await client.until(({ status }) => status === ConnectionStatus.FailedToConnect);

    expect(client.received).toEqual([]);
  });

  it('is told of a start that the store refuses, and does not hang', async () => {
    host.storeIsDown = true;
    const client = await connect();
    await client.until(({ status }) => status === ConnectionStatus.FailedToConnect);

    expect(host.requests.filter(({ path }) => path.endsWith('/conversations'))).toHaveLength(1);
  });
});

describe('the real client', () => {
  it('comes back by itself over a new socket when the server restarts, without gap or double', async () => {
    const client = new Client({ token: (await token()).token });
    await client.say('하나', 'c-1');
    await client.until(({ received }) => received.length === 3);
    await host.shut();
    await host.open();
    await client.say('둘', 'c-2');
    await client.until(({ received }) => received.length === 5);

    // Frames that come at once are interleaved by the client's own scheduler; Web Chat sorts by time.
    expect(client.texts.toSorted()).toEqual(['안녕하세요', '하나', '답: 하나', '둘', '답: 둘'].toSorted());
  });

  it('is told that its token has expired, and goes on with a new one', async () => {
    const { token: first, conversationId } = await token();
    const client = new Client({ token: first, webSocket: false, pollingInterval: 200 });
    await client.until(({ received }) => received.length === 1);
    const { body: fresh } = await host.call('POST', '/tokens/refresh', { token: first });
    host.advance(1_799_000);
    const { body: last } = await host.call('POST', '/tokens/refresh', { token: fresh.token });
    host.advance(2_000);
    await client.until(({ status }) => status === ConnectionStatus.ExpiredToken);
    client.line.reconnect({ ...last, conversationId });
    await client.say('다시', 'c-1');
    await client.until(({ texts }) => texts.includes('답: 다시'));

    // Its old poll and its new one may overlap, and both bring the same activity, under one id.
    const once = new Map(client.received.map(({ id }, n) => [id, client.texts[n]]));
    expect([...once.values()]).toEqual(['안녕하세요', '다시', '답: 다시']);
  });

  it('keeps polling through trouble with the store', async () => {
    const client = new Client({ token: (await token()).token, webSocket: false, pollingInterval: 200 });
    await client.until(({ received }) => received.length === 1);
    host.storeIsDown = true;
    await host.reports(host.reported.length + 2);
    const lost = await client.say('사라짐', 'c-1');
    host.storeIsDown = false;
    await client.say('들림', 'c-2');
    await client.until(({ received }) => received.length === 3);

    expect(lost).toBe('retry');
    expect(client.texts).toEqual(['안녕하세요', '들림', '답: 들림']);
  });

  it('cannot do anything with the secret after the start', async () => {
    const client = new Client({ secret, webSocket: false, pollingInterval: 200 });
    await client.until(({ status }) => status === ConnectionStatus.ExpiredToken);

    expect(client.received).toEqual([]);
  });

  it('sends headers that a preflight allows', async () => {
    const client = new Client({ token: (await token()).token, webSocket: false, pollingInterval: 200 });
    await client.say('안녕', 'c-1');
    await client.until(({ received }) => received.length === 3);
    const safelisted = new Set(['accept', 'host', 'connection', 'content-length', 'user-agent', 'date']);
    const sent = new Set(
      host.requests
        .filter(({ path }) => path.startsWith('/v3/directline'))
        .flatMap(({ headers }) => Object.keys(headers))
        .filter((name) => !safelisted.has(name)),
    );
    const preflight = await host.call('OPTIONS', '/conversations', {
      origin: host.url,
      headers: {
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': [...sent].join(),
      },
    });

    expect([...sent].sort()).toEqual(['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with']);
    expect(preflight.status).toBe(204);
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(', ') ?? [];
    expect([...sent].filter((name) => !allowed.includes(name))).toEqual([]);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS');
    expect(Number(preflight.headers.get('access-control-max-age'))).toBeGreaterThanOrEqual(600);
  });
});
