import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { checkContent } from '../../../services/content/checkContent';
import { checkConcepts } from '../../../services/content/lexiconChecks';
import { checkLinksOnline } from '../../../services/content/linkChecks';
import type { IntentRecognizer } from '../../../services/intent/intent';
import type { IntentExample } from '../../../services/intent/intentExamples';
import { trainIntentRecognizer } from '../../../services/intent/intentRecognizer';
import { DataFolder } from './dataFolder';

/** Is sure of nothing: keeps the slow check of look-alikes out of the others. */
const unsure: IntentRecognizer = {
  recognize: () => ({
    topic: 'out_of_scope',
    confidence: 0.1,
    alternatives: [],
    entities: [],
    language: 'ko',
    decision: 'unknown',
  }),
};

let data: DataFolder;

beforeEach(() => {
  data = new DataFolder(2);
});

afterEach(() => data.remove());

const check = () => checkContent(data.path, { learn: () => unsure, online: false });

describe('our own content', () => {
  it('has no errors', async () => {
    const learn = jest.fn((examples: readonly IntentExample[], lexicon) =>
      trainIntentRecognizer(examples, lexicon, {
        calibration: { temperature: 1, sureAt: 0.5, unknownBelow: 0.25 },
      }),
    );
    const findings = await checkContent(path.resolve(__dirname, '../../../data'), { learn, online: false });

    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(learn).toHaveBeenCalledTimes(4);
  }, 60_000);
});

describe('spoiled content', () => {
  it.each<[string, string, string | RegExp, string, object]>([
    [
      'a claim that does not exist',
      'faq.json',
      '"claims": ["S4"]',
      '"claims": ["S99"]',
      {
        severity: 'error',
        check: 'claims',
        file: 'faq.json',
        problem: 'The claim S99 does not exist in claims.json.',
      },
    ],
    [
      'a number without a source',
      'faq.json',
      '24시간 언제든지 볼 수 있어요.',
      '23시간 언제든지 볼 수 있어요.',
      { severity: 'error', check: 'claims', problem: "The number 23 is in none of the sentence's claims." },
    ],
    ['a claim that nobody says', 'faq.json', /"claims": \["S2"\]/, '"claims": ["S1"]', { severity: 'error' }],
    [
      'a text without its translation',
      'channels.json',
      '"name": "MyKT app"',
      '"name": "마이케이티 앱"',
      { severity: 'error', check: 'translations', file: 'channels.json', place: 'channels[0].texts.en.name' },
    ],
    [
      'a missing translation',
      'channels.json',
      '"name": "MyKT app",',
      '',
      { severity: 'error', check: 'shape', file: 'channels.json', place: 'channels[0].texts.en.name' },
    ],
    [
      'a text that is too long',
      'faq.json',
      '가장 간편한 방법은 마이케이티 앱이에요.',
      `${'가장 간편한 방법은 '.repeat(8)}마이케이티 앱이에요.`,
      { severity: 'warning', check: 'length', file: 'faq.json' },
    ],
    [
      'a link to somewhere else',
      'channels.json',
      'https://apps.apple.com/',
      'https://apps.example.com/',
      {
        severity: 'warning',
        check: 'links',
        problem: 'apps.example.com is not among the hosts we send customers to.',
      },
    ],
    [
      'a link in the clear',
      'helplines.json',
      'https://',
      'http://',
      { severity: 'error', file: 'helplines.json' },
    ],
    [
      'a message under two topics',
      'intents.json',
      '"미납 확인 경로"',
      '"밀린 요금을 앱으로 보기!!", "style": "keyword" }, { "text": "상담원연결해주세요"',
      { severity: 'error', check: 'duplicates' },
    ],
    [
      'a message twice in a topic',
      'intents.json',
      '{ "text": "미납 확인 경로", "style": "keyword" }',
      '{ "text": "미납 확인 경로", "style": "keyword" }, { "text": "미납확인 경로?", "style": "keyword" }',
      {
        severity: 'warning',
        check: 'duplicates',
        problem: '"미납확인 경로?" repeats "미납 확인 경로" of the same topic.',
      },
    ],
    [
      'a message that is asked back about, and means something elsewhere',
      'lexicon.json',
      '"texts": [',
      '"texts": ["미납 확인 경로",',
      {
        severity: 'error',
        check: 'duplicates',
        problem: '"미납 확인 경로" is asked back about here and means check_methods elsewhere.',
      },
    ],
    [
      'an exact message with two meanings',
      'lexicon.json',
      '"overdue_help": ["연체됐어요",',
      '"overdue_help": ["연체됐어요", "리마인더",',
      { severity: 'error', check: 'duplicates', file: 'lexicon.json' },
    ],
    [
      'somebody’s number',
      'intents.json',
      '"미납 확인 경로"',
      '"010-1234-5678 미납"',
      { severity: 'error', check: 'shape', problem: 'The example holds personal data: phoneNumber.' },
    ],
    [
      'a concept that nobody uses',
      'lexicon.json',
      '"concepts": {',
      '"concepts": { "UNUSED": { "ko": ["쀍쀍쀍"], "en": [] },',
      { severity: 'warning', check: 'concepts', problem: 'No example mentions the concept UNUSED.' },
    ],
    [
      'a word twice in a concept',
      'lexicon.json',
      '"concepts": {',
      '"concepts": { "TWICE": { "ko": ["쀍쀍", "쀍 쀍"], "en": [] },',
      { severity: 'warning', check: 'concepts', problem: '"쀍 쀍" stands twice in the concept TWICE.' },
    ],
    ['a broken file', 'holidays.json', '{', '', { severity: 'error', check: 'shape', file: 'holidays.json' }],
  ])('%s is named', async (_, file, from, to, finding) => {
    data.replace(file, from, to);

    expect(await check()).toContainEqual(expect.objectContaining(finding));
  });

  it('names every wrong place of a file at once', async () => {
    data.replace('faq.json', '"kind": "limit"', '"kind": "guess"');
    data.replace('faq.json', '"topic": "check_app"', '"topic": "check_fax"');

    const places = (await check()).filter(({ check }) => check === 'shape').map(({ place }) => place);
    expect(places).toEqual(expect.arrayContaining(['articles[1].topic', expect.stringMatching(/\.kind$/)]));
  });

  it('names the missing style', async () => {
    data.replace('intents.json', /"style": "voice"/g, '"style": "casual"');

    expect(await check()).toContainEqual(
      expect.objectContaining({
        check: 'styles',
        place: 'topics.late_fee.ko',
        problem: 'late_fee has no example in "ko" of the style voice.',
      }),
    );
  });
});

describe('examples that look like another topic’s', () => {
  it('are named with both topics and the nearest example', async () => {
    data.replace(
      'intents.json',
      '{ "text": "미납 확인 경로"',
      '{ "text": "상담원 바로 연결해 주세요 지금요", "style": "casual" }, { "text": "미납 확인 경로"',
    );
    const findings = await checkContent(data.path, {
      learn: (examples, lexicon) =>
        trainIntentRecognizer(examples, lexicon, {
          calibration: { temperature: 1, sureAt: 0.5, unknownBelow: 0.25 },
        }),
      online: false,
    });

    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'lookalikes',
        problem: expect.stringMatching(
          /^"상담원 바로 연결해 주세요 지금요" of check_methods looks like human_agent \(.*상담원.*stands\.$/,
        ),
      }),
    );
  }, 60_000);
});

describe('concepts', () => {
  it('count as used where a message rules them out', () => {
    const lexicon = {
      version: 1 as const,
      concepts: {
        APP: { ko: ['앱'], en: [], contrast: true },
        WEB: { ko: ['홈페이지'], en: [], contrast: true },
      },
      exact: {},
      contrast: { koAfter: ['말고'], koAfterShort: [], enBefore: [] },
      ambiguous: [],
      lookalikes: { ko: { ours: [], others: [] }, en: { ours: [], others: [] } },
    };
    const example = { text: '앱 말고 홈페이지', topic: 'check_web', language: 'ko', style: 'hard' } as const;

    expect(checkConcepts(lexicon, [example])).toEqual([]);
    expect(checkConcepts(lexicon, []).map(({ place }) => place)).toEqual(['concepts.APP', 'concepts.WEB']);
  });
});

describe('links, asked online', () => {
  it('are errors where nothing is and warnings where nobody answers a HEAD', async () => {
    const asked: string[] = [];
    const server = createServer((req, res) => {
      asked.push(`${req.method} ${req.url}`);
      if (req.url === '/hang') return;
      res.writeHead(Number(req.url?.slice(1)));
      res.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const links = ['/200', '/404', '/405', '/500', '/hang', '/200'].map((to, at) => ({
      file: 'channels.json',
      place: `links[${at}]`,
      url: base + to,
      forCustomers: true,
    }));

    const findings = await checkLinksOnline(links, { timeoutMs: 2_000 });
    server.closeAllConnections();
    server.close();

    expect(findings.map(({ severity, place }) => [severity, place])).toEqual([
      ['error', 'links[1]'],
      ['warning', 'links[2]'],
      ['warning', 'links[3]'],
      ['error', 'links[4]'],
    ]);
    expect(asked.filter((one) => one === 'HEAD /200')).toHaveLength(1);
  });
});
