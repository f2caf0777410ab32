import type { Refused } from './deskClient';
import type { DeskWords } from './words.ko';

export function refusalText(words: DeskWords, { code, retryAfterSeconds }: Refused): string {
  return code === 'locked' && retryAfterSeconds !== undefined
    ? words.lockedFor(retryAfterSeconds)
    : words.errors[code];
}
