import { z } from 'zod';
import type { Clock } from '../clock';
import { SealedTokens } from '../sealing/sealedToken';

const claims = z.object({
  /** Of the reminder, so that a calendar keeps one event of it. */
  id: z.string().min(1).max(64),
  /** 'due' is about the day on which a bill falls due, 'plain' about any other moment. */
  kind: z.enum(['due', 'plain']),
  /** Epoch ms. */
  atMs: z.number().int(),
  language: z.enum(['ko', 'en']),
});
/** What a calendar link stands for. */
export type CalendarLink = Readonly<z.output<typeof claims>>;

/** Long enough to open it on another device, too short to live on in somebody's bookmarks. */
export const calendarLinkLifeMs = 7 * 86_400_000;
const maxTokenLength = 1_024;

/**
 * Addresses of calendar files. All that is in the file is in the address, sealed, so nothing is stored for it and
 * nobody reads a due date out of a history.
 */
export class IcsLinks {
  private readonly tokens: SealedTokens;

  /**
   * @param secret 32 secret bytes, the same after a restart and on every node
   * @param clock the real one: a demo that jumps a month must not end a link that was made a minute ago
   * @param publicUrl where customers reach the server, without a slash at the end
   */
  constructor(
    secret: Buffer,
    private readonly clock: Clock,
    private readonly publicUrl: () => string,
  ) {
    this.tokens = new SealedTokens(secret, 'calendar-link/v1', clock, maxTokenLength);
  }

  /** The address of a calendar file, good for a week. */
  async linkTo(link: CalendarLink): Promise<string> {
    const token = await this.tokens.seal(link, this.clock.now() + calendarLinkLifeMs);
    return `${this.publicUrl()}/reminders/calendar.ics?t=${token}`;
  }

  /** @returns undefined for what is no token of ours or too old */
  async read(token: string): Promise<CalendarLink | undefined> {
    return claims.safeParse(await this.tokens.open(token)).data;
  }
}
