import { createHash } from 'node:crypto';
import { BoundedMap } from '../../channels/directLine/boundedMap';
import type { SkillRequest } from '../../channels/kakao/skillRequest';
import type { Clock } from '../../services/clock';
import type { Randomness } from '../../services/randomness';

/** KakaoTalk numbers no messages: the same words within this time are a double tap or a resent request. */
const sameWithinMs = 3_000;

/** Gives requests the key by which the inbox knows a repeat. */
export class RepeatedMessages {
  private readonly latest = new BoundedMap<string, { words: string; id: string; atMs: number }>(10_000);

  constructor(
    private readonly clock: Clock,
    private readonly randomness: Randomness,
  ) {}

  idOf(request: SkillRequest): string {
    const { userId, utterance, extra, callbackUrl } = request;
    const words = JSON.stringify([utterance, extra ?? null]);
    const before = this.latest.get(userId);
    const nowMs = this.clock.now();
    if (before?.words === words && nowMs - before.atMs < sameWithinMs) return before.id;
    // A callback address is made for one request: one that comes again later is the same, too.
    const id =
      callbackUrl === undefined
        ? this.randomness.uuid()
        : createHash('sha256').update(callbackUrl).digest('hex');
    this.latest.set(userId, { words, id, atMs: nowMs });
    return id;
  }
}
