import * as fc from 'fast-check';
import { deskApiPath } from '../../services/desk/deskApi';
import { sized } from '../size';
import { DirectLineTalk } from './directLineTalk';
import { anyBytes, anyFrame, anyRequestTo, type FuzzRequest, type Route } from './fuzz/requests';
import { everyRoute, FuzzTarget, withHub } from './fuzz/target';

/** Where a deliberate limit says 503, and that it may be asked again; and where an unknown invoke is 501. */
function isDocumented({ route }: FuzzRequest, status: number, retryAfter: string | undefined): boolean {
  if (status === 501) return route.path === '/api/messages';
  const limited = [`${deskApiPath}/login`, '/channels/chatwoot/webhook'];
  return status === 503 && retryAfter !== undefined && limited.includes(route.path);
}

const startSeed = 20261123;
const perBatch = 64;
const batches = 20;

/** Sends so many in batches that are all on their way at once; a failure is shrunk, and its seed printed. */
async function sendMany(
  target: FuzzTarget,
  total: number,
  send: (count: number) => fc.IAsyncProperty<unknown>,
): Promise<void> {
  let seed = startSeed;
  for (let left = total; left > 0; left -= perBatch * batches) {
    await target.refreshTokens();
    await fc.assert(send(perBatch), { seed, numRuns: Math.min(batches, Math.ceil(left / perBatch)) });
    seed += 1;
  }
}

// A promise that is rejected and that nobody catches fails the test in which it happens: the runner sees to that.
describe.each([
  ['with its own desk', everyRoute],
  ['with people in another system', withHub],
])('the whole server %s', (_, settings) => {
  let target: FuzzTarget;
  let routes: readonly Route[];

  beforeAll(async () => {
    target = await FuzzTarget.start(settings);
    routes = target.running.app.routes;
  }, 60_000);

  afterAll(async () => {
    await target.stop();
  });

  afterEach(async () => {
    const talk = await DirectLineTalk.start(target.running.url);
    const answer = await talk.say('연체료가 붙나요?', 'after');
    expect(JSON.stringify(answer)).toContain('연체');
  });

  const requests = sized(9_000, 450_000);
  it(
    `answers ${requests} malformed requests to its routes, whoever sends them, without a fault of its own`,
    async () => {
      expect(routes.length).toBeGreaterThan(30);
      const reached = new Set<string>();
      await sendMany(target, requests, (count) =>
        fc.asyncProperty(
          fc.array(anyRequestTo(routes), { minLength: count, maxLength: count }),
          async (batch) => {
            const answers = await Promise.all(batch.map((asked) => target.send(asked)));
            for (const [index, { status, retryAfter }] of answers.entries()) {
              const asked = batch[index];
              if (asked === undefined) continue;
              if (status > 0 && status < 500) reached.add(`${asked.route.method} ${asked.route.path}`);
              else if (status === 0 || !isDocumented(asked, status, retryAfter))
                throw new Error(`${status} for ${describeRequest(asked)}`);
            }
          },
        ),
      );
      expect(reached.size).toBe(routes.length);
    },
    sized(240_000, 4 * 3_600_000),
  );

  const connections = sized(900, 50_000);
  it(
    `survives ${connections} connections with bytes that are hardly HTTP`,
    async () => {
      await sendMany(target, connections, (count) =>
        fc.asyncProperty(
          fc.array(anyBytes(routes), { minLength: count, maxLength: count }),
          async (batch) => {
            const answers = await Promise.all(batch.map((bytes) => target.sendBytes(bytes)));
            for (const [index, statuses] of answers.entries()) {
              if (statuses.some((status) => status >= 500))
                throw new Error(`${statuses} for ${batch[index]?.toString('latin1')}`);
            }
          },
        ),
      );
    },
    sized(60_000, 3_600_000),
  );

  const sockets = sized(100, 2_500);
  it(
    `hears out ${sockets} sockets that send up to 40 odd frames`,
    async () => {
      const kinds: ('chat' | 'desk')[] = target.desk === undefined ? ['chat'] : ['chat', 'desk'];
      const frames = fc.array(anyFrame, { minLength: 20, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...kinds), frames, async (to, sent) => {
          // 1011 is a fault of the server's own.
          expect([1000, 1005, 1006, 1007, 1008, 1009]).toContain(await target.sendFrames(to, sent));
        }),
        { seed: startSeed, numRuns: sockets },
      );
    },
    sized(60_000, 3_600_000),
  );
});

function describeRequest({ body, ...rest }: FuzzRequest): string {
  return JSON.stringify({ ...rest, body: body?.toString('utf8').slice(0, 2_000) });
}
