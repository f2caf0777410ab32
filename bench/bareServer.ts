/**
 * What the transport alone allows: restify and a WebSocket that answer over Direct Line 3.0's routes with a fixed text.
 * No bot, no recogniser, nothing kept, nobody asked for a token: a floor to read the other figures against, and no
 * peer. A program of its own.
 */
import { randomUUID } from 'node:crypto';
import * as restify from 'restify';
import { WebSocketServer } from 'ws';

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
const streams = new WebSocketServer({ server: server.server, perMessageDeflate: false });
const sockets = new Map<string, { send(text: string): void }>();

function reply(conversation: string, replyToId: string, text: string): void {
  const activity = { type: 'message', id: randomUUID(), replyToId, text, from: { id: 'bot', role: 'bot' } };
  sockets.get(conversation)?.send(JSON.stringify({ activities: [activity], watermark: '1' }));
}

streams.on('connection', (socket, request) => {
  const conversation = request.url?.split('/').at(-1) ?? '';
  sockets.set(conversation, socket);
  socket.on('close', () => sockets.delete(conversation));
  reply(conversation, '', 'Welcome.');
});

server.post('/v3/directline/tokens/generate', async (_req: restify.Request, res: restify.Response) => {
  res.send(200, { token: 'none' });
});
server.post('/v3/directline/conversations', async (_req: restify.Request, res: restify.Response) => {
  const conversationId = randomUUID();
  const streamUrl = `${server.url.replace('http', 'ws')}/${conversationId}`;
  res.send(201, { conversationId, token: 'none', streamUrl });
});
server.post(
  '/v3/directline/conversations/:id/activities',
  async (req: restify.Request, res: restify.Response) => {
    const id = randomUUID();
    res.send(200, { id });
    reply(req.params.id, id, `Echo: ${req.body.text}`);
  },
);
server.listen(0, '127.0.0.1', () => console.log(`Bare server: ${server.url}/`));
