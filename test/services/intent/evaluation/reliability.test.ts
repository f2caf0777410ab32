import { reliabilityOf } from '../../../../services/intent/evaluation/reliability';

describe('reliability', () => {
  it('finds no error where confidence is honest', () => {
    const judged = Array.from({ length: 100 }, (_, at) => ({ confidence: 0.75, right: at < 75 }));

    expect(reliabilityOf(judged).expectedCalibrationError).toBe(0);
  });

  it('weighs each step by its messages', () => {
    const judged = [
      ...Array.from({ length: 30 }, () => ({ confidence: 0.95, right: false })),
      ...Array.from({ length: 70 }, () => ({ confidence: 1, right: true })),
      ...Array.from({ length: 100 }, (_, at) => ({ confidence: 0.5, right: at < 60 })),
    ];
    const { expectedCalibrationError, bins } = reliabilityOf(judged);

    // Last step: confidence 0.985, accuracy 0.7; middle: 0.5 and 0.6; half of the messages each.
    expect(expectedCalibrationError).toBeCloseTo(0.5 * 0.285 + 0.5 * 0.1, 4);
    expect(bins[9]).toEqual({ from: 0.9, to: 1, n: 100, confidence: 0.985, accuracy: 0.7 });
    expect(bins[0]).toEqual({ from: 0, to: 0.1, n: 0, confidence: null, accuracy: null });
  });

  it('has an answer to nothing', () => {
    expect(reliabilityOf([]).expectedCalibrationError).toBe(0);
  });
});
