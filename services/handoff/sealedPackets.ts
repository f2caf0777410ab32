import type { JsonValue } from '../turn/turnStore';
import { type HandoffPacket, handoffPacket } from './handoff';

/** Authenticated encryption of text; opening throws when the text is damaged or sealed with another key. */
export interface TextSealer {
  seal(plain: string): Buffer;
  open(sealed: Buffer): string;
}

/** Packets as they lie in the store: amounts and words of a customer are for the agent's eyes, not for a dump. */
export class SealedPackets {
  constructor(private readonly sealer: TextSealer) {}

  seal(packet: HandoffPacket): string {
    return this.sealer.seal(JSON.stringify(packet)).toString('base64url');
  }

  /** @returns undefined for what is absent, damaged, or sealed with another key: the agent asks the customer then */
  open(stored: JsonValue | undefined): HandoffPacket | undefined {
    if (typeof stored !== 'string') return undefined;
    try {
      return handoffPacket.safeParse(JSON.parse(this.sealer.open(Buffer.from(stored, 'base64url')))).data;
    } catch {
      return undefined;
    }
  }
}
