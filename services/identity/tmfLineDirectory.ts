import type { TmfLine, TmfLines } from '../billing/tmf/tmfLines';
import type { TmfOptions } from '../billing/tmf/tmfOptions';
import type { Clock } from '../clock';
import { LineSystemUnavailableError } from '../errors';
import { maskPhoneNumber } from '../redaction/maskPhoneNumber';
import type { Line, LineDirectory } from './lineDirectory';

/**
 * The carrier's line system behind TMF637. Each look-up is one request, for a known line, an unknown one and
 * words that are no number alike.
 */
export class TmfLineDirectory implements LineDirectory {
  constructor(
    private readonly lines: Pick<TmfLines, 'byPhoneNumber' | 'byId' | 'deadline'>,
    private readonly options: Pick<TmfOptions, 'simChangeUnknown'>,
    private readonly clock: Clock,
  ) {}

  /** @throws LineSystemUnavailableError on timeout, error status or unexpected body */
  async findByPhoneNumber(phoneNumber: string): Promise<Line | undefined> {
    const line = await this.asked((deadline) => this.lines.byPhoneNumber(phoneNumber, deadline));
    if (line === undefined) return undefined;
    const { lineId, status, billingAccountId } = line;
    const simChangedAtMs = this.simChangedAtMs(line);
    return {
      lineId,
      status,
      billingAccountIds: billingAccountId === undefined ? [] : [billingAccountId],
      ...(simChangedAtMs === undefined ? {} : { simChangedAtMs }),
    };
  }

  /** @throws LineSystemUnavailableError as above */
  async phoneNumberOf(lineId: string): Promise<string | undefined> {
    return (await this.asked((deadline) => this.lines.byId(lineId, deadline)))?.phoneNumber;
  }

  /** @throws LineSystemUnavailableError as above */
  async maskedNumberOf(lineId: string): Promise<string | undefined> {
    const phoneNumber = await this.phoneNumberOf(lineId);
    return phoneNumber === undefined ? undefined : maskPhoneNumber(phoneNumber);
  }

  /** @throws LineSystemUnavailableError as above */
  async holderDigestOf(lineId: string): Promise<string | undefined> {
    return (await this.asked((deadline) => this.lines.byId(lineId, deadline)))?.holderDigest;
  }

  /**
   * NIST SP 800-63B asks to look at SIM changes before a code goes out; who cannot look, must not send. So an
   * unknown change counts as one of this moment, unless the carrier has decided otherwise.
   */
  private simChangedAtMs({ simChangedAtMs }: TmfLine): number | undefined {
    if (simChangedAtMs !== 'unknown') return simChangedAtMs;
    return this.options.simChangeUnknown === 'allow' ? undefined : this.clock.now();
  }

  private async asked<T>(question: (deadline: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await question(this.lines.deadline());
    } catch (cause) {
      throw new LineSystemUnavailableError('the line look-up failed', { cause });
    }
  }
}
