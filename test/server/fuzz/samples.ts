import type { JsonValue } from '../../../services/turn/turnStore';

/** A body that the route understands, for what is registered at a path; other routes get bodies of all kinds. */
const samples: readonly (readonly [RegExp, readonly JsonValue[]])[] = [
  [
    /\/activities$|\/upload$/,
    [
      {
        type: 'message',
        text: '연체료가 붙나요?',
        from: { id: 'me' },
        channelData: { clientActivityID: 'c1' },
      },
      { type: 'message', value: { verb: 'unpaidBalance.pay' }, from: { id: 'me' }, locale: 'ko-KR' },
      { type: 'event', name: 'handoff.claim', value: { handoffId: 'x' }, from: { id: 'me' } },
      { type: 'typing', from: { id: 'me' } },
    ],
  ],
  [
    /^\/api\/messages$/,
    [
      {
        type: 'message',
        id: 'a1',
        text: '미납요금 알려줘',
        channelId: 'test',
        serviceUrl: 'http://127.0.0.1:9',
        deliveryMode: 'expectReplies',
        from: { id: 'u', name: '손님' },
        recipient: { id: 'b' },
        conversation: { id: 'c' },
        timestamp: '2026-11-23T01:00:00Z',
        attachments: [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AA', name: 'a.png' }],
        entities: [{ type: 'clientInfo', locale: 'ko-KR' }],
      },
      { type: 'invoke', name: 'adaptiveCard/action', channelId: 'test', conversation: { id: 'c' } },
    ],
  ],
  [
    /^\/channels\/kakao\//,
    [
      {
        intent: { id: 'i', name: '블록' },
        userRequest: {
          timezone: 'Asia/Seoul',
          utterance: '환불 신청',
          lang: 'ko',
          params: { ignoreMe: 'true' },
          user: { id: `c3e5${'0a1b'.repeat(15)}`, type: 'botUserKey', properties: {} },
        },
        bot: { id: 'b', name: '봇' },
        action: { id: 'a', name: '동작', clientExtra: { value: 'handoff.start' }, params: {} },
      },
    ],
  ],
  [
    /^\/channels\/chatwoot\//,
    [
      {
        event: 'message_created',
        id: 7,
        content: '안녕하세요',
        message_type: 'outgoing',
        private: false,
        sender: { id: 1, name: '상담원', type: 'user' },
        account: { id: 1 },
        conversation: { id: 3, contact_inbox: { source_id: 's' }, status: 'open', meta: { assignee: null } },
      },
      { event: 'conversation_status_changed', id: 3, status: 'resolved', contact_inbox: { source_id: 's' } },
    ],
  ],
  [/\/login$/, [{ name: '나', password: '틀린 비밀번호', code: '123456' }]],
  [/\/totp\/confirm$/, [{ code: '123456', newPassword: '새로운 비밀번호 12345' }]],
  [
    /\/handoffs\//,
    [
      { key: '0e0fd4b6-4d2f-4d53-9a3c-5f0c3f2b7a11', text: '안녕하세요' },
      {
        key: '0e0fd4b6-4d2f-4d53-9a3c-5f0c3f2b7a12',
        to: { agent: '다른이' },
        summary: '끝',
        reason: '확인합니다',
      },
      { key: '0e0fd4b6-4d2f-4d53-9a3c-5f0c3f2b7a13', to: { skill: 'billing' } },
    ],
  ],
  [/^\/api\/deflection$/, [{ outcome: 'solved', topic: 'none', language: 'ko' }]],
  [/^\/demo\/clock$/, [{ days: 1 }]],
  [/^\/identity\//, [{ token: 'eyJhbGciOiJub25lIn0.e30.', outcome: 'success' }]],
  [
    /^\/api\/token$|\/conversations$|\/generate$/,
    [{ user: { id: 'dl_me', name: '손님' }, siteToken: 'a.b.c' }],
  ],
];

/** Bodies that fit a registered path. */
export function samplesOf(path: string): readonly JsonValue[] {
  return samples.find(([fits]) => fits.test(path))?.[1] ?? [{}];
}

/** Strings and numbers that have broken servers. */
export const hostileValues: readonly JsonValue[] = [
  null,
  true,
  -1,
  1e300,
  Number.MAX_SAFE_INTEGER,
  -0.5,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff가',
  '\u202e요금',
  '가'.normalize('NFD').repeat(2_000),
  '😀'.repeat(3_000),
  'a'.repeat(10_000),
  '9'.repeat(50_000),
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'a|b',
  '%00',
  '<img src=x onerror=alert(1)>',
  'file:///etc/passwd',
  'http://127.0.0.1:9/',
  '9999-12-31T23:59:59Z',
  'en-\u0000',
  '010-0000-1001',
  '900101-1234567',
  [],
  {},
  [[[[[[[[[[[[]]]]]]]]]]]],
  { constructor: { prototype: { admin: true } } },
  Array(500).fill({ a: null }),
];

/** Names of parameters that some address here reads. */
export const queryNames = [
  't',
  'watermark',
  'q',
  'lang',
  'phone',
  'state',
  'code',
  'id',
  'topic',
  'locale',
  'from',
  'to',
  'channel',
  'width',
] as const;
