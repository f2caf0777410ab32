import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServerProcess } from './serverProcess';

interface Posted {
  readonly conversation: string;
  readonly text: string;
}

/** A channel's reply address on this machine: refuses as often as told, then takes what it is given. */
class ConnectorStandIn {
  readonly taken: Posted[] = [];
  refusals = 0;
  refused = 0;
  url = '';
  private heard: () => void = () => undefined;
  private readonly server: Server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      if (this.refused < this.refusals) {
        this.refused += 1;
        // Not chained: restify, once loaded, has writeHead return nothing.
        res.writeHead(503);
        res.end();
      } else {
        const { text, summary, conversation } = JSON.parse(body);
        this.taken.push({ conversation: conversation.id, text: text ?? summary });
        res.writeHead(200, { 'Content-Type': 'application/json' });
        res.end('{"id":"x"}');
      }
      this.heard();
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${Object(this.server.address()).port}`;
  }

  /** Resolves when the condition holds, looked at after each call. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.heard = () => {
        if (condition()) resolve();
      };
      this.heard();
    });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('a channel of the Bot Connector', () => {
  const varDir = mkdtempSync(path.join(tmpdir(), 'server-connector-'));
  const standIn = new ConnectorStandIn();
  let server: ServerProcess;
  beforeAll(async () => {
    await standIn.listen();
    server = await ServerProcess.start(varDir);
  });
  afterAll(async () => {
    await server.stop();
    await standIn.close();
    rmSync(varDir, { recursive: true, force: true });
  });

  const post = (conversation: string, changes: object) =>
    fetch(`${server.url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        channelId: 'test',
        serviceUrl: standIn.url,
        from: { id: 'u' },
        recipient: { id: 'bot' },
        conversation: { id: conversation },
        ...changes,
      }),
    });
  const to = (conversation: string) => standIn.taken.filter((reply) => reply.conversation === conversation);

  it('gets the same replies for the same message, asked twice and after a restart', async () => {
    const ask = async () =>
      (await post('twice', { id: 'one', text: '연체료가 붙나요?', deliveryMode: 'expectReplies' })).json();
    const said = (body: { activities: { text?: string; summary?: string }[] }) =>
      body.activities.map(({ text, summary }) => text ?? summary);
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(said(first)).toEqual([expect.stringMatching(/연체/)]);
    expect(said(second)).toEqual(said(first));
    expect(await server.stop()).toBe(0);
    server = await ServerProcess.start(varDir);
    expect(said(await ask())).toEqual(said(first));
    expect(to('twice')).toEqual([]);
  });

  it('is welcomed once, and answered in the order of its questions however fast they come', async () => {
    const membersAdded = [{ id: 'bot' }, { id: 'u' }];
    await post('order', { type: 'conversationUpdate', id: 'join', membersAdded });
    await post('order', { type: 'conversationUpdate', id: 'join again', membersAdded });
    await standIn.until(() => to('order').length === 1);
    const questions = [
      '연체료가 붙나요?',
      '고마워요',
      '도움말',
      '안녕히 계세요',
      '연체료가 붙나요?',
      '고마워요',
    ];
    for (const [n, text] of questions.entries()) await post('order', { id: `q${n}`, text });
    await standIn.until(() => to('order').length === 1 + questions.length);
    const answers = to('order')
      .slice(1)
      .map(({ text }) => text);
    expect(answers[0]).toBe(answers[4]);
    expect(new Set(answers.slice(0, 4)).size).toBe(4);
    expect(answers[1]).toMatch(/고마|천만|도움|감사/);
  });

  it('that was down gets its replies later, in order, also after a restart', async () => {
    const refusedBefore = standIn.refused;
    // Each delivery is tried several times by the SDK itself.
    standIn.refusals = Number.POSITIVE_INFINITY;
    await post('down', { id: 'a', text: '연체료가 붙나요?' });
    await post('down', { id: 'b', text: '고마워요' });
    await standIn.until(() => standIn.refused > refusedBefore);
    expect(await server.stop()).toBe(0);
    expect(to('down')).toEqual([]);

    standIn.refusals = 0;
    server = await ServerProcess.start(varDir);
    await standIn.until(() => to('down').length === 2);
    const [first, second] = to('down').map(({ text }) => text);
    expect(first).toMatch(/연체/);
    expect(second).not.toMatch(/연체/);
  }, 60_000);
});
