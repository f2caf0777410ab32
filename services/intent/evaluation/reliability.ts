/** What the recogniser said of itself, and whether it was right. */
export interface JudgedConfidence {
  /** 0…1 */
  readonly confidence: number;
  readonly right: boolean;
}

export interface ReliabilityBin {
  /** Confidences from `from` (inclusive) to `to` (exclusive; the last one inclusive). */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean confidence and share of right answers; null when the bin is empty. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface Reliability {
  /**
   * Expected calibration error, 0…1: how far confidence and accuracy lie apart, averaged over the messages.
   * Source: Guo et al., "On Calibration of Modern Neural Networks", 2017, eq. 3.
   */
  readonly expectedCalibrationError: number;
  /** Equal steps from 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
}

const binCount = 10;

/** Compares confidence with accuracy, in ten bins. */
export function reliabilityOf(judged: readonly JudgedConfidence[]): Reliability {
  const groups: JudgedConfidence[][] = Array.from({ length: binCount }, () => []);
  for (const one of judged) {
    const bin = Math.min(binCount - 1, Math.max(0, Math.floor(one.confidence * binCount)));
    groups[bin]?.push(one);
  }
  let error = 0;
  const bins = groups.map((group, at): ReliabilityBin => {
    const edges = { from: at / binCount, to: (at + 1) / binCount, n: group.length };
    if (group.length === 0) return { ...edges, confidence: null, accuracy: null };
    const confidence = group.reduce((sum, one) => sum + one.confidence, 0) / group.length;
    const accuracy = group.filter(({ right }) => right).length / group.length;
    error += (group.length / judged.length) * Math.abs(confidence - accuracy);
    return { ...edges, confidence: rounded(confidence), accuracy: rounded(accuracy) };
  });
  return { expectedCalibrationError: rounded(error), bins };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
