/** What a bot said in answer to one message. */
export interface Heard {
  /** From sending the message to the arrival of the first reply, ms. */
  readonly latencyMs: number;
  /** The reply in words; of a card the summary. */
  readonly words: string;
}

/** One customer's conversation with a bot: one message at a time. */
export interface Conversation {
  /** Says something and waits for the first reply to it. @throws Error when there will be none */
  say(text: string): Promise<Heard>;
  end(): void;
}

/** A bot that runs as a child process, and one way of talking to it. */
export interface Peer {
  readonly name: string;
  readonly pid: number;
  open(): Promise<Conversation>;
}
