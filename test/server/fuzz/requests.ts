import * as fc from 'fast-check';
import type { JsonValue } from '../../../services/turn/turnStore';
import { hostileValues, queryNames, samplesOf } from './samples';

export interface Route {
  readonly method: string;
  readonly path: string;
}

/** Who a request pretends, or is entitled, to be. */
export const callers = [
  'nobody',
  'token',
  'foreignToken',
  'secret',
  'garbage',
  'unsigned',
  'kakao',
  'hub',
  'agent',
  'agentWithoutCsrf',
] as const;
export type Caller = (typeof callers)[number];

export interface FuzzRequest {
  readonly route: Route;
  readonly method: string;
  /** What stands in for each parameter: an index into what the server knows, or any text. */
  readonly parameters: readonly (number | string)[];
  readonly query: string;
  readonly caller: Caller;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
}

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...hostileValues.filter((value) => typeof value === 'string')),
);
const anyJson = fc.oneof(
  fc.constantFrom(...hostileValues),
  fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
);

/** Every place in a document, as a way of keys and indexes. */
function placesOf(value: JsonValue, way: readonly string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[...way], ...inner.flatMap(([key, item]) => placesOf(item, [...way, key]))];
}

function replaced(value: JsonValue, way: readonly string[], by: JsonValue): JsonValue {
  const [key, ...rest] = way;
  if (key === undefined || typeof value !== 'object' || value === null) return by;
  const inner = replaced(Object(value)[key] ?? null, rest, by);
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? inner : item));
  return { ...value, [key]: inner };
}

/** A body the route understands, spoilt in up to three places. */
const spoilt = (path: string) =>
  fc
    .tuple(fc.constantFrom(...samplesOf(path)), fc.array(fc.tuple(fc.nat(60), anyJson), { maxLength: 3 }))
    .map(([sample, changes]) =>
      changes.reduce<JsonValue>((body, [place, by]) => {
        const places = placesOf(body);
        return replaced(body, places[place % places.length] ?? [], by);
      }, sample),
    );

const manyKeys = `{${Array.from({ length: 2_000 }, (_, index) => `"k${index}":${index}`).join()}}`;

/** Text that is almost JSON, or too much of it. */
const brokenText = (path: string) =>
  fc.oneof(
    fc.tuple(spoilt(path), fc.double({ min: 0, max: 1, noNaN: true })).map(([body, share]) => {
      const text = JSON.stringify(body);
      return text.slice(0, Math.floor(text.length * share));
    }),
    spoilt(path).map((body) => `\ufeff${JSON.stringify(body)}`),
    spoilt(path).map((body) => JSON.stringify(body).replace(/"/, '"\\ud800\\u0000')),
    spoilt(path).map((body) => JSON.stringify(body).replace(/^\{/, '{"__proto__":{"admin":true},"type":1,')),
    fc.integer({ min: 1, max: 2_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
    fc.constantFrom('1e999', 'NaN', '[1,]', "{'a':1}", '-', '"\\x"', '{"a":1}{"b":2}', '\u0000'),
    fc.constantFrom(60_000, 300_000).map((size) => JSON.stringify('x'.repeat(size))),
    fc.constant(manyKeys),
  );

const multipart = anyText.map(
  (text) =>
    `--b\r\nContent-Disposition: form-data; name="activity"; filename="${text.slice(0, 200)}"\r\nContent-Type: application/vnd.microsoft.activity\r\n\r\n{"type":"message"}\r\n--b--`,
);

type AnyBody = fc.Arbitrary<{ type: string; bytes: Buffer | undefined }>;

/** To build what bodies are drawn from costs more than an answer of the server: once for each path. */
const bodies = new Map<string, AnyBody>();

/** Mostly what the route reads; sometimes nothing, bytes, or something in disguise. */
function bodyOf(path: string): AnyBody {
  const known = bodies.get(path) ?? newBodyOf(path);
  bodies.set(path, known);
  return known;
}

function newBodyOf(path: string): AnyBody {
  const json = 'application/json';
  const as = (type: string) => (text: string) => ({ type, bytes: Buffer.from(text) });
  return fc.oneof(
    { weight: 8, arbitrary: spoilt(path).map((value) => as(json)(JSON.stringify(value))) },
    { weight: 3, arbitrary: brokenText(path).map(as(json)) },
    { weight: 1, arbitrary: fc.constant({ type: json, bytes: undefined }) },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ maxLength: 300 })
        .map((bytes) => ({ type: json, bytes: Buffer.from(bytes) })),
    },
    { weight: 1, arbitrary: multipart.map(as('multipart/form-data; boundary=b')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            'text/plain',
            'application/x-www-form-urlencoded',
            'application/json; charset=utf-16',
            'a',
          ),
          anyText,
        )
        .map(([type, text]) => as(type)(text)),
    },
  );
}

const oddHeaders: readonly (readonly [string, string])[] = [
  ['Content-Encoding', 'gzip'],
  ['Content-Encoding', 'br, identity'],
  ['Accept', 'text/html;q=NaN'],
  ['Accept-Version', '99.x'],
  ['Accept-Language', `${'ko-'.repeat(900)}`],
  ['Origin', 'https://evil.example'],
  ['Origin', 'null'],
  ['Range', 'bytes=5-1'],
  ['If-None-Match', '"'],
  ['If-Modified-Since', 'yesterday'],
  ['X-Forwarded-For', "1.2.3.4, ::1', garbage"],
  ['Forwarded', 'for=";'],
  ['Cookie', '__Host-desk=%ff; __Host-desk=; =; ;;;'],
  ['Traceparent', '00-zz-zz-zz'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Date', 'never'],
  ['Host', 'evil.example'],
  ['Expect', '100-continue'],
  ['Upgrade', 'h2c'],
  ['Content-MD5', 'AAAA'],
];

/** Without half characters, which no address can hold. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

const query = fc
  .array(fc.tuple(fc.constantFrom(...queryNames), anyText), { maxLength: 3 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${encodeURIComponent(wellFormed(text))}`).join('&'))
  .map((text) => (text === '' ? '' : `?${text.slice(0, 4_000)}`));

/** Any request to one of the routes: mostly by its own method, with a body that it nearly understands. */
export function anyRequestTo(routes: readonly Route[]): fc.Arbitrary<FuzzRequest> {
  return fc
    .constantFrom(...routes)
    .chain((route) =>
      fc.record({
        route: fc.constant(route),
        method: fc.oneof(
          { weight: 9, arbitrary: fc.constant(route.method) },
          {
            weight: 1,
            arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'LINK'),
          },
        ),
        parameters: fc.array(
          fc.oneof({ weight: 3, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: anyText }),
          {
            minLength: 2,
            maxLength: 2,
          },
        ),
        query,
        caller: fc.constantFrom(...callers),
        content: bodyOf(route.path),
        odd: fc.array(fc.constantFrom(...oddHeaders), { maxLength: 2 }).map((odd) => odd.slice(1)),
      }),
    )
    .map(({ content: { type, bytes }, odd, ...rest }) => {
      const mayHaveBody = !['GET', 'HEAD', 'OPTIONS'].includes(rest.method);
      const body = mayHaveBody ? bytes : undefined;
      return { ...rest, body, headers: body === undefined ? odd : [['Content-Type', type] as const, ...odd] };
    });
}

/** Bytes on a connection: a request line and headers that are almost right, or not at all. */
export function anyBytes(routes: readonly Route[]): fc.Arbitrary<Buffer> {
  const line = fc
    .tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'get', 'TRACE', 'CONNECT', 'PRI', 'XYZ'),
      fc.oneof(fc.constantFrom(...routes.map(({ path }) => path)), fc.webPath(), anyText),
      fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''),
    )
    .map((parts) => parts.join(' '));
  const header = fc.oneof(
    fc.constantFrom('Content-Length: 5', 'Content-Length: -1', 'Content-Length: 99999999999999999999'),
    fc.constantFrom(
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: gzip',
      'Connection: Upgrade',
      'Connection: close',
    ),
    fc.constantFrom(
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ),
    fc.constantFrom(
      'Content-Type: application/json',
      'Host: 127.0.0.1',
      'Host: [',
      'Expect: 200-ok',
      'Accept-Version: x',
    ),
    anyText.map((text) => `X-Odd: ${text}`),
    anyText,
  );
  const body = fc.oneof(fc.constantFrom('', '{}', '5\r\nhello\r\n0\r\n\r\n', 'ffffffffff\r\n'), anyText);
  const almost = fc
    .tuple(line, fc.array(header, { maxLength: 6 }), body)
    .map(([first, headers, rest]) =>
      Buffer.from(`${[first, ...headers].join('\r\n')}\r\n\r\n${rest}`, 'latin1'),
    );
  return fc.oneof(
    { weight: 4, arbitrary: almost },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    },
  );
}

/** What a client may send over a socket of the chat or the desk. */
export const anyFrame: fc.Arbitrary<string | Buffer> = fc.oneof(
  anyText,
  anyJson.map((value) => JSON.stringify(value)),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record({
      type: fc.constantFrom<JsonValue>('watch', 'unwatch', 'typing', 'queue', null, 5),
      handoffId: anyJson,
      afterSeq: anyJson,
    })
    .map((request) => JSON.stringify(request)),
);
