import { allowedOrigin, DirectLineHost, secret } from './directLineHost';

const foreign = 'https://evil.example';
let host: DirectLineHost;

beforeAll(async () => {
  host = await DirectLineHost.start();
});
afterAll(() => host.end());

describe('what a page may read', () => {
  it('is every answer, errors included: without CORS headers the client retries for 15 minutes', async () => {
    const { conversationId, token } = await host.conversation();
    const { body: unstarted } = await host.call('POST', '/tokens/generate', { token: secret });
    const origin = allowedOrigin;
    const path = `/conversations/${conversationId}`;
    const answers = [
      await host.call('POST', '/conversations', { token: unstarted.token, origin }),
      await host.call('POST', '/conversations', { token: unstarted.token, origin }),
      await host.call('GET', `${path}/activities`, { token, origin }),
      await host.call('POST', `${path}/activities`, { token, origin, json: {} }),
      await host.call('POST', `${path}/activities`, { origin, json: {} }),
      await host.call('GET', '/conversations/unknown', { token, origin }),
      await host.call('GET', '/no/such/route', { token, origin }),
      await host.call('PUT', '/conversations', { token, origin }),
    ];
    host.storeIsDown = true;
    answers.push(await host.call('POST', `${path}/activities`, { token, origin, json: { type: 'message' } }));
    host.storeIsDown = false;
    host.advance(1_800_000);
    answers.push(await host.call('GET', `${path}/activities`, { token, origin }));

    expect(answers.map((answer) => answer.status)).toEqual([
      201, 200, 200, 400, 401, 404, 404, 405, 503, 403,
    ]);
    for (const { headers, status, body } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toContain('Origin');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      // 405 is the router's own answer, which the HTTP server words.
      if (status >= 400 && status !== 405) {
        expect(body).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
        expect(headers.get('cache-control')).toBe('no-store');
      }
    }
  });

  it('is, for a page of a foreign origin, that it may not use the token', async () => {
    const { conversationId, token } = await host.conversation();
    const before = host.intake.submitted.length;
    const answers = [
      await host.call('POST', '/conversations', { token, origin: foreign }),
      await host.call('GET', `/conversations/${conversationId}/activities`, { token, origin: foreign }),
      await host.call('GET', `/conversations/${conversationId}`, { token, origin: foreign }),
      await host.call('POST', '/tokens/refresh', { token, origin: foreign }),
      await host.call('POST', `/conversations/${conversationId}/activities`, {
        token,
        origin: foreign,
        json: { type: 'message', text: 'x' },
      }),
    ];

    for (const { status, body, headers } of answers) {
      expect([status, body.error.code]).toEqual([403, 'OriginNotAllowed']);
      expect(headers.get('access-control-allow-origin')).toBe(foreign);
    }
    expect(host.intake.submitted).toHaveLength(before);
  });

  it('never is what the secret opens, from a foreign origin', async () => {
    const generated = await host.call('POST', '/tokens/generate', { token: secret, origin: foreign });
    const started = await host.call('POST', '/conversations', { token: secret, origin: foreign });

    expect([generated.status, started.status]).toEqual([401, 401]);
  });

  it.each(['null', '*', 'file://', 'not an origin'])('is nothing for the origin %s', async (origin) => {
    const { token } = await host.conversation();
    const { status, headers } = await host.call('POST', '/tokens/refresh', { token, origin });

    expect(status).toBe(403);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is limited to the origins that a token names, and those need not be in the settings', async () => {
    const partner = 'https://partner.example';
    const json = { trustedOrigins: [partner] };
    const { body } = await host.call('POST', '/tokens/generate', { token: secret, json });
    const statuses = [];
    for (const origin of [partner, allowedOrigin, host.url]) {
      statuses.push((await host.call('POST', '/conversations', { token: body.token, origin })).status);
    }

    expect(statuses).toEqual([201, 403, 403]);
  });
});

describe('tokens for browsers', () => {
  it('are given to our own page and to allowed ones, each for a new user', async () => {
    const own = await host.call('POST', '/api/token', { origin: host.url });
    const again = await host.call('POST', '/api/token', { origin: host.url });
    const allowed = await host.call('POST', '/api/token', { origin: allowedOrigin });
    const started = await host.call('POST', '/conversations', { token: own.body.token, origin: host.url });

    expect([own.status, again.status, allowed.status, started.status]).toEqual([200, 200, 200, 201]);
    expect(own.body).toMatchObject({ expires_in: 1800, userId: expect.stringMatching(/^dl_[0-9a-f]{32}$/) });
    expect(new Set([own, again, allowed].map(({ body }) => body.userId)).size).toBe(3);
    expect(new Set([own, again, allowed].map(({ body }) => body.conversationId)).size).toBe(3);
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect(allowed.headers.get('access-control-allow-origin')).toBe(allowedOrigin);
  });

  it.each([foreign, 'null', '*', `${allowedOrigin}.evil.example`])(
    'are not given to the origin %s',
    async (origin) => {
      const { status, headers } = await host.call('POST', '/api/token', { origin });
      const preflight = await host.call('OPTIONS', '/api/token', { origin });

      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('are given to a program that is no page, which no page can read along', async () => {
    const { status, headers } = await host.call('POST', '/api/token', {});

    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('are limited for one address, with the seconds to wait', async () => {
    const limited = await DirectLineHost.start({ tokenLimitPerMinute: 3 });
    const ask = () => limited.call('POST', '/api/token', { origin: limited.url });
    const answers = await Promise.all([ask(), ask(), ask(), ask()]);
    const refused = answers.find((answer) => answer.status === 429);
    limited.advance(20_000);
    const later = [(await ask()).status, (await ask()).status];
    await limited.end();

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 429]);
    expect(refused?.headers.get('retry-after')).toBe('20');
    expect(refused?.headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(later).toEqual([200, 429]);
  });
});
