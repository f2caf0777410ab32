import { z } from 'zod';
import { ConfigurationError } from '../errors';
import { type Confusion, confusionsOf, type Miss } from './evaluation/confusions';
import { type ReliabilityBin, reliabilityOf } from './evaluation/reliability';
import { type IntentRecognizer, topics, type Understanding } from './intent';

const labelledMessage = z.object({
  text: z.string(),
  lang: z.enum(['ko', 'en']),
  topic: z.enum(topics),
  style: z.string().optional(),
});

/** A message and what a person says it means. */
export type LabelledMessage = z.infer<typeof labelledMessage>;

/** Shares are 0…1; null where there is nothing to divide by. */
export interface IntentReport {
  readonly n: number;
  readonly accuracy: number;
  readonly byLang: Readonly<Record<string, number>>;
  readonly byTopic: Readonly<Record<string, number>>;
  readonly byStyle: Readonly<Record<string, number>>;
  readonly inScopeAccuracy: number | null;
  readonly outOfScopeRecall: number | null;
  readonly outOfScopePrecision: number | null;
  /** The right topic is the best or one of the next two. */
  readonly top3Accuracy: number;
  readonly byDecision: Readonly<Record<string, { readonly n: number; readonly accuracy: number }>>;
  readonly medianMicros: number;
  readonly p99Micros: number;
  /** Which topics are taken for which, the most frequent pair first. */
  readonly confusions: readonly Confusion[];
  /** How far confidence and accuracy lie apart, 0…1. */
  readonly expectedCalibrationError: number;
  /** Confidence beside accuracy, in ten equal steps. */
  readonly reliability: readonly ReliabilityBin[];
}

/**
 * Reads JSON lines `{"text","lang","topic","style"?}`; empty lines are skipped.
 * @param name the file's name, for the message
 * @throws ConfigurationError naming the file and the line that is wrong
 */
export function parseLabelledMessages(content: string, name: string): LabelledMessage[] {
  const messages: LabelledMessage[] = [];
  content
    .replace(/^\ufeff/, '')
    .split('\n')
    .forEach((line, at) => {
      if (line.trim() === '') return;
      const parsed = labelledMessage.safeParse(parseJson(line, `${name}, line ${at + 1}`));
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const field = issue?.path.join('.') || 'the line';
        throw new ConfigurationError(`${name}, line ${at + 1}: ${field}: ${issue?.message ?? 'invalid'}.`);
      }
      messages.push(parsed.data);
    });
  if (messages.length === 0) throw new ConfigurationError(`${name} has no lines to evaluate.`);
  return messages;
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new ConfigurationError(`${where}: this is not JSON.`, { cause });
  }
}

/**
 * Measures a recogniser. The predicted topic is `Understanding.topic`, whatever the decision.
 * @param nowMicros a steady clock, microseconds
 */
export function evaluateIntents(
  messages: readonly LabelledMessage[],
  recognizer: IntentRecognizer,
  nowMicros: () => number,
): { report: IntentReport; misses: Miss[] } {
  // The first calls compile the code; they say nothing about the speed of the rest.
  for (const { text } of messages.slice(0, 100)) recognizer.recognize(text);
  const judged = messages.map((message): Judged => {
    const before = nowMicros();
    const understanding = recognizer.recognize(message.text);
    return { message, understanding, micros: nowMicros() - before };
  });
  const inScope = judged.filter(({ message }) => message.topic !== 'out_of_scope');
  const outside = judged.filter(({ message }) => message.topic === 'out_of_scope');
  const calledOutside = judged.filter(({ understanding }) => understanding.topic === 'out_of_scope');
  const micros = judged.map((one) => one.micros).sort((one, other) => one - other);
  const misses = judged.filter((one) => !right(one)).map(miss);
  const { expectedCalibrationError, bins } = reliabilityOf(
    judged.map((one) => ({ confidence: one.understanding.confidence, right: right(one) })),
  );
  const report: IntentReport = {
    n: judged.length,
    accuracy: share(judged, right) ?? 0,
    byLang: shares(judged, ({ message }) => message.lang),
    byTopic: shares(judged, ({ message }) => message.topic),
    byStyle: shares(judged, ({ message }) => message.style),
    inScopeAccuracy: share(inScope, right),
    outOfScopeRecall: share(outside, right),
    outOfScopePrecision: share(calledOutside, right),
    top3Accuracy: share(judged, amongThree) ?? 0,
    byDecision: Object.fromEntries(
      [...groups(judged, ({ understanding }) => understanding.decision)].map(([decision, group]) => [
        decision,
        { n: group.length, accuracy: share(group, right) ?? 0 },
      ]),
    ),
    medianMicros: rounded(micros[Math.floor(micros.length / 2)] ?? 0),
    p99Micros: rounded(micros[Math.floor(micros.length * 0.99)] ?? 0),
    confusions: confusionsOf(misses),
    expectedCalibrationError,
    reliability: bins,
  };
  return { report, misses };
}

interface Judged {
  readonly message: LabelledMessage;
  readonly understanding: Understanding;
  readonly micros: number;
}

function right({ message, understanding }: Judged): boolean {
  return understanding.topic === message.topic;
}

function amongThree(judged: Judged): boolean {
  const { message, understanding } = judged;
  return right(judged) || understanding.alternatives.slice(0, 2).some(({ topic }) => topic === message.topic);
}

function miss({ message, understanding }: Judged): Miss {
  return {
    text: message.text,
    expected: message.topic,
    found: understanding.topic,
    confidence: rounded(understanding.confidence),
  };
}

function share(judged: readonly Judged[], holds: (one: Judged) => boolean): number | null {
  return judged.length === 0 ? null : rounded(judged.filter(holds).length / judged.length);
}

function shares(
  judged: readonly Judged[],
  groupOf: (one: Judged) => string | undefined,
): Record<string, number> {
  return Object.fromEntries(
    [...groups(judged, groupOf)].map(([name, group]) => [name, share(group, right) ?? 0]),
  );
}

function groups(
  judged: readonly Judged[],
  groupOf: (one: Judged) => string | undefined,
): Map<string, Judged[]> {
  const found = new Map<string, Judged[]>();
  for (const one of judged) {
    const name = groupOf(one);
    if (name === undefined) continue;
    const group = found.get(name);
    if (group === undefined) found.set(name, [one]);
    else group.push(one);
  }
  return found;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
