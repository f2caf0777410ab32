import Database from 'libsql';
import { RunningApp } from '../bot/http/runningApp';
import { DirectLineTalk } from './directLineTalk';
import { directLine } from './serverProcess';

describe('F37: a disk that takes no writes for a while', () => {
  let running: RunningApp;
  beforeAll(async () => {
    running = await RunningApp.start();
  });
  afterAll(() => running.close());

  it('makes the server refuse with 503 before it acknowledges anything, and work again without a restart', async () => {
    const talk = await DirectLineTalk.start(running.url);
    await talk.say('연체료가 붙나요?', 'before');
    const before = await talk.everything();
    const [file = ''] = running.databaseFiles;
    // Another program holds the file's write lock, so that every write of the server fails as on a bad disk.
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');

    const refused = await talk.post('지금 얼마예요?', 'during');
    const started = await directLine(running.url, 'POST', '/conversations', { user: { id: 'dl_other' } });
    const ready = await fetch(`${running.url}/readyz`);
    const alive = await fetch(`${running.url}/healthz`);
    const read = await talk.everything();

    expect(refused).toMatchObject({ status: 503, json: { error: { code: 'StoreUnavailable' } } });
    expect(started.status).toBe(503);
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5']);
    expect(alive.status).toBe(200);
    expect(read).toEqual(before);

    other.exec('ROLLBACK');
    other.close();
    const answer = await talk.say('연체료가 붙나요?', 'during');
    expect(answer.length).toBeGreaterThan(0);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    const after = await talk.everything();
    expect(after.filter(({ channelData }) => channelData?.clientActivityID === 'during')).toHaveLength(1);
  }, 60_000);
});
