import { directLine } from './serverProcess';

export interface Seen {
  readonly id: string;
  readonly text?: string;
  readonly timestamp: string;
  readonly from: { readonly id: string; readonly role: string };
  readonly replyToId?: string;
  readonly channelData?: { readonly clientActivityID?: string };
}

/** A conversation on a server process, by Direct Line's REST. */
export class DirectLineTalk {
  private constructor(
    public url: string,
    readonly id: string,
    public token: string,
    readonly streamUrl: string,
  ) {}

  static async start(url: string): Promise<DirectLineTalk> {
    const { json } = await directLine(url, 'POST', '/conversations', { user: { id: 'dl_tester' } });
    return new DirectLineTalk(url, String(json.conversationId), String(json.token), String(json.streamUrl));
  }

  /** Takes a token that is good for another half an hour, where the conversation still is. */
  async refresh(): Promise<void> {
    const { json } = await directLine(this.url, 'POST', '/tokens/refresh', undefined, this.token);
    if (typeof json.token === 'string') this.token = json.token;
  }

  /** @param clientId the client's own id of the message */
  async post(text: string, clientId: string, parts: object = {}, headers: Record<string, string> = {}) {
    const activity = {
      type: 'message',
      text,
      from: { id: 'me' },
      channelData: { clientActivityID: clientId },
      ...parts,
    };
    const route = `/conversations/${this.id}/activities`;
    return directLine(this.url, 'POST', route, activity, this.token, headers);
  }

  /** All that the log holds. */
  async everything(): Promise<Seen[]> {
    const all: Seen[] = [];
    for (let watermark = ''; ; ) {
      const route = `/conversations/${this.id}/activities?watermark=${watermark}`;
      const { json } = await directLine(this.url, 'GET', route, undefined, this.token);
      const page = json.activities as Seen[];
      if (page.length === 0) return all;
      all.push(...page);
      watermark = String(json.watermark);
    }
  }

  /** Reads until the message has been answered. */
  async answerTo(activityId: unknown): Promise<Seen[]> {
    for (;;) {
      const seen = await this.everything();
      if (seen.some(({ replyToId }) => replyToId === activityId)) return seen;
    }
  }

  /** Says something and returns what is answered. */
  async say(
    text: string,
    clientId: string,
    parts: object = {},
    headers: Record<string, string> = {},
  ): Promise<Seen[]> {
    const { json } = await this.post(text, clientId, parts, headers);
    return (await this.answerTo(json.id)).filter(({ replyToId }) => replyToId === json.id);
  }
}
