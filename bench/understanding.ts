import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  evaluateIntents,
  type LabelledMessage,
  parseLabelledMessages,
} from '../services/intent/evaluateIntents';
import type { Topic } from '../services/intent/intent';
import { loadIntentExamples } from '../services/intent/intentExamples';
import { type IntentModel, trainIntentModel } from '../services/intent/intentModel';
import { serializeIntentModel } from '../services/intent/intentModelFile';
import { TrainedIntentRecognizer } from '../services/intent/intentRecognizer';
import { loadLexicon } from '../services/intent/lexicon';
import { mostWeights } from '../services/intent/logisticRegression';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { manyTopicsCost } from './manyTopics';
import { NlpjsPeer } from './nlpjsPeer';
import { runRounds } from './rounds';
import { percentile, type Spread, spreadOf } from './statistics';
import { figure, spreadFigure, type Table } from './table';

const sets = ['understanding.jsonl', 'utterances.jsonl'] as const;
const longMessage = 200;

interface Peer {
  readonly name: string;
  readonly trainingMs: number;
  readonly bytes: { readonly model: number; readonly gzipped: number };
  topicOf(message: LabelledMessage): Topic | Promise<Topic>;
  readonly cpuMicros: number[];
  readonly longP99Micros: number[];
}

interface Shares {
  readonly accuracy: number;
  readonly ko: number | undefined;
  readonly en: number | undefined;
  readonly inScope: number | undefined;
  readonly outOfScopeRecall: number | undefined;
  readonly outOfScopePrecision: number | undefined;
}

/** Our recogniser and nlp.js, trained on the same examples in the same run, on messages that neither has seen. */
export const understandingBenchmark: Benchmark = {
  name: 'understanding',
  purpose: 'topics of messages that were never seen, beside nlp.js trained on the same examples',
  run: runUnderstanding,
};

async function runUnderstanding(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const startedAtMs = performance.now();
  const data = (name: string) => path.join(options.root, 'data', name);
  const examples = loadIntentExamples(data('intents.json'));
  const lexicon = loadLexicon(data('lexicon.json'));
  const messages = new Map(
    sets.map((name) => {
      const file = path.join(options.root, 'test', 'fixtures', name);
      const all = parseLabelledMessages(readFileSync(file, 'utf8'), name);
      return [name, options.quick ? all.slice(0, 40) : all] as const;
    }),
  );
  const every = [...messages.values()].flat();
  const long = longMessages(every);

  const ours = trainedOurs(examples, lexicon);
  const peers: [Peer, Peer] = [await trainedNlpjs(options.root, examples), ours];
  const accuracy = new Map<string, Record<string, Shares>>();
  for (const [name, set] of messages) {
    const shares: Record<string, Shares> = {};
    for (const peer of peers) shares[peer.name] = await sharesOf(peer, set);
    accuracy.set(name, shares);
  }
  await runRounds(options.quick ? 1 : 5, startedAtMs, async () => {
    for (const peer of peers) {
      const before = process.cpuUsage();
      for (const message of every) await peer.topicOf(message);
      const { user, system } = process.cpuUsage(before);
      peer.cpuMicros.push((user + system) / every.length);
      peer.longP99Micros.push(await p99Micros(peer, long));
    }
  });
  const manyTopics = manyTopicsCost(
    ours.model,
    lexicon,
    every.map(({ text }) => text),
  );
  return report(peers, accuracy, manyTopics);
}

function trainedOurs(
  examples: ReturnType<typeof loadIntentExamples>,
  lexicon: ReturnType<typeof loadLexicon>,
): Peer & { readonly model: IntentModel } {
  const before = performance.now();
  const model = trainIntentModel(examples, lexicon);
  const recognizer = new TrainedIntentRecognizer(model, lexicon);
  const trainingMs = performance.now() - before;
  const text = serializeIntentModel(model, '');
  return {
    name: 'ours',
    model,
    trainingMs,
    bytes: { model: Buffer.byteLength(text), gzipped: gzipSync(text).length },
    topicOf: (message) => recognizer.recognize(message.text).topic,
    cpuMicros: [],
    longP99Micros: [],
  };
}

async function trainedNlpjs(root: string, examples: ReturnType<typeof loadIntentExamples>): Promise<Peer> {
  const before = performance.now();
  const peer = await NlpjsPeer.learn(root, examples);
  return {
    name: 'nlp.js',
    trainingMs: performance.now() - before,
    bytes: peer.bytes,
    topicOf: (message) => peer.topicOf(message.text, message.lang),
    cpuMicros: [],
    longP99Micros: [],
  };
}

/** Judges both by the same rules, those of `npm run eval`. */
async function sharesOf(peer: Peer, set: readonly LabelledMessage[]): Promise<Shares> {
  const answers = new Map<string, Topic>();
  for (const message of set) answers.set(message.text, await peer.topicOf(message));
  const recognize = (text: string) => ({
    topic: answers.get(text) ?? ('out_of_scope' as const),
    confidence: 1,
    alternatives: [],
    entities: [],
    language: 'ko' as const,
    decision: 'sure' as const,
  });
  const { report } = evaluateIntents(set, { recognize }, () => 0);
  return {
    accuracy: report.accuracy,
    ko: report.byLang.ko,
    en: report.byLang.en,
    inScope: report.inScopeAccuracy ?? undefined,
    outOfScopeRecall: report.outOfScopeRecall ?? undefined,
    outOfScopePrecision: report.outOfScopePrecision ?? undefined,
  };
}

/** As long as a story gets: messages put together to 200 characters. */
function longMessages(messages: readonly LabelledMessage[]): LabelledMessage[] {
  return messages.map(({ lang, topic }, at) => {
    let text = '';
    for (let next = at; text.length < longMessage; next += 1)
      text += `${messages[next % messages.length]?.text} `;
    return { text: text.slice(0, longMessage), lang, topic };
  });
}

/** In processor time: waiting for a busy machine is nobody's doing here. */
async function p99Micros(peer: Peer, messages: readonly LabelledMessage[]): Promise<number> {
  const micros: number[] = [];
  for (const message of messages) {
    const before = process.cpuUsage();
    await peer.topicOf(message);
    const { user, system } = process.cpuUsage(before);
    micros.push(user + system);
  }
  return percentile(micros, 99);
}

function report(
  [nlpjs, ours]: readonly [Peer, Peer],
  accuracy: ReadonlyMap<string, Record<string, Shares>>,
  manyTopics: ReturnType<typeof manyTopicsCost>,
): BenchmarkResult {
  const costs = [nlpjs, ours].map((peer) => ({
    name: peer.name,
    cpuMicrosPerMessage: spreadOf(peer.cpuMicros),
    p99MicrosAt200Characters: spreadOf(peer.longP99Micros),
    trainingMs: peer.trainingMs,
    modelBytes: peer.bytes.model,
    modelBytesGzipped: peer.bytes.gzipped,
  }));
  const ratio = (of: (peer: Peer) => number) => of(nlpjs) / of(ours);
  const timesNlpjs = {
    cpu: ratio((peer) => spreadOf(peer.cpuMicros).median),
    p99At200Characters: ratio((peer) => spreadOf(peer.longP99Micros).median),
    training: ratio((peer) => peer.trainingMs),
    modelBytes: ratio((peer) => peer.bytes.model),
  };
  const figures = { accuracy: Object.fromEntries(accuracy), costs, timesNlpjs, manyTopics };
  return {
    figures,
    tables: [...accuracyTables(accuracy), costTable(costs, timesNlpjs)],
    notes: notesOn(manyTopics),
  };
}

function accuracyTables(accuracy: ReadonlyMap<string, Record<string, Shares>>): Table[] {
  const cell = (share: number | undefined) => (share === undefined ? '-' : (share * 100).toFixed(1));
  return [...accuracy].map(([name, peers]) => ({
    title: `${name}, % right`,
    header: ['', 'overall', 'Korean', 'English', 'in scope', 'OOS recall', 'OOS precision'],
    rows: Object.entries(peers).map(([peer, one]) => [
      peer,
      ...[one.accuracy, one.ko, one.en, one.inScope, one.outOfScopeRecall, one.outOfScopePrecision].map(cell),
    ]),
  }));
}

function costTable(
  costs: readonly {
    name: string;
    cpuMicrosPerMessage: Spread;
    p99MicrosAt200Characters: Spread;
    trainingMs: number;
    modelBytes: number;
    modelBytesGzipped: number;
  }[],
  times: { cpu: number; p99At200Characters: number; training: number; modelBytes: number },
): Table {
  return {
    title: 'cost',
    header: ['', 'CPU µs a message', 'p99 CPU µs, 200 characters', 'training ms', 'model KB', 'gzipped KB'],
    rows: [
      ...costs.map((one) => [
        one.name,
        spreadFigure(one.cpuMicrosPerMessage),
        spreadFigure(one.p99MicrosAt200Characters),
        figure(one.trainingMs),
        figure(one.modelBytes / 1_024),
        figure(one.modelBytesGzipped / 1_024),
      ]),
      [
        'nlp.js / ours',
        ...[times.cpu, times.p99At200Characters, times.training, times.modelBytes].map(figure),
        '',
      ],
    ],
  };
}

function notesOn({
  topics,
  microsWithOurs,
  microsWithMany,
  times,
}: ReturnType<typeof manyTopicsCost>): string[] {
  return [
    `With ${topics} topics (100 times as many, ${mostWeights} weights a feature spread over them) a message takes ours ${figure(microsWithMany)} µs of processor time instead of ${figure(microsWithOurs)} µs: ${figure(times)} times.`,
    'nlp.js is told the language of each message; ours finds it. Ours also finds entities in the same time.',
    'Training of ours includes the cross-validation that chooses the thresholds.',
  ];
}
