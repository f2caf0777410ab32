import { createHmac, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { seoulDayAt } from '../billing/seoulCalendar';
import { ConfigurationError } from '../errors';

/**
 * Digests of CI (연계정보, 정보통신망법 23조의5), keyed, so that a copy of them tells nobody who the holders are.
 * The carrier's line system and this server share the key; the CI itself is stored by neither of us.
 */
export class HolderDigests {
  /**
   * @param key 32 secret bytes
   * @throws ConfigurationError for any other length
   */
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new ConfigurationError('the holder digest key must be 32 bytes long');
  }

  /** HMAC-SHA-256, base64url. @param ci as the agency gives it: 88 characters of base64 */
  digestOf(ci: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify(['holder/v1', ci]))
      .digest('base64url');
  }
}

/**
 * Who the agency says is there. Lives in memory for one turn: it has no readable field, and turns into
 * '[person]' wherever somebody would log, print or store it.
 */
export class AgencyPerson {
  readonly #ci: string;
  readonly #birthDate: string;

  /**
   * @param facts.ci never empty
   * @param facts.birthDate 'YYYY-MM-DD'
   */
  constructor(facts: { ci: string; birthDate: string }) {
    this.#ci = facts.ci;
    this.#birthDate = facts.birthDate;
  }

  /** Whether this person's keyed digest is that of the line's holder; takes as long either way. */
  isHolder(digests: HolderDigests, holderDigest: string): boolean {
    const own = Buffer.from(digests.digestOf(this.#ci));
    const holder = Buffer.from(holderDigest);
    return own.length === holder.length && timingSafeEqual(own, holder);
  }

  /** Whether a guardian has to agree (개인정보 보호법 22조의2: under 14), by Korea's calendar. @param nowMs epoch ms */
  isUnder14(nowMs: number): boolean {
    const fourteenth = Number(this.#birthDate.slice(0, 4)) + 14;
    // Text compares as dates do: both are 'YYYY-MM-DD'.
    return String(fourteenth).padStart(4, '0') + this.#birthDate.slice(4) > seoulDayAt(nowMs);
  }

  toJSON(): string {
    return '[person]';
  }

  toString(): string {
    return '[person]';
  }

  [inspect.custom](): string {
    return '[person]';
  }
}
