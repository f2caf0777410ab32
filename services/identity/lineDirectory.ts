/** A phone line as the carrier's line system knows it. */
export interface Line {
  readonly lineId: string;
  readonly billingAccountIds: readonly string[];
  readonly status: 'active' | 'suspended';
  /** Last SIM, device or port change, epoch ms; undefined when unknown or long ago. */
  readonly simChangedAtMs?: number;
}

/** The carrier's line system. Both look-ups take the same time for known and unknown lines. */
export interface LineDirectory {
  /** @param phoneNumber digits only, '01012345678' */
  findByPhoneNumber(phoneNumber: string): Promise<Line | undefined>;
  /** Where to send an SMS, digits only. For the SMS sink alone. */
  phoneNumberOf(lineId: string): Promise<string | undefined>;
  /** '010-****-1001' */
  maskedNumberOf(lineId: string): Promise<string | undefined>;
  /**
   * Who holds the line: the keyed digest of their CI (`HolderDigests`), never the CI itself; undefined when the
   * line system cannot say, which counts as somebody else.
   */
  holderDigestOf(lineId: string): Promise<string | undefined>;
}
