import type { Clock } from '../clock';
import type { Line, LineDirectory } from './lineDirectory';

/** Codes go to Korean mobile numbers and nowhere else: no premium or foreign range costs money. */
const koreanMobile = /^010\d{8}$/;

/**
 * Which lines may prove who is asking: mobile, active, and with the same SIM for three days. The line system is
 * asked the same questions in the same order whatever the answers are.
 */
export class UsableLines {
  constructor(
    private readonly lines: LineDirectory,
    private readonly clock: Clock,
    /** A line whose SIM, device or port changed more recently is not trusted. */
    private readonly quarantineMs: number,
  ) {}

  /** @param phoneNumber digits only; undefined when there is no such line or it may not be trusted */
  async find(phoneNumber: string): Promise<Line | undefined> {
    const line = await this.lines.findByPhoneNumber(phoneNumber);
    if (line === undefined || !koreanMobile.test(phoneNumber) || line.status !== 'active') return undefined;
    const { simChangedAtMs } = line;
    const changedLately =
      simChangedAtMs !== undefined && this.clock.now() - simChangedAtMs < this.quarantineMs;
    return changedLately ? undefined : line;
  }

  /**
   * Asks again, by number: the line may have been suspended, or its number given to somebody else.
   * @param lineId null: there was none from the start
   */
  async findAgain(lineId: string | null): Promise<Line | undefined> {
    const phoneNumber = await this.lines.phoneNumberOf(lineId ?? '');
    const line = await this.find(phoneNumber ?? '');
    return line !== undefined && line.lineId === lineId ? line : undefined;
  }
}
