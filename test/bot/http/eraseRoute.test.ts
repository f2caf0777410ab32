import { existsSync, readFileSync } from 'node:fs';
import { DirectLineTalk } from '../../server/directLineTalk';
import { directLine } from '../../server/serverProcess';
import { RunningApp } from './runningApp';

let running: RunningApp;
beforeAll(async () => {
  running = await RunningApp.start();
}, 30_000);
afterAll(() => running.close());

const erase = (talk: DirectLineTalk, token = talk.token) =>
  directLine(running.url, 'POST', `/conversations/${talk.id}/erase`, undefined, token);

/** From the question to the items of a bill, so that every kind of record is written. */
async function wholeConversation(): Promise<DirectLineTalk> {
  const talk = await DirectLineTalk.start(running.url);
  await talk.say('미납요금 얼마예요? 베개가 젖도록 걱정이에요', 'm1');
  await talk.say('010-0000-1001', 'm2');
  await talk.say(await running.codeSentTo('01000001001'), 'm3');
  await talk.say('내역 자세히 보여줘', 'm4');
  await talk.say('어쩌고저쩌고 요금제 말고 그거', 'm5');
  return talk;
}

const recordKeys = async () =>
  (await running.app.store.listRecords('', undefined, 1_000)).map(({ key }) => key);

describe('erasing a conversation', () => {
  it('leaves nothing of it on the server', async () => {
    const { store } = running.app;
    const before = await recordKeys();
    const talk = await wholeConversation();
    const written = (await recordKeys()).filter((key) => !before.includes(key));

    expect((await erase(talk)).status).toBe(200);

    const kept: string[] = [];
    for (const key of written) if ((await store.readRecord(key)).value !== undefined) kept.push(key);
    // What counts over conversations stays, and holds nothing of this one but digests.
    expect(kept.filter((key) => !/^limit\/(line|address|agency|fleet)\b/.test(key))).toEqual([]);
    expect(written.length - kept.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(await Promise.all(kept.map((key) => store.readRecord(key))))).not.toContain(
      talk.id,
    );
    for (const file of running.databaseFiles.filter((name) => existsSync(name))) {
      expect(readFileSync(file).includes('베개가 젖도록')).toBe(false);
      expect(readFileSync(file).includes('77,300')).toBe(false);
    }
  });

  it('is as if the conversation had never been, for its own token too', async () => {
    const talk = await DirectLineTalk.start(running.url);
    await talk.say('고마워요', 'm1');
    await erase(talk);

    const call = async (method: 'GET' | 'POST', route: string, body?: object) =>
      (await directLine(running.url, method, route, body, talk.token)).status;
    expect(await call('GET', `/conversations/${talk.id}`)).toBe(404);
    expect(await call('GET', `/conversations/${talk.id}/activities?watermark=`)).toBe(404);
    expect((await talk.post('아직 있어요?', 'm2')).status).toBe(404);
    expect(await call('POST', '/conversations', { user: {} })).toBe(400);
    expect(await running.app.store.readLog(`directline/${talk.id}`, 0, 10)).toEqual([]);
  });

  it('does no harm twice', async () => {
    const talk = await DirectLineTalk.start(running.url);

    expect((await erase(talk)).status).toBe(200);
    expect((await erase(talk)).status).toBe(200);
  });

  it('is refused for the token of another conversation, for the secret and without a token', async () => {
    const mine = await DirectLineTalk.start(running.url);
    const other = await DirectLineTalk.start(running.url);
    await mine.say('고마워요', 'm1');

    expect((await erase(mine, other.token)).status).toBe(403);
    expect((await erase(mine, 'not.a.token')).status).toBe(401);
    expect((await directLine(running.url, 'POST', `/conversations/${mine.id}/erase`)).status).toBe(401);
    const unknown = await directLine(
      running.url,
      'POST',
      '/conversations/unknown/erase',
      undefined,
      other.token,
    );
    expect(unknown.status).toBe(403);
    const bare = await fetch(`${running.url}/v3/directline/conversations/${mine.id}/erase`, {
      method: 'POST',
    });
    expect(bare.status).toBe(401);

    expect((await mine.everything()).length).toBeGreaterThan(2);
  });

  it('ends a turn that is under way without bringing the conversation back', async () => {
    const talk = await DirectLineTalk.start(running.url);
    await Promise.all([talk.post('연체료가 붙나요?', 'm1'), erase(talk), talk.post('미납요금 알려줘', 'm2')]);
    await running.app.assistant.intake.stop();

    expect(await running.app.store.getConversation(`directline/${talk.id}`)).toBeUndefined();
    expect(await running.app.store.readLog(`directline/${talk.id}`, 0, 10)).toEqual([]);
    expect(await running.app.store.pendingConversations()).toEqual([]);
  });
});
