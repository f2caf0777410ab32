import { claimsOf, DirectLineHost, secret } from './directLineHost';

let host: DirectLineHost;

beforeAll(async () => {
  host = await DirectLineHost.start();
});
afterAll(() => host.end());
afterEach(() => {
  host.storeIsDown = false;
});

describe('reading', () => {
  it('gives back what was said, with id, time and the client’s own id, and the answer after it', async () => {
    const { conversationId, token } = await host.conversation();
    const json = {
      type: 'message',
      text: '미납요금',
      from: { id: 'x' },
      channelData: { clientActivityID: 'c1', a: [1] },
    };
    const posted = await host.call('POST', `/conversations/${conversationId}/activities`, { token, json });
    await host.intake.settled();
    const { body } = await host.call('GET', `/conversations/${conversationId}/activities?watermark=1`, {
      token,
    });

    expect(posted.status).toBe(200);
    expect(body.activities.map((activity) => activity.text)).toEqual(['미납요금', '답: 미납요금']);
    const [echo, answer] = body.activities;
    expect(echo).toMatchObject({
      id: posted.body.id,
      channelData: json.channelData,
      channelId: 'directline',
    });
    expect(Date.parse(echo?.timestamp ?? '')).toBe(host.clock.now());
    expect(answer?.replyToId).toBe(posted.body.id);
    expect(body.watermark).toBe('3');
  });

  it.each(['', '-1', 'abc', '1e3', '%00', '9'.repeat(40), '1.5', '0x1', '[object Object]'])(
    'treats the watermark %j as none',
    async (watermark) => {
      const { conversationId, token } = await host.conversation();
      const query = `?watermark=${encodeURIComponent(watermark)}`;
      const { status, body } = await host.call('GET', `/conversations/${conversationId}/activities${query}`, {
        token,
      });

      expect(status).toBe(200);
      expect(body.activities).toHaveLength(1);
      expect(body.watermark).toBe('1');
    },
  );

  it('brings a watermark from beyond the end back to the end', async () => {
    const { conversationId, token } = await host.conversation();
    const poll = `/conversations/${conversationId}/activities?watermark=500`;
    const { body } = await host.call('GET', poll, { token });

    expect(body).toEqual({ activities: [], watermark: '1' });
  });

  it('serves a long log in pages without gap or double', async () => {
    const conversation = await host.conversation();
    for (let i = 0; i < 120; i += 1) await host.say(conversation, `말 ${i}`);
    const texts: unknown[] = [];
    let watermark = '';
    let pages = 0;
    for (let size = 1; size > 0; pages += 1) {
      const path = `/conversations/${conversation.conversationId}/activities?watermark=${watermark}`;
      const { body } = await host.call('GET', path, { token: conversation.token });
      size = body.activities.length;
      expect(size).toBeLessThanOrEqual(100);
      texts.push(...body.activities.map((activity) => activity.text));
      watermark = body.watermark;
    }

    const turns = Array.from({ length: 120 }, (_, i) => [`말 ${i}`, `답: 말 ${i}`]);
    expect(texts).toEqual(['안녕하세요', ...turns.flat()]);
    expect(pages).toBe(4);
  });

  it('serves large activities in answers of at most half a megabyte, without gap or double', async () => {
    const { conversationId, token } = await host.conversation();
    const path = `/conversations/${conversationId}/activities`;
    const value = Array.from({ length: 5 }, () => '가'.repeat(4_000));
    for (let i = 0; i < 40; i += 1) {
      await host.call('POST', path, { token, json: { type: 'message', text: `말 ${i}`, value } });
    }
    await host.intake.settled();
    const texts: unknown[] = [];
    const sizes: number[] = [];
    let watermark = '1';
    for (let count = 1; count > 0; ) {
      const { body } = await host.call('GET', `${path}?watermark=${watermark}`, { token });
      count = body.activities.length;
      sizes.push(Buffer.byteLength(JSON.stringify(body)));
      texts.push(...body.activities.map((activity) => activity.text));
      watermark = body.watermark;
    }

    expect(Math.max(...sizes)).toBeLessThan(513 * 1024);
    // Full answers: nobody polls for each activity alone.
    expect(sizes.filter((size) => size > 400 * 1024)).toHaveLength(5);
    const turns = Array.from({ length: 40 }, (_, i) => [`말 ${i}`, `답: 말 ${i}`]);
    expect([...texts].sort()).toEqual(turns.flat().sort());
  });

  it('answers 200 with nothing while the store is down, and keeps the place', async () => {
    const { conversationId, token } = await host.conversation();
    host.storeIsDown = true;
    const reports = host.reported.length;
    const poll = `/conversations/${conversationId}/activities`;
    const known = await host.call('GET', `${poll}?watermark=7`, { token });
    const fresh = await host.call('GET', `${poll}?watermark=`, { token });

    expect([known.status, known.body]).toEqual([200, { activities: [], watermark: '7' }]);
    expect([fresh.status, fresh.body]).toEqual([200, { activities: [], watermark: '0' }]);
    expect(host.reported.length).toBe(reports + 2);
  });

  it('answers 404 for a conversation that nobody started', async () => {
    const { body } = await host.call('POST', '/tokens/generate', { token: secret });
    const { conversationId, token } = body;
    const json = { type: 'message', text: 'x' };
    const answers = await Promise.all([
      host.call('GET', `/conversations/${conversationId}/activities`, { token }),
      host.call('GET', `/conversations/${conversationId}`, { token }),
      host.call('POST', `/conversations/${conversationId}/activities`, { token, json }),
      host.call('GET', '/conversations/unknown/activities', { token }),
      host.call('GET', '/nothing/here', { token }),
    ]);

    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404]);
  });

  it('keeps the token of one conversation out of another', async () => {
    const [mine, other] = [await host.conversation(), await host.conversation()];
    const { token } = mine;
    const json = { type: 'message', text: 'x' };
    const before = host.intake.submitted.length;
    const answers = await Promise.all([
      host.call('GET', `/conversations/${other.conversationId}/activities`, { token }),
      host.call('GET', `/conversations/${other.conversationId}`, { token }),
      host.call('POST', `/conversations/${other.conversationId}/activities`, { token, json }),
      host.call('POST', `/conversations/${other.conversationId}/upload`, { token, body: new FormData() }),
    ]);
    host.storeIsDown = true;
    const blind = await host.call('GET', `/conversations/${other.conversationId}/activities`, { token });

    expect([...answers, blind].map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403]);
    expect(host.intake.submitted).toHaveLength(before);
  });

  it('tells a polling client with an unreadable token 403, because it would fall silent on 401', async () => {
    const { conversationId } = await host.conversation();
    const poll = await host.call('GET', `/conversations/${conversationId}/activities`, {
      token: 'of.another.key',
    });
    const reconnect = await host.call('GET', `/conversations/${conversationId}`, { token: 'of.another.key' });

    expect([poll.status, reconnect.status]).toEqual([403, 403]);
  });
});

describe('speaking', () => {
  it('is always in the name of the token’s user', async () => {
    const { conversationId, token } = await host.conversation();
    const json = {
      type: 'message',
      text: '안녕',
      from: { id: 'dl_victim', name: '관리자', role: 'bot' },
      conversation: { id: 'other' },
    };
    await host.call('POST', `/conversations/${conversationId}/activities`, { token, json });
    const { user } = claimsOf(token);

    expect(host.intake.submitted.at(-1)).toMatchObject({
      conversationId,
      userId: user,
      echo: true,
      delivery: 'log',
      activity: { from: { id: user }, conversation: { id: conversationId } },
    });
    expect(host.intake.submitted.at(-1)?.activity.from.name).toBeUndefined();
  });

  it('has one effect when the same message comes ten times at once', async () => {
    const { conversationId, token } = await host.conversation();
    const send = () => {
      const json = { type: 'message', text: '한 번만', channelData: { clientActivityID: 'once' } };
      return host.call('POST', `/conversations/${conversationId}/activities`, { token, json });
    };
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    await host.intake.settled();
    const { body } = await host.call('GET', `/conversations/${conversationId}/activities?watermark=1`, {
      token,
    });

    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(body.activities.map((activity) => activity.text)).toEqual(['한 번만', '답: 한 번만']);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['text', 'x'],
    ['a number', 5],
    ['an object without type', {}],
    ['a type that is a number', { type: 5 }],
    ['a text that is a list', { type: 'message', text: [] }],
  ])('refuses %s with 400', async (_name, json) => {
    const { conversationId, token } = await host.conversation();
    const answer = await host.call('POST', `/conversations/${conversationId}/activities`, { token, json });

    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('BadArgument');
  });

  it.each(['conversationUpdate', 'typing', 'invoke', 'endOfConversation', 'whatever'])(
    'does nothing with an activity of type %s',
    async (type) => {
      const { conversationId, token } = await host.conversation();
      const before = host.intake.submitted.length;
      const json = { type, membersAdded: [{ id: 'dl_new' }] };
      const answer = await host.call('POST', `/conversations/${conversationId}/activities`, { token, json });

      expect(answer.status).toBe(200);
      expect(answer.body.id).not.toBe('');
      expect(host.intake.submitted).toHaveLength(before);
    },
  );

  it('is refused with 503 while the store is down, and leaves no trace', async () => {
    const conversation = await host.conversation();
    const { conversationId, token } = conversation;
    host.storeIsDown = true;
    const json = { type: 'message', text: '사라진 말' };
    const answer = await host.call('POST', `/conversations/${conversationId}/activities`, { token, json });
    host.storeIsDown = false;

    expect(answer.status).toBe(503);
    expect(await host.store.lastSeq(`directline/${conversationId}`)).toBe(1);
  });
});
