import type { IntentReport } from '../../../services/intent/evaluateIntents';
import { type Miss, worstFirst } from '../../../services/intent/evaluation/confusions';
import type { LearningCurvePoint } from '../../../services/intent/evaluation/learningCurve';
import type { ReliabilityBin } from '../../../services/intent/evaluation/reliability';

/** How many misses and pairs a report shows; the worst come first. */
export const shownMisses = 20;
const shownConfusions = 15;
const barLength = 40;

/** The report for a terminal. */
export function reportText(report: IntentReport, misses: readonly Miss[]): string {
  return [
    ...headlines(report).map(([name, value]) => `${name.padEnd(24)} ${value}`),
    ...shareTable('by language', report.byLang),
    ...shareTable('by style', report.byStyle),
    ...shareTable('by topic', report.byTopic),
    ...section(
      'by decision',
      Object.entries(report.byDecision).map(
        ([name, { n, accuracy }]) => `${name.padEnd(16)} ${percent(accuracy)} of ${n}`,
      ),
    ),
    ...section(
      'confusions (meant → understood)',
      report.confusions
        .slice(0, shownConfusions)
        .map(
          ({ expected, found, n, example }) =>
            `${String(n).padStart(3)}  ${expected} → ${found}  ${JSON.stringify(example)}`,
        ),
    ),
    ...section('confidence (# accuracy, | confidence)', report.reliability.map(reliabilityBar)),
    ...section(
      'surest misses',
      worstFirst(misses)
        .slice(0, shownMisses)
        .map(
          ({ text, expected, found, confidence }) =>
            `${expected} → ${found} ${confidence.toFixed(2)}  ${JSON.stringify(text)}`,
        ),
    ),
  ].join('\n');
}

/** The figures of the whole set, named. */
export function headlines(report: IntentReport): [string, string][] {
  return [
    ['messages', String(report.n)],
    ['accuracy', percent(report.accuracy)],
    ['right among the first 3', percent(report.top3Accuracy)],
    ['in scope', percent(report.inScopeAccuracy)],
    ['out of scope, recall', percent(report.outOfScopeRecall)],
    ['out of scope, precision', percent(report.outOfScopePrecision)],
    ['calibration error', percent(report.expectedCalibrationError)],
    ['time a message', `${report.medianMicros.toFixed(0)} µs median, ${report.p99Micros.toFixed(0)} µs p99`],
  ];
}

/** The learning curve for a terminal: a line a size. */
export function learningCurveText(points: readonly LearningCurvePoint[]): string {
  const cells = (point: LearningCurvePoint) =>
    [point.accuracy, point.ko, point.en, point.inScopeAccuracy, point.outOfScopeRecall].map((share) =>
      percent(share).padStart(9),
    );
  return [
    `${'a topic and language'.padEnd(22)}${'examples'.padStart(9)}${['accuracy', 'Korean', 'English', 'in scope', 'OOS rec.'].map((name) => name.padStart(9)).join('')}`,
    ...points.map(
      (point) =>
        `${String(point.perTopic ?? 'all').padEnd(22)}${String(point.examples).padStart(9)}${cells(point).join('')}`,
    ),
  ].join('\n');
}

export function percent(share: number | null): string {
  return share === null ? 'none' : `${(share * 100).toFixed(1)}%`;
}

function shareTable(title: string, shares: Readonly<Record<string, number>>): string[] {
  return section(
    title,
    Object.entries(shares).map(([name, share]) => `${name.padEnd(16)} ${percent(share)}`),
  );
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function reliabilityBar({ from, to, n, confidence, accuracy }: ReliabilityBin): string {
  const range = `${from.toFixed(1)}–${to.toFixed(1)}`;
  if (confidence === null || accuracy === null)
    return `${range}  ${' '.repeat(barLength + 1)} ${'0'.padStart(5)}`;
  const bar = [...'#'.repeat(Math.round(accuracy * barLength)).padEnd(barLength + 1)];
  bar[Math.round(confidence * barLength)] = '|';
  return `${range}  ${bar.join('')} ${String(n).padStart(5)}  ${percent(accuracy)}`;
}
