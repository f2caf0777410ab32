import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { Arrivals } from './arrivals';
import type { Conversation, Heard, Peer } from './conversation';
import { HttpClient } from './httpClient';

const token = z.object({ token: z.string() });
const started = z.object({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });
const posted = z.object({ id: z.string() });
const activitySet = z.object({
  activities: z.array(
    z.object({
      type: z.string(),
      from: z.object({ role: z.string().optional() }),
      replyToId: z.string().optional(),
      text: z.string().optional(),
      summary: z.string().optional(),
    }),
  ),
});

interface Reply {
  readonly replyToId: string | undefined;
  readonly words: string;
  readonly atMs: number;
}

/** Talks Direct Line 3.0 as Web Chat does: messages by POST, replies over the conversation's WebSocket. */
export class DirectLinePeer implements Peer {
  /** @param secret the server's Direct Line secret */
  constructor(
    readonly name: string,
    readonly pid: number,
    private readonly baseUrl: string,
    private readonly secret: string,
  ) {}

  /** A started conversation whose welcome has arrived. */
  async open(): Promise<Conversation> {
    const http = new HttpClient(this.baseUrl);
    const generated = token.parse(await http.post('/v3/directline/tokens/generate', {}, bearer(this.secret)));
    const json = { user: {}, locale: 'ko-KR' };
    const start = started.parse(
      await http.post('/v3/directline/conversations', json, bearer(generated.token)),
    );
    const socket = new WebSocket(start.streamUrl, { perMessageDeflate: false });
    const conversation = new DirectLineConversation(http, socket, start.conversationId, start.token);
    await conversation.welcomed();
    return conversation;
  }
}

class DirectLineConversation implements Conversation {
  private readonly replies = new Arrivals<Reply>();
  private readonly path: string;
  private readonly headers: Record<string, string>;

  constructor(
    private readonly http: HttpClient,
    private readonly socket: WebSocket,
    conversationId: string,
    conversationToken: string,
  ) {
    this.path = `/v3/directline/conversations/${conversationId}/activities`;
    this.headers = bearer(conversationToken);
    socket.on('message', (data) => this.onFrame(String(data)));
    socket.on('error', (error) => this.replies.fail(error));
    socket.on('close', (code) => this.replies.fail(new Error(`the stream was closed with ${code}`)));
  }

  async welcomed(): Promise<void> {
    await this.replies.next();
  }

  async say(text: string): Promise<Heard> {
    const activity = {
      type: 'message',
      text,
      locale: 'ko-KR',
      from: { id: 'customer', role: 'user' },
      channelData: { clientActivityID: randomUUID() },
    };
    const sentAtMs = performance.now();
    const first = this.replies.next();
    const [answer, early] = await Promise.all([this.http.post(this.path, activity, this.headers), first]);
    const { id } = posted.parse(answer);
    let reply = early;
    // A turn may say more than one thing; what is left over from the one before is not the answer.
    while (reply.replyToId !== id) reply = await this.replies.next();
    return { latencyMs: reply.atMs - sentAtMs, words: reply.words };
  }

  end(): void {
    this.socket.terminate();
    this.http.close();
  }

  private onFrame(frame: string): void {
    const atMs = performance.now();
    if (frame === '') return;
    for (const { type, from, replyToId, text, summary } of activitySet.parse(JSON.parse(frame)).activities) {
      if (type === 'message' && from.role === 'bot') {
        this.replies.push({ replyToId, words: text ?? summary ?? '', atMs });
      }
    }
  }
}

function bearer(credential: string): Record<string, string> {
  return { Authorization: `Bearer ${credential}` };
}
