import * as fc from 'fast-check';
import { BadRequestError } from '../../../services/errors';
import { parseConnectorActivity, parseInboundActivity } from '../../../services/turn/inboundActivity';

const forced = { conversationId: 'c1', userId: 'dl_1', userName: '고객' };

function connectorJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: 'conv-1|0000001',
    channelId: 'webchat',
    serviceUrl: 'https://webchat.botframework.com/',
    from: { id: 'u1' },
    recipient: { id: 'b1' },
    conversation: { id: 'conv-1' },
    ...changes,
  };
}

describe('an activity of a known user', () => {
  it('keeps what is on the list and takes user and conversation from the channel', () => {
    const json = {
      type: 'message',
      text: '미납요금',
      locale: 'ko-KR',
      channelId: 'webchat',
      from: { id: 'somebody-else', role: 'bot' },
      conversation: { id: 'another' },
      serviceUrl: 'http://169.254.169.254/',
      deliveryMode: 'expectReplies',
      timestamp: 'garbage',
      value: { action: 'unpaidBalance.pay' },
      channelData: { clientActivityID: 'x1' },
      attachments: [{ name: 'bill.png', contentUrl: 'https://evil.example/1GB' }],
      membersAdded: null,
      admin: true,
    };
    expect(parseInboundActivity(json, forced)).toStrictEqual({
      type: 'message',
      text: '미납요금',
      locale: 'ko-KR',
      value: { action: 'unpaidBalance.pay' },
      channelData: { clientActivityID: 'x1' },
      attachmentNames: ['bill.png'],
      from: { id: 'dl_1', name: '고객' },
      conversation: { id: 'c1' },
    });
  });

  it.each([[{}], [[]], [null], ['x'], [5], [true], [undefined]])('F1: %j is none', (json) => {
    expect(() => parseInboundActivity(json, forced)).toThrow(BadRequestError);
  });

  it('reads unknown types of activity, which the bot then ignores', () => {
    expect(parseInboundActivity({ type: 'telepathy' }, forced).type).toBe('telepathy');
    for (const type of ['', 'two words', 'x'.repeat(41), 'constructor', 'a/b']) {
      expect(() => parseInboundActivity({ type }, forced)).toThrow('type');
    }
  });

  it.each(['ko', 'ko-KR', 'en-US', 'zh-Hant-TW'])('keeps the language %s', (locale) => {
    expect(parseInboundActivity({ type: 'message', locale }, forced).locale).toBe(locale);
  });

  it.each(['한국어', '<b>', 'a'.repeat(50), '../x', ''])('forgets the language %j', (locale) => {
    expect(parseInboundActivity({ type: 'message', locale }, forced)).not.toHaveProperty('locale');
  });
});

describe('F2: a field of the wrong type', () => {
  const fields = [
    'type',
    'id',
    'name',
    'text',
    'value',
    'locale',
    'from',
    'recipient',
    'conversation',
    'membersAdded',
    'channelData',
    'entities',
    'attachments',
    'serviceUrl',
    'deliveryMode',
    'replyToId',
    'channelId',
    'timestamp',
    'localTimestamp',
    'localTimezone',
    'textFormat',
    'attachmentLayout',
    'membersRemoved',
    'reactionsAdded',
    'topicName',
    'historyDisclosed',
    'speak',
    'inputHint',
    'summary',
    'suggestedActions',
    'action',
    'label',
    'valueType',
    'relatesTo',
    'code',
    'expiration',
    'importance',
    'listenFor',
    'textHighlights',
    'semanticAction',
    'callerId',
    'toString',
    '__proto__',
  ];
  const wrong = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1.5,
      1e308,
      '',
      'x',
      [],
      {},
      [null],
      [[]],
      { id: 5 },
      { id: null },
      [{ id: {} }],
      [{ name: 1 }],
    ),
    fc.jsonValue(),
  );

  it('is refused by name or ignored, and nothing else ever happens', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), wrong, fc.boolean(), (field, value, viaConnector) => {
        const base = viaConnector ? connectorJson() : { type: 'message' };
        // As JSON.parse makes it: `__proto__` is a key like any other.
        const json = JSON.parse(`{${JSON.stringify(field)}:${JSON.stringify(value)}}`);
        const entries = [...Object.entries(base).filter(([name]) => name !== field), ...Object.entries(json)];
        try {
          const activity = viaConnector
            ? parseConnectorActivity(Object.fromEntries(entries))
            : parseInboundActivity(Object.fromEntries(entries), forced);
          expect(typeof activity.type).toBe('string');
          expect(typeof activity.from.id).toBe('string');
        } catch (error) {
          if (!(error instanceof BadRequestError)) throw error;
          expect(error.message).toContain(field);
        }
      }),
      { numRuns: 4_000 },
    );
  });

  it('never throws anything else on JSON of any shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          parseConnectorActivity(json);
        } catch (error) {
          expect(error).toBeInstanceOf(BadRequestError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an activity of the Bot Connector', () => {
  it('says itself who speaks and where', () => {
    expect(
      parseConnectorActivity(connectorJson({ deliveryMode: 'expectReplies', text: 'hi' })),
    ).toStrictEqual({
      type: 'message',
      id: 'conv-1|0000001',
      text: 'hi',
      channelId: 'webchat',
      serviceUrl: 'https://webchat.botframework.com/',
      from: { id: 'u1' },
      recipient: { id: 'b1' },
      conversation: { id: 'conv-1' },
      deliveryMode: 'expectReplies',
    });
  });

  it.each(['groupChat', 'channel'])('T19: reads that others read along from the kind %s alone', (kind) => {
    const conversation = { id: 'conv-1', conversationType: kind };
    expect(parseConnectorActivity(connectorJson({ conversation })).conversation.isGroup).toBe(true);
    const personal = { id: 'conv-1', conversationType: 'personal' };
    expect(
      parseConnectorActivity(connectorJson({ conversation: personal })).conversation.isGroup,
    ).toBeUndefined();
  });

  it('has ids as Teams makes them', () => {
    const ids = {
      conversation: { id: '19:abc_d-e@thread.tacv2;messageid=1700', isGroup: true },
      from: { id: '29:1AbC-d_e' },
    };
    expect(parseConnectorActivity(connectorJson(ids))).toMatchObject(ids);
  });

  it.each(['from', 'conversation', 'recipient', 'channelId', 'serviceUrl', 'type'])(
    'F11: needs %s',
    (field) => {
      expect(() => parseConnectorActivity(connectorJson({ [field]: undefined }))).toThrow(field);
    },
  );

  const badIds = [
    '',
    'x'.repeat(257),
    'x'.repeat(10_000),
    '__proto__',
    'constructor',
    'prototype',
    '../x',
    'a/b',
    'a|b',
    'a\nb',
    'a\u202eb',
    '\ud800',
  ];

  it.each(badIds)('F11: the id %j is refused everywhere', (id) => {
    for (const party of ['from', 'conversation', 'recipient']) {
      expect(() => parseConnectorActivity(connectorJson({ [party]: { id } }))).toThrow(`${party}.id`);
    }
    expect(() => parseConnectorActivity(connectorJson({ membersAdded: [{ id }] }))).toThrow('membersAdded');
    expect(() => parseConnectorActivity(connectorJson({ channelId: id }))).toThrow('channelId');
    expect(() => parseInboundActivity({ type: 'message', id }, forced)).toThrow('id');
    expect(() => parseInboundActivity({ type: 'message' }, { ...forced, userId: id })).toThrow('from.id');
    if (id !== 'a|b') expect(() => parseConnectorActivity(connectorJson({ id }))).toThrow('id');
    expect(Object.hasOwn({}, 'x')).toBe(false);
  });

  it.each([
    'http://169.254.169.254/',
    'http://evil.example/',
    'file:///etc/passwd',
    'https://user:pw@evil.example/',
    'javascript:1',
    'x',
    '',
  ])('F17: may not ask for replies at %j', (serviceUrl) => {
    expect(() => parseConnectorActivity(connectorJson({ serviceUrl }))).toThrow('serviceUrl');
  });

  it.each([
    'https://smba.trafficmanager.net/kr/',
    'http://127.0.0.1:5000',
    'http://localhost:56150/',
    'http://[::1]:9',
  ])('may ask for replies at %s', (serviceUrl) => {
    expect(parseConnectorActivity(connectorJson({ serviceUrl })).serviceUrl).toBe(serviceUrl);
  });
});

describe('F20: a card that was tampered with', () => {
  it('reaches no prototype', () => {
    const json = JSON.parse(
      '{"type":"message","value":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"action":"a","deep":[{"__proto__":{"admin":1}}]}}',
    );
    const { value } = parseInboundActivity(json, forced);
    expect(value).toStrictEqual({ action: 'a', deep: [{}] });
    expect(Object(value).admin).toBeUndefined();
    expect(Object({}).admin).toBeUndefined();
  });

  it('is a copy', () => {
    const value = { list: [1] };
    const parsed = parseInboundActivity({ type: 'message', value }, forced);
    value.list.push(2);
    expect(parsed.value).toEqual({ list: [1] });
  });

  it('is refused when nested too deep or too large', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    expect(parseInboundActivity({ type: 'message', value: nested(8) }, forced).value).toEqual(nested(8));
    expect(() => parseInboundActivity({ type: 'message', value: nested(9) }, forced)).toThrow('value');
    expect(() => parseInboundActivity({ type: 'message', value: Array(200).fill(1) }, forced)).toThrow(
      'value',
    );
  });

  it('has its strings cut, and keeps an empty value', () => {
    const parsed = parseInboundActivity({ type: 'message', value: { code: 'x'.repeat(5_000) } }, forced);
    expect(parsed.value).toEqual({ code: 'x'.repeat(4_000) });
    expect(parseInboundActivity({ type: 'message', value: null }, forced).value).toBeNull();
  });

  it("keeps a client's own id when its channel data is too large to keep", () => {
    const channelData = { clientActivityID: 'x1', raw: Array(500).fill(0) };
    expect(parseInboundActivity({ type: 'message', channelData }, forced).channelData).toEqual({
      clientActivityID: 'x1',
    });
  });
});
