import { request } from 'node:http';
import { writeFirst } from '../../bot/http/rawHttp';
import { DirectLineHost } from './directLineHost';

let host: DirectLineHost;

beforeAll(async () => {
  host = await DirectLineHost.start();
});
afterAll(() => host.end());

/** What directlinejs sends for a message with files. */
function form(activity: unknown, files: readonly (readonly [name: string, bytes: BlobPart])[]): FormData {
  const data = new FormData();
  if (activity !== undefined) {
    data.append(
      'activity',
      new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
    );
  }
  for (const [name, bytes] of files) data.append('file', new Blob([bytes], { type: 'image/png' }), name);
  return data;
}

async function upload(body: BodyInit, headers?: HeadersInit) {
  const { conversationId, token } = await host.conversation();
  const path = `/conversations/${conversationId}/upload?userId=dl_somebody_else`;
  const answer = await host.call('POST', path, {
    token,
    body,
    ...(headers === undefined ? {} : { headers }),
  });
  await host.intake.settled();
  const log = await host.call('GET', `/conversations/${conversationId}/activities?watermark=1`, { token });
  return { answer, activities: log.body.activities };
}

describe('F19: uploading files', () => {
  it('makes a message of the activity and the names of all files', async () => {
    const activity = { type: 'message', text: '청구서예요', channelData: { clientActivityID: 'c-1' } };
    const files = [['청구서 11월.png', 'x'.repeat(300_000)] as const, ['두번째.pdf', ''] as const];
    const { answer, activities } = await upload(form(activity, files));

    expect(answer.status).toBe(200);
    expect(activities[0]).toMatchObject({
      id: answer.body.id,
      text: '청구서예요',
      channelData: { clientActivityID: 'c-1' },
      attachments: [{ name: '청구서 11월.png' }, { name: '두번째.pdf' }],
    });
    expect(activities[0]?.from.id).not.toBe('dl_somebody_else');
    expect(JSON.stringify(activities)).not.toContain('xxx');
  });

  it('works without an activity part', async () => {
    const { answer, activities } = await upload(form(undefined, [['영수증.jpg', 'x']]));

    expect(answer.status).toBe(200);
    expect(activities[0]).toMatchObject({ type: 'message', attachments: [{ name: '영수증.jpg' }] });
  });

  it('keeps names as plain text without folders or invisible marks', async () => {
    const names = ['../../etc/passwd', 'C:\\windows\\win.ini', 'a\u202Egnp.exe', 'x'.repeat(500)];
    const { activities } = await upload(
      form(
        { type: 'message' },
        names.map((name) => [name, 'x'] as const),
      ),
    );

    expect(activities[0]?.attachments?.map(({ name }) => name)).toEqual([
      'passwd',
      'win.ini',
      'agnp.exe',
      'x'.repeat(120),
    ]);
  });

  it.each([
    ['an empty form', form(undefined, [])],
    ['an activity that is no JSON', brokenActivity()],
    ['an activity of a wrong shape', form({ type: 5 }, [])],
  ])('refuses %s with 400', async (_name, body) => {
    const { answer, activities } = await upload(body);

    expect(answer.status).toBe(400);
    expect(activities).toEqual([]);
  });

  it.each([
    ['no boundary', 'multipart/form-data'],
    ['another boundary', 'multipart/form-data; boundary=other'],
    ['a cut-off body', 'multipart/form-data; boundary=edge'],
  ])('refuses %s with 400', async (_name, type) => {
    const part = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nxx';
    const { answer } = await upload(part, { 'Content-Type': type });

    expect(answer.status).toBe(400);
  });

  it('refuses more than 10 MB with 413, announced or not, and is alive afterwards', async () => {
    const { conversationId, token } = await host.conversation();
    const before = host.intake.submitted.length;
    // No single file is too large: the sum is.
    const head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    const part = Buffer.concat([Buffer.from(head), Buffer.alloc(4 * 1024 * 1024), Buffer.from('\r\n')]);
    const statusOf = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve) => {
        const sent = request(`${host.domain}/conversations/${conversationId}/upload`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'multipart/form-data; boundary=edge',
            ...headers,
          },
        });
        sent.on('response', (response) => resolve(response.resume().statusCode));
        sent.on('error', () => undefined);
        for (let i = 0; i < 3; i += 1) sent.write(part);
      });
    const chunked = await statusOf({ 'Transfer-Encoding': 'chunked' });
    const announced = await statusOf({ 'Content-Length': String(3 * part.length) });

    expect([chunked, announced]).toEqual([413, 413]);
    expect(host.intake.submitted).toHaveLength(before);
    expect((await host.call('POST', '/tokens/refresh', { token })).status).toBe(200);
  });

  it('needs a token before anything is read', async () => {
    const { conversationId } = await host.conversation();
    const body = form({ type: 'message' }, [['a.png', 'x']]);

    expect((await host.call('POST', `/conversations/${conversationId}/upload`, { body })).status).toBe(401);
  });

  it.each([
    ['no token', 401, 8],
    ["another conversation's token", 403, 8],
    ['too many bytes', 413, 24],
  ])('lets a client with %s find its answer, though it writes everything first', async (_, status, size) => {
    const { conversationId, token } = await host.conversation();
    const other = await host.conversation();
    const bearer = { 401: 'nonsense', 403: other.token, 413: token }[status];
    const before = host.intake.submitted.length;
    const part = Buffer.concat([
      Buffer.from('--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'),
      Buffer.alloc(1024 * 1024),
      Buffer.from('\r\n'),
    ]);
    const head = (length: string) =>
      [
        `POST /v3/directline/conversations/${conversationId}/upload HTTP/1.1`,
        'Host: a',
        `Authorization: Bearer ${bearer}`,
        'Content-Type: multipart/form-data; boundary=edge',
        `${length}\r\n\r\n`,
      ].join('\r\n');
    const parts = Array.from({ length: size }, () => part);
    const announced = await writeFirst(host.url, head(`Content-Length: ${size * part.length}`), ...parts);
    const chunks = parts.flatMap((one) => [`${one.length.toString(16)}\r\n`, one, '\r\n']);
    const chunked = await writeFirst(host.url, head('Transfer-Encoding: chunked'), ...chunks, '0\r\n\r\n');

    expect([announced.status, chunked.status]).toEqual([status, status]);
    expect(JSON.parse(announced.body)).toEqual(JSON.parse(chunked.body));
    expect(host.intake.submitted).toHaveLength(before);
  });

  it('refuses what is no form at all in the same way', async () => {
    const { conversationId, token } = await host.conversation();
    const path = `/conversations/${conversationId}/upload`;
    const headers = { 'Content-Type': 'multipart/form-data; boundary=other' };
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');

    expect((await host.call('POST', path, { token, body, headers })).status).toBe(400);
  });
});

function brokenActivity(): FormData {
  const data = new FormData();
  data.append('activity', new Blob(['{"type":'], { type: 'application/vnd.microsoft.activity' }));
  return data;
}
