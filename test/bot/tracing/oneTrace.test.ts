import { personalTraces } from '../../../bot/cli/personalTraces';
import { ObservedServer } from './observedServer';

const callers = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
};
const traceparent = `00-${callers.traceId}-${callers.spanId}-01`;

describe('one message, seen from outside', () => {
  let server: ObservedServer;
  let code = '';
  let told = '';
  let metrics = '';
  beforeAll(async () => {
    server = await ObservedServer.start();
    const talk = await server.verifiedConversation(traceparent);
    code = talk.code;
    told = JSON.stringify(talk.answer);
    metrics = await server.metrics();
    await server.close();
  }, 60_000);

  it('is a conversation in which something personal was told', () => {
    expect(told).toContain('77,300원');
  });

  it('has one id in the log lines of every hop', () => {
    const lines = server.log.filter(({ trace }) => trace === callers.traceId);
    const said = lines.map(({ msg }) => msg);
    for (const hop of [
      'request answered',
      'message accepted',
      'turn done',
      'an outbox entry was delivered',
    ]) {
      expect(said).toContain(hop);
    }
    // Of the lines about a conversation none is without an id.
    const about = server.log.filter(({ conversation }) => conversation !== undefined);
    expect(about.length).toBeGreaterThan(0);
    expect(about.filter(({ trace }) => trace === undefined)).toEqual([]);
  });

  it('is one tree of spans below the caller’s, from the request to the text message', () => {
    const spans = server.spans.filter(({ traceId }) => traceId === callers.traceId);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const pathOf = (id: string | undefined): string[] => {
      const span = byId.get(id ?? '');
      return span === undefined
        ? [id === callers.spanId ? 'caller' : 'lost']
        : [...pathOf(span.parentSpanId), span.name];
    };
    const paths = new Set(spans.map(({ spanId }) => pathOf(spanId).join(' > ')));
    expect([...paths].sort()).toEqual([
      'caller > request',
      'caller > request > accept',
      'caller > request > accept > turn',
      'caller > request > accept > turn > commit',
      'caller > request > accept > turn > deliver sms',
      'caller > request > accept > turn > dialog',
      'caller > request > accept > turn > recognise',
    ]);
  });

  it('carries the id on to who is called', () => {
    const [sent] = server.sms.received;
    expect(sent?.headers.traceparent).toMatch(new RegExp(`^00-${callers.traceId}-[0-9a-f]{16}-01$`));
  });

  it('gives every request without an id its own, and names it in the answer', async () => {
    const own = await ObservedServer.start({ SMS_PROVIDER: 'demo' });
    const ask = async () => (await fetch(`${own.url}/api/faq?q=연체`)).headers.get('x-trace-id');
    const ids = new Set([await ask(), await ask(), await ask()]);
    await own.close();
    expect(ids.size).toBe(3);
    const spans = own.spans.map(({ traceId }) => traceId);
    for (const id of ids) expect(spans).toContain(id);
  });

  it('leaves nothing personal in logs, metrics and spans', () => {
    const known = { codes: new Set([code]), names: [] };
    const seen = {
      log: server.logText.join(''),
      metrics,
      spans: JSON.stringify(server.traces.received),
    };
    for (const [name, text] of Object.entries(seen)) {
      expect(text.length).toBeGreaterThan(1_000);
      expect([name, ...personalTraces(text, known).keys()]).toEqual([name]);
      expect(text).not.toContain('77,300');
      expect(text).not.toContain('미납');
    }
  });
});

describe('traces', () => {
  it('are not recorded where no receiver is set, and messages have ids all the same', async () => {
    const server = await ObservedServer.start({ OTEL_EXPORTER_OTLP_ENDPOINT: '', SMS_PROVIDER: 'demo' });
    const answer = await fetch(`${server.url}/api/faq?q=x`);
    await server.close();
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(server.traces.received).toEqual([]);
  });

  it('are sent for the share that is set, whatever the caller wishes', async () => {
    const server = await ObservedServer.start({ OTEL_TRACES_SAMPLER_ARG: '0', SMS_PROVIDER: 'demo' });
    await fetch(`${server.url}/api/faq?q=x`, { headers: { traceparent } });
    await server.close();
    expect(server.traces.received).toEqual([]);
  });

  it('that cannot be sent hold up no stop, and are reported once', async () => {
    const server = await ObservedServer.start({ SMS_PROVIDER: 'demo' });
    server.traces.willAnswer({ status: 400 });
    await fetch(`${server.url}/api/faq?q=x`);
    await server.close();
    const warnings = server.log.filter(({ level }) => level === 'warn');
    expect(warnings).toEqual([
      expect.objectContaining({ state: 'failing', msg: 'sending traces to OTEL_EXPORTER_OTLP_ENDPOINT' }),
    ]);
  });
});
