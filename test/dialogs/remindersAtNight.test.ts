import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectorAdapter } from '../../bot/connector/connectorAdapter';
import { createConnectorPost, createConnectorSink } from '../../bot/connector/connectorSink';
import type { DueStatus } from '../../services/billing/dueStatus';
import { BillingUnavailableError, DeliveryUnavailableError } from '../../services/errors';
import type { TurnStore } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { openPostgresTurnStore } from '../../store/postgres/postgresTurnStore';
import { ko } from '../../strings/ko';
import { TestAssistant, type TestCustomer, words } from '../assistant';
import { noApp } from '../bot/connector/connectorFixture';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';

jest.setTimeout(120_000);

const phone = '01000001001';
const seoul = (text: string) => Date.parse(`${text}+09:00`);
const twoDaysBefore = '납부일 이틀 전 저녁 8시 59분에 알려줘';
const label = /^\[(?:납부|반영|조회|요금) 알림\]/;

/** The Connector of a channel on this machine: takes nothing while it is down. */
async function aConnector() {
  const state = { isDown: false, refused: 0 };
  const received: string[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { text }: { text?: unknown } = Object(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      if (state.isDown) state.refused += 1;
      else received.push(String(text));
      res.writeHead(state.isDown ? 503 : 200, { 'content-type': 'application/json' });
      res.end('{"id":"channel-1"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { state, received, close, serviceUrl: `http://127.0.0.1:${port}` };
}

describe.each(['SQLite', 'PostgreSQL'])(
  'a reminder that could not leave before the night, on %s',
  (database) => {
    let server: PostgresServer | undefined;
    let connector: Awaited<ReturnType<typeof aConnector>>;
    let store: TurnStore;
    let test: TestAssistant;
    let bill: DueStatus;
    let isGatewayDown = false;
    let isSlow = false;
    let isBillingDown = false;
    const clock = { now: () => test?.nowMs ?? seoul('2026-11-22T17:20:00') };

    beforeAll(async () => {
      connector = await aConnector();
      if (database === 'PostgreSQL') server = await startPostgres();
    });
    beforeEach(async () => {
      store =
        server === undefined
          ? openEmbeddedTurnStore({ file: ':memory:', clock })
          : await openPostgresTurnStore({ url: await server.newDatabase(), connections: 2, clock });
      bill = { anythingDue: true, dueDates: ['2026-11-25', '2026-12-25'], settled: true };
      connector.state.isDown = false;
      connector.state.refused = 0;
      connector.received.length = 0;
      isGatewayDown = false;
      isSlow = false;
      isBillingDown = false;
      const adapter = new ConnectorAdapter(noApp);
      const post = createConnectorPost({ adapter, appId: '' });
      test = new TestAssistant({
        store,
        dues: {
          dueStatus: async () => {
            if (isBillingDown) throw new BillingUnavailableError('down');
            return bill;
          },
          isAnswering: async () => !isBillingDown,
        },
        sinks: { connector: createConnectorSink({ adapter, appId: '', store }) },
        reminderOutlets: {
          // The SDK tries a 503 again by itself, for seconds; once is enough to see that.
          post: async (...message) => {
            if (!connector.state.isDown || isSlow) return post(...message);
            connector.state.refused += 1;
            throw Object.assign(new Error('HTTP 503'), { statusCode: 503 });
          },
        },
        sender: {
          send: async ({ text, ...rest }) => {
            if (!/\d{6}/.test(text) && isGatewayDown) throw new DeliveryUnavailableError('down');
            return test.assistant.handset.send({ text, ...rest });
          },
        },
      });
    });
    afterEach(() => test.stop());
    afterAll(async () => {
      await connector.close();
      await server?.stop();
    });

    /** Says something in Teams, where every answer has to be posted. */
    async function says(customer: TestCustomer, text: string): Promise<string> {
      const { channelId, conversationId, userId } = customer;
      const { serviceUrl } = connector;
      const activity = {
        type: 'message',
        text,
        locale: 'ko-KR',
        from: { id: userId },
        conversation: { id: conversationId, isGroup: false },
        serviceUrl,
      };
      const turn = {
        channelId,
        conversationId,
        userId,
        activity,
        echo: true,
        delivery: 'connector',
      } as const;
      return words(await (await test.assistant.intake.submit(turn)).replies()).join('\n');
    }
    async function at(moment: string): Promise<void> {
      test.nowMs = seoul(moment);
      await test.delivered();
      // Wake-ups of one moment go at a set rate.
      test.nowMs += 100;
      await test.delivered();
    }
    const posted = () => connector.received.filter((text) => label.test(text));
    const texts = () =>
      test.assistant.handset
        .messagesOf(phone)
        .map(({ text }) => text)
        .filter((text) => label.test(text));

    /** Somebody in Teams whose reminder of 20:59 finds the channel down. */
    async function inTeams(wish: string): Promise<TestCustomer> {
      const customer = test.customer({ channelId: 'msteams' });
      for (const text of ['내 미납요금이 얼마예요?', '010-0000-1001']) await says(customer, text);
      await says(customer, await test.codeSentTo(phone));
      expect(await says(customer, wish)).toContain('오후 8시 59분에 알려 드릴게요');
      await test.delivered();
      connector.state.isDown = true;
      await at('2026-11-24T20:59:59');
      expect(connector.state.refused).toBeGreaterThan(0);
      connector.state.isDown = false;
      await at('2026-11-24T21:00:30');
      expect(posted()).toEqual([]);
      return customer;
    }
    const morning = '2026-11-25T08:00:00';

    it('is posted at eight in the morning, once', async () => {
      isSlow = true;
      await inTeams('모레 저녁 8시 59분에 알려줘');
      await at('2026-11-25T07:59:59');
      expect(posted()).toEqual([]);
      await at(morning);
      await at('2026-11-25T08:30:00');
      expect(posted()).toEqual([expect.stringContaining(ko.reminders.messages.moment)]);
    });

    it('is posted in the morning when it is still so', async () => {
      bill = { ...bill, dueDates: ['2026-11-26'] };
      await inTeams(twoDaysBefore);
      await at(morning);
      expect(posted()).toEqual([expect.stringContaining(ko.reminders.messages.dueSoon('11월 26일'))]);
    });

    it('is held back when the bill was paid in the night', async () => {
      bill = { ...bill, dueDates: ['2026-11-26'] };
      await inTeams(twoDaysBefore);
      bill = { anythingDue: false, dueDates: [], settled: true };
      await at(morning);
      expect(posted()).toEqual([]);
    });

    it('waits in the morning until somebody can say whether it was paid', async () => {
      bill = { ...bill, dueDates: ['2026-11-26'] };
      await inTeams(twoDaysBefore);
      isBillingDown = true;
      await at(morning);
      expect(posted()).toEqual([]);
      isBillingDown = false;
      await at('2026-11-25T08:20:00');
      expect(posted()).toHaveLength(1);
    });

    it('is held back when it would not be of use any more', async () => {
      bill = { ...bill, dueDates: ['2026-11-25'] };
      await inTeams('납부일 하루 전 저녁 8시 59분에 알려줘');
      await at(morning);
      expect(posted()).toEqual([]);
    });

    it('does not come to somebody who stopped it in the night, and their answer does not wait', async () => {
      const customer = await inTeams('모레 저녁 8시 59분에 알려줘');
      test.nowMs = seoul('2026-11-24T22:00:00');
      await says(customer, '그만');
      await test.delivered();
      expect(connector.received.at(-1)).toContain(ko.reminders.list.none);
      await at(morning);
      expect(posted()).toEqual([]);
    });

    it('does not come to somebody who changed it in the night', async () => {
      bill = { ...bill, dueDates: ['2026-11-26'] };
      const customer = await inTeams(twoDaysBefore);
      test.nowMs = seoul('2026-11-24T22:00:00');
      expect(await says(customer, '알림을 납부일 하루 전 낮 12시로 바꿔줘')).toContain(
        '11월 25일 수요일 오후 12시',
      );
      await at(morning);
      expect(posted()).toEqual([]);
      await at('2026-11-25T12:00:00');
      expect(posted()).toHaveLength(1);
    });

    it.each([
      ['comes as a text message in the morning', false, 1],
      ['comes as no text message once the bill was paid', true, 0],
    ])('%s', async (_, isPaid, count) => {
      bill = { ...bill, dueDates: ['2026-11-26'] };
      const customer = test.customer();
      await customer.say(ko.reminderDelivery.offers.sms.text);
      await customer.say('010-0000-1001');
      await customer.say(await test.codeSentTo(phone));
      expect((await customer.say(twoDaysBefore)).join()).toContain('오후 8시 59분에');
      isGatewayDown = true;
      await at('2026-11-24T20:59:59');
      isGatewayDown = false;
      for (const moment of ['2026-11-24T21:00:00', '2026-11-24T21:00:30', '2026-11-25T07:59:59'])
        await at(moment);
      expect(texts()).toEqual([]);
      if (isPaid) bill = { anythingDue: false, dueDates: [], settled: true };
      await at(morning);
      await at('2026-11-25T08:30:00');
      expect(texts()).toHaveLength(count);
    });

    it('does not get lost while a channel is down for longer than the outbox is patient', async () => {
      const customer = test.customer({ channelId: 'msteams' });
      expect(await says(customer, '모레 아침 10시에 알려줘')).toContain('오전 10시에');
      await test.delivered();
      connector.state.isDown = true;
      for (let minute = 0; minute < 60; minute += 1) {
        test.nowMs = seoul('2026-11-24T10:00:00') + minute * 60_000;
        await test.delivered();
      }
      expect(connector.state.refused).toBeLessThan(20);
      connector.state.isDown = false;
      await at('2026-11-24T11:15:00');
      expect(posted()).toHaveLength(1);
    });
  },
);
