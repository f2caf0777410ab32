import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '../../../services/errors';
import { topics } from '../../../services/intent/intent';
import { loadIntentExamples } from '../../../services/intent/intentExamples';
import { loadLexicon } from '../../../services/intent/lexicon';
import { buildIntentModel, loadIntentRecognizer } from '../../../services/intent/loadIntentRecognizer';

const dataDir = path.resolve(__dirname, '../../../data');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'intent-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function intents(replaced: object = {}) {
  const example = { text: '미납', style: 'keyword' };
  const all = Object.fromEntries(topics.map((topic) => [topic, { ko: [example], en: [] }]));
  return { version: 1, topics: { ...all, ...replaced } };
}

/** A tiny pair of data files: each topic has words of its own. */
function writeData(extra: string[] = []): void {
  const all = topics.map((topic) => [
    topic,
    {
      ko: [],
      en: [...Array(4).keys()].map((at) => ({
        text: `${topic.replaceAll('_', ' ')} number ${at}`,
        style: 'keyword',
      })),
    },
  ]);
  write('intents.json', { version: 1, topics: Object.fromEntries(all) });
  write('lexicon.json', {
    version: 1,
    concepts: { FEE: { ko: ['연체료', ...extra], en: ['fee'] } },
    exact: { greeting: ['ㅎㅇ'] },
    contrast: { koAfter: [], koAfterShort: [], enBefore: [] },
    ambiguous: [],
    lookalikes: { ko: { ours: [], others: [] }, en: { ours: [], others: [] } },
  });
}

describe('training examples', () => {
  it('come in the file’s order with topic, language and style', () => {
    const file = write('intents.json', intents());

    expect(loadIntentExamples(file)[0]).toEqual({
      text: '미납',
      topic: 'check_methods',
      language: 'ko',
      style: 'keyword',
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['a missing file', undefined, /intents\.json is missing/],
    ['something else than JSON', '{"version":', /intents\.json is not valid JSON/],
    [
      'an unknown style',
      intents({ late_fee: { ko: [{ text: '연체료', style: 'shouted' }], en: [] } }),
      /intents\.json: topic late_fee, ko, index 0, style/,
    ],
    [
      'an empty text',
      intents({
        thanks: {
          ko: [],
          en: [
            { text: 'ty', style: 'slang' },
            { text: ' ', style: 'slang' },
          ],
        },
      }),
      /intents\.json: topic thanks, en, index 1, text/,
    ],
    ['an unknown topic', intents({ weather: { ko: [], en: [] } }), /intents\.json: topics/],
    ['a missing topic', intents({ cancel: undefined }), /intents\.json: topic cancel/],
  ])('are refused in one sentence for %s', (_, content, sentence) => {
    const file = path.join(folder, 'intents.json');
    if (content !== undefined) write('intents.json', content);

    expect(() => loadIntentExamples(file)).toThrow(ConfigurationError);
    expect(() => loadIntentExamples(file)).toThrow(sentence);
  });
});

describe('lexicon', () => {
  it('is refused in one sentence that names the place', () => {
    const file = write('lexicon.json', { version: 1, concepts: { FEE: { ko: [7], en: [] } } });

    expect(() => loadLexicon(file)).toThrow(/lexicon\.json: concepts\.FEE\.ko\.0/);
    expect(() => loadLexicon(path.join(folder, 'none.json'))).toThrow(/none\.json is missing/);
  });

  it('lists no exact message under two topics', () => {
    const { exact } = loadLexicon(path.join(dataDir, 'lexicon.json'));
    const listed = Object.values(exact).flatMap((texts) =>
      (texts ?? []).map((text) => text.replaceAll(' ', '')),
    );

    expect(listed.filter((text, at) => listed.indexOf(text) !== at)).toEqual([]);
  });
});

describe('a kept model', () => {
  it('is built once and used as long as the data stay the same', () => {
    writeData();
    const modelFile = path.join(folder, 'dist', 'intentModel.json');
    buildIntentModel(folder, modelFile);
    const kept = readFileSync(modelFile, 'utf8');

    buildIntentModel(folder, modelFile);
    expect(readFileSync(modelFile, 'utf8')).toBe(kept);
    expect(loadIntentRecognizer(folder, modelFile).recognize('late fee number 2').topic).toBe('late_fee');

    writeData(['가산금']);
    buildIntentModel(folder, modelFile);
    expect(readFileSync(modelFile, 'utf8')).not.toBe(kept);
  });

  it('is not needed: without one, or with a damaged one, the recogniser learns', () => {
    writeData();
    const damaged = write('damaged.json', '{');

    expect(loadIntentRecognizer(folder).recognize('ㅎㅇ').topic).toBe('greeting');
    expect(loadIntentRecognizer(folder, damaged).recognize('late fee number 1').topic).toBe('late_fee');
  });
});
