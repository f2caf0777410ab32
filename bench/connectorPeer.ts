import { randomUUID } from 'node:crypto';
import { Arrivals } from './arrivals';
import type { ConnectorStandIn, Delivered } from './connectorStandIn';
import type { Conversation, Heard, Peer } from './conversation';
import { HttpClient } from './httpClient';

/** Talks to a bot as an Azure channel does: `POST /api/messages`, replies by its call to the Bot Connector. */
export class ConnectorPeer implements Peer {
  constructor(
    readonly name: string,
    readonly pid: number,
    private readonly baseUrl: string,
    private readonly connector: ConnectorStandIn,
  ) {}

  async open(): Promise<Conversation> {
    return new ConnectorConversation(new HttpClient(this.baseUrl), this.connector);
  }
}

class ConnectorConversation implements Conversation {
  private readonly id = randomUUID();
  private readonly replies = new Arrivals<Delivered>();
  private said = 0;

  constructor(
    private readonly http: HttpClient,
    private readonly connector: ConnectorStandIn,
  ) {
    connector.onDelivery(this.id, (delivered) => this.replies.push(delivered));
  }

  async say(text: string): Promise<Heard> {
    this.said += 1;
    const activity = {
      type: 'message',
      id: `${this.id}-${this.said}`,
      timestamp: new Date().toISOString(),
      channelId: 'webchat',
      serviceUrl: this.connector.serviceUrl,
      conversation: { id: this.id },
      from: { id: `customer-${this.id}`, name: 'customer', role: 'user' },
      recipient: { id: 'bot', name: 'bot', role: 'bot' },
      locale: 'ko-KR',
      text,
    };
    const sentAtMs = performance.now();
    const [, reply] = await Promise.all([this.http.post('/api/messages', activity), this.replies.next()]);
    return { latencyMs: reply.atMs - sentAtMs, words: reply.words };
  }

  end(): void {
    this.connector.forget(this.id);
    this.http.close();
  }
}
