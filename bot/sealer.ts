import { StoreUnavailableError } from '../services/errors';
import type { Randomness } from '../services/randomness';
import { openText, sealText } from '../services/sealing/sealedText';

/** Hides what waits in the inbox: a customer's message may hold a code or a phone number. */
export interface Sealer {
  seal(plain: string): Buffer;
  /** @throws StoreUnavailableError when it was sealed with another key or has been changed */
  open(sealed: Buffer): string;
}

/** @param key 32 bytes */
export function createSealer(key: Buffer, randomness: Randomness): Sealer {
  return {
    seal: (plain) => sealText(plain, key, randomness),
    open: (sealed) => {
      const plain = openText(sealed, key);
      if (plain === undefined) throw new StoreUnavailableError(unreadable);
      return plain;
    },
  };
}

const unreadable =
  'a sealed message cannot be opened: it is damaged, or VAR_DIR/secrets.json is not the one it was sealed with';
