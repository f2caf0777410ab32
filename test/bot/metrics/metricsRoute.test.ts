import { rawRequest } from '../http/rawHttp';
import { RunningApp } from '../http/runningApp';

const token = 'a-token-for-prometheus';

describe('GET /metrics', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await RunningApp.start({ METRICS_TOKEN: token });
  });
  afterAll(() => app.close());

  const ask = (...headers: string[]) =>
    rawRequest(app.url, ['GET /metrics HTTP/1.1', ...headers, '', ''].join('\r\n'));

  it('answers a program on this machine in Prometheus’ format, the process among it', async () => {
    await fetch(`${app.url}/api/faq?q=secret-words`);
    await fetch(`${app.url}/no/such/place`);
    const answer = await fetch(`${app.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toContain('bill_guide_http_requests_total{method="GET",route="/api/faq",status="2xx"} 1');
    expect(text).toContain('bill_guide_http_requests_total{method="GET",route="none",status="4xx"} 1');
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
    expect(text).not.toMatch(/secret-words|no\/such/);
  });

  it.each([
    ['a proxy on this machine', ['Host: 127.0.0.1', 'X-Forwarded-For: 203.0.113.5']],
    ['a page to which a stranger’s name was pointed', ['Host: evil.example']],
    ['a wrong token', ['Host: bill.example.kr', 'Authorization: Bearer a-token-for-prometheuz']],
    ['an empty token', ['Host: bill.example.kr', 'Authorization: Bearer ']],
  ])('is not there for %s', async (_, headers) => {
    expect(await ask(...headers)).toMatchObject({ status: 404 });
  });

  it('answers who has the token, from wherever', async () => {
    const headers = [
      'Host: bill.example.kr',
      'X-Forwarded-For: 203.0.113.5',
      `Authorization: Bearer ${token}`,
    ];
    expect(await ask(...headers)).toMatchObject({ status: 200 });
  });
});

describe('a stop behind a load balancer', () => {
  it('is announced first, while everything is still answered', async () => {
    const app = await RunningApp.start({ DRAIN_MS: '1500' });
    const ready = () => fetch(`${app.url}/readyz`);
    expect((await ready()).status).toBe(200);
    const closed = app.close();
    const refused = await ready();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${app.url}/api/faq?q=연체`)).status).toBe(200);
    await closed;
    await expect(ready()).rejects.toThrow();
  });
});
