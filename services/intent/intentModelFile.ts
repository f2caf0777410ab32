import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { IntentModel } from './intentModel';

/** Raised when the same data would train another model: a change of features or of learning. */
const modelVersion = 3;

const typedArray = z.base64();
const modelFile = z.strictObject({
  key: z.string(),
  words: z.array(z.tuple([z.string(), z.number().int().positive()])),
  featureHashes: typedArray,
  featureWeights: typedArray,
  starts: typedArray,
  labels: typedArray,
  classWeights: typedArray,
  step: z.number().positive(),
  calibration: z.strictObject({
    temperature: z.number().positive(),
    sureAt: z.number(),
    unknownBelow: z.number(),
  }),
});

/** Names what a model was learned from: the contents of the data files and the way of learning. */
export function intentModelKey(files: readonly string[]): string {
  const hash = createHash('sha256').update(`model ${modelVersion}`);
  for (const file of files) hash.update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** The model as the text of a file. */
export function serializeIntentModel(model: IntentModel, key: string): string {
  return JSON.stringify({
    key,
    words: [...model.words],
    featureHashes: base64(model.featureHashes),
    featureWeights: base64(model.featureWeights),
    starts: base64(model.starts),
    labels: base64(model.labels),
    classWeights: base64(model.classWeights),
    step: model.step,
    calibration: model.calibration,
  } satisfies z.input<typeof modelFile>);
}

/** The model in the text; undefined when it is not one, or was learned from something else than `key`. */
export function parseIntentModel(text: string, key: string): IntentModel | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = modelFile.safeParse(content);
  if (!parsed.success || parsed.data.key !== key) return undefined;
  const { words, featureHashes, featureWeights, starts, labels, classWeights, step, calibration } =
    parsed.data;
  return {
    words: new Map(words),
    featureHashes: new Int32Array(bytes(featureHashes)),
    featureWeights: new Float32Array(bytes(featureWeights)),
    starts: new Uint32Array(bytes(starts)),
    labels: new Uint16Array(bytes(labels)),
    classWeights: new Int16Array(bytes(classWeights)),
    step,
    calibration,
  };
}

function base64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return deflateRawSync(Buffer.from(buffer, byteOffset, byteLength)).toString('base64');
}

function bytes(text: string): ArrayBuffer {
  return Uint8Array.from(inflateRawSync(Buffer.from(text, 'base64'))).buffer;
}
