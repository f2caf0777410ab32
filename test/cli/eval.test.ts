import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { z } from 'zod';
import { evaluateIntents, parseLabelledMessages } from '../../services/intent/evaluateIntents';
import type { IntentRecognizer, Topic, Understanding } from '../../services/intent/intent';

const root = path.resolve(__dirname, '../..');

/** Understands by a table; whatever is not in it is out of scope. */
function recognizerThatKnows(answers: Record<string, [Topic, ...Topic[]]>): IntentRecognizer {
  return {
    recognize(text): Understanding {
      const [topic, ...others] = answers[text] ?? ['out_of_scope'];
      const alternatives = others.map((other) => ({ topic: other, confidence: 0.1 }));
      return { topic, confidence: 0.8, alternatives, entities: [], language: 'ko', decision: 'sure' };
    },
  };
}

describe('evaluation', () => {
  const lines = [
    '{"text":"연체료","lang":"ko","topic":"late_fee","style":"keyword"}',
    '{"text":"fee","lang":"en","topic":"late_fee","style":"keyword"}',
    '',
    '{"text":"날씨","lang":"ko","topic":"out_of_scope"}',
    '{"text":"rain","lang":"en","topic":"out_of_scope"}',
  ].join('\n');

  it('counts by language, topic, style and scope', () => {
    let micros = 0;
    const recognizer = recognizerThatKnows({
      연체료: ['late_fee'],
      fee: ['out_of_scope', 'late_fee'],
      rain: ['late_fee', 'help', 'cancel', 'out_of_scope'],
    });

    const { report, misses } = evaluateIntents(parseLabelledMessages(lines, 'a.jsonl'), recognizer, () => {
      micros += 5;
      return micros;
    });

    expect(report).toEqual({
      n: 4,
      accuracy: 0.5,
      byLang: { ko: 1, en: 0 },
      byTopic: { late_fee: 0.5, out_of_scope: 0.5 },
      byStyle: { keyword: 0.5 },
      inScopeAccuracy: 0.5,
      outOfScopeRecall: 0.5,
      outOfScopePrecision: 0.5,
      top3Accuracy: 0.75,
      byDecision: { sure: { n: 4, accuracy: 0.5 } },
      medianMicros: 5,
      p99Micros: 5,
      confusions: [
        { expected: 'late_fee', found: 'out_of_scope', n: 1, example: 'fee' },
        { expected: 'out_of_scope', found: 'late_fee', n: 1, example: 'rain' },
      ],
      expectedCalibrationError: 0.3,
      reliability: expect.arrayContaining([{ from: 0.8, to: 0.9, n: 4, confidence: 0.8, accuracy: 0.5 }]),
    });
    expect(report.reliability).toHaveLength(10);
    expect(misses.map(({ text }) => text)).toEqual(['fee', 'rain']);
  });

  it.each([
    ['not json', /^a\.jsonl, line 2: this is not JSON\.$/],
    ['{"text":"a","lang":"fr","topic":"help"}', /^a\.jsonl, line 2: lang: /],
    ['{"text":"a","lang":"ko","topic":"weather"}', /^a\.jsonl, line 2: topic: /],
    ['{"lang":"ko","topic":"help"}', /^a\.jsonl, line 2: text: /],
  ])('names file and line for %s', (line, sentence) => {
    const content = `{"text":"a","lang":"ko","topic":"help"}\n${line}\n`;

    expect(() => parseLabelledMessages(content, 'a.jsonl')).toThrow(sentence);
  });

  it('refuses a file without lines', () => {
    expect(() => parseLabelledMessages('\n\n', 'a.jsonl')).toThrow('a.jsonl has no lines to evaluate.');
  });
});

describe('command line', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
    buildSync({
      entryPoints: ['ask', 'eval'].map((name) => path.join(root, 'bot', 'cli', `${name}.ts`)),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: folder,
      logLevel: 'error',
    });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function run(name: string, ...args: string[]) {
    return spawnSync(process.execPath, [path.join(folder, `${name}.js`), ...args], {
      cwd: root,
      encoding: 'utf8',
      timeout: 15_000,
    });
  }

  it('ask tells what it understood, as JSON on request', () => {
    const { stdout, status } = run('ask', '--json', '미납요금', '3만원', '얼마예요');

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      topic: expect.any(String),
      confidence: expect.any(Number),
      alternatives: expect.any(Array),
      entities: [{ type: 'amount', value: 30_000 }],
      language: 'ko',
      decision: expect.any(String),
    });
  });

  it('eval measures a file', () => {
    const file = path.join(folder, 'good.jsonl');
    writeFileSync(file, '{"text":"연체료 얼마예요","lang":"ko","topic":"late_fee"}\n');

    const { stdout, status } = run('eval', '--json', file);

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ n: 1, accuracy: 1, byLang: { ko: 1 }, misses: [] });
  });

  it('eval draws a page that needs nothing else, whatever the messages hold', () => {
    const file = path.join(folder, 'hostile.jsonl');
    const page = path.join(folder, 'report.html');
    writeFileSync(
      file,
      [
        '{"text":"<script>alert(1)</script>","lang":"en","topic":"late_fee"}',
        '{"text":"연체료 얼마예요","lang":"ko","topic":"late_fee"}',
      ].join('\n'),
    );

    const { stdout, status } = run('eval', '--html', page, file);

    expect(status).toBe(0);
    expect(stdout).toContain('calibration error');
    expect(stdout).toContain('confusions');
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/<svg viewBox.*<rect.*<\/svg>/s);
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).not.toMatch(/<script|\bsrc=|https?:/);
  });

  it('eval draws the learning curve', () => {
    const file = path.join(folder, 'curve.jsonl');
    writeFileSync(file, '{"text":"연체료 얼마예요","lang":"ko","topic":"late_fee"}\n');

    const { stdout, status } = run('eval', '--learning-curve', '--json', file);

    expect(status).toBe(0);
    const points = z
      .array(z.object({ perTopic: z.number().nullable(), examples: z.number() }))
      .parse(JSON.parse(stdout));
    expect(points.map(({ perTopic }) => perTopic)).toEqual([4, 8, 16, 32, 64, null]);
    expect(points.map(({ examples }) => examples)).toEqual(
      points.map(({ examples }) => examples).sort((one, other) => one - other),
    );
  });

  it.each([
    [['--wrong', 'a.jsonl']],
    [[]],
    [['a.jsonl', 'b.jsonl']],
    [['--learning-curve', '--html', 'x', 'a.jsonl']],
  ])('eval explains itself for %j', (args) => {
    const { stderr, status } = run('eval', ...args);

    expect(status).toBe(1);
    expect(stderr).toMatch(/^Usage: npm run eval /);
  });

  it('eval says in one sentence what is wrong, and fails', () => {
    const file = path.join(folder, 'bad.jsonl');
    writeFileSync(file, '{"text":1}\n');

    const bad = run('eval', file);
    const missing = run('eval', path.join(folder, 'none.jsonl'));

    expect(bad.status).toBe(1);
    expect(bad.stderr.trim()).toMatch(/bad\.jsonl, line 1: text: [^\n]+$/);
    expect(missing.status).toBe(1);
    expect(missing.stderr.trim()).toMatch(/none\.jsonl cannot be read\.$/);
  });
});
