import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../../services/errors';
import { loadKnowledge } from '../../../services/faq/knowledge';
import { faqTopics } from '../../../services/intent/intent';

const realData = join(__dirname, '../../../data');
const files = ['claims.json', 'faq.json', 'channels.json'] as const;
type File = (typeof files)[number];

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'knowledge-'));
  for (const file of files) cpSync(join(realData, file), join(dataDir, file));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function edit(file: File, change: (text: string) => string) {
  const path = join(dataDir, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

/** Changes the first place where `from` stands. */
const swap = (from: string, to: string) => (text: string) => text.replace(from, () => to);

function failure(): unknown {
  try {
    loadKnowledge(dataDir);
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectSentence(file: File, place: string) {
  const error = failure();
  expect(error).toBeInstanceOf(ConfigurationError);
  const message = error instanceof Error ? error.message : '';
  expect(message).toContain(join(dataDir, file));
  expect(message).toContain(place);
  expect(message).toMatch(/^[^\n]+\.$/);
}

const s48 =
  '{ "text": "앱, 홈페이지, 전화, KT 플라자나 대리점에서 확인할 수 있어요.", "claims": ["S48", "S31"] }';
const firstKo = 'articles[0].answers.ko.sentences[0]';
const extraClaim = '{ "id": "S51", "topics": ["FAQ"], "type": "F", "text": { "ko": "가", "en": "a" } }';

const wrong: readonly [what: string, file: File, change: (text: string) => string, place: string][] = [
  ['truncated JSON', 'faq.json', (text) => text.slice(0, 2_000), 'is not valid JSON'],
  ['an empty file', 'claims.json', () => '', 'is not valid JSON'],
  ['a file that says null', 'channels.json', () => 'null', 'missing or holds nothing'],
  ['a list where an object belongs', 'claims.json', () => '[]', 'at the top level: '],
  ['another version', 'faq.json', swap('"version": 1', '"version": 2'), 'at version: '],
  ['a misspelt key', 'faq.json', swap('"claims": ["S48', '"claim": ["S48'), `at ${firstKo}`],
  [
    'an unknown claim',
    'faq.json',
    swap('"S48", "S31"', '"S48", "S99"'),
    `at ${firstKo}.claims[1]: unknown claim S99`,
  ],
  ['a malformed claim id', 'faq.json', swap('"S48"', '"48"'), `at ${firstKo}.claims[0]: claim ids read`],
  ['a fact without a claim', 'faq.json', swap('["S48", "S31"]', '[]'), `at ${firstKo}.claims: a fact needs`],
  ['an unknown kind', 'faq.json', swap('"kind": "limit"', '"kind": "rumour"'), 'unknown kind "rumour"'],
  [
    'a limit with a claim',
    'faq.json',
    swap('"kind": "limit", "claims": []', '"kind": "limit", "claims": ["S1"]'),
    '.claims: a sentence of kind limit has no claims',
  ],
  [
    'a limit with a digit',
    'faq.json',
    swap(s48, `{ "text": "3일인지 몰라요.", "kind": "limit", "claims": [] }, ${s48}`),
    `at ${firstKo}.text: a sentence of kind limit has no digits`,
  ],
  [
    'the same claim twice in a sentence',
    'faq.json',
    swap('"S48", "S31"', '"S48", "S48"'),
    `at ${firstKo}.claims[1]: duplicate "S48"`,
  ],
  [
    'an empty text',
    'faq.json',
    swap('"미납요금은 이렇게 확인해요"', '"  "'),
    'at articles[0].answers.ko.title: a text must not be empty',
  ],
  [
    'an unknown topic in next',
    'faq.json',
    swap('"unpaid_balance", "check_app"', '"unpaid_balanse", "check_app"'),
    'at articles[0].next[0]: unknown topic "unpaid_balanse"',
  ],
  [
    'a next question twice',
    'faq.json',
    swap('"unpaid_balance", "check_app"', '"check_app", "check_app"'),
    'at articles[0].next[1]: duplicate "check_app"',
  ],
  [
    'an article that leads to itself',
    'faq.json',
    swap('"unpaid_balance", "check_app"', '"check_methods", "check_app"'),
    'at articles[0].next[0]: leads back',
  ],
  [
    'an article of an unknown topic',
    'faq.json',
    swap('"topic": "late_fee"', '"topic": "late_fees"'),
    'at articles[6].topic: unknown topic "late_fees"',
  ],
  [
    'two articles of one topic',
    'faq.json',
    swap('"topic": "late_fee"', '"topic": "suspension"'),
    'at articles[7].topic: duplicate "suspension"',
  ],
  [
    'an unknown channel below an answer',
    'faq.json',
    swap('["app", "web", "phone", "store"]', '["fax"]'),
    'at articles[0].channels[0]: unknown channel "fax"',
  ],
  [
    'a claim that nobody says',
    'claims.json',
    swap('"claims": [', `"claims": [ ${extraClaim},`),
    'at claims[0].id: no sentence in "ko" says claim S51',
  ],
  ['a claim twice', 'claims.json', swap('"id": "S2"', '"id": "S1"'), 'at claims[1].id: duplicate "S1"'],
  [
    'an unknown claim type',
    'claims.json',
    swap('"type": "F"', '"type": "X"'),
    'at claims[0].type: unknown claim type "X"',
  ],
  [
    'a channel twice',
    'channels.json',
    swap('"id": "web"', '"id": "app"'),
    'at channels[1].id: duplicate "app"',
  ],
  [
    'an unknown claim of a channel',
    'channels.json',
    swap('["S7", "S8"]', '["S7", "S80"]'),
    'at channels[0].texts.ko.summary.claims[1]: unknown claim S80',
  ],
  [
    'a link without encryption',
    'channels.json',
    swap('https://my.kt.com/', 'http://my.kt.com/'),
    'at channels[1].actions[0].url: ',
  ],
  [
    'a phone number with dashes',
    'channels.json',
    swap('"15880010"', '"1588-0010"'),
    'at channels[2].actions[1].phoneNumber: digits only',
  ],
  [
    'hours that close before they open',
    'channels.json',
    swap('"closeMinute": 1080', '"closeMinute": 480'),
    'at channels[2].hours.closeMinute: closing comes after',
  ],
  ['hours without a day', 'channels.json', swap('[1, 2, 3, 4, 5]', '[]'), 'at channels[2].hours.days: '],
  [
    'a fact among the limits',
    'channels.json',
    swap('"kind": "limit", "claims": []', '"claims": ["S30"]'),
    'at channels[2].texts.ko.limits[0].kind: only sentences of kind limit',
  ],
];

describe('loading the knowledge', () => {
  it('has an article for every topic and the four channels', () => {
    const knowledge = loadKnowledge(dataDir);
    expect(faqTopics.map((topic) => knowledge.article(topic).topic)).toEqual([...faqTopics]);
    expect(knowledge.channels().map(({ id }) => id)).toEqual(['app', 'web', 'phone', 'store']);
    expect(knowledge.channel('store').texts.ko.name).toBe('KT 플라자·대리점');
  });

  it('hands out what nobody can change', () => {
    const knowledge = loadKnowledge(dataDir);
    const article = knowledge.article('late_fee');
    const shared = [
      knowledge,
      knowledge.channels(),
      knowledge.claims(),
      article,
      article.next,
      article.answers.ko,
    ];
    expect(shared.map((part) => Object.isFrozen(part))).toEqual(shared.map(() => true));
    expect(() => Object.assign(article.answers.ko.sentences[0] ?? {}, { text: '공짜예요.' })).toThrow(
      TypeError,
    );
    expect(knowledge.article('late_fee').answers.ko.sentences[0]?.text).toContain('연체료');
  });

  it.each(files)('names %s when it is missing', (file) => {
    rmSync(join(dataDir, file));
    expectSentence(file, 'missing');
  });

  it('names a file that cannot be read', () => {
    rmSync(join(dataDir, 'faq.json'));
    mkdirSync(join(dataDir, 'faq.json'));
    expectSentence('faq.json', 'cannot be read');
  });

  it.each(wrong)('refuses %s, naming the file and the place', (_what, file, change, place) => {
    edit(file, change);
    expectSentence(file, place);
  });

  it('misses an article or a channel that was left out', () => {
    edit('faq.json', (text) => {
      const { articles, ...rest }: { articles: unknown[] } = JSON.parse(text);
      return JSON.stringify({ ...rest, articles: articles.slice(0, -1) });
    });
    expectSentence('faq.json', 'at articles: there is no entry for "pay_methods"');
    cpSync(join(realData, 'faq.json'), join(dataDir, 'faq.json'));
    edit('channels.json', (text) => {
      const { channels, ...rest }: { channels: unknown[] } = JSON.parse(text);
      return JSON.stringify({ ...rest, channels: channels.slice(0, -1) });
    });
    expectSentence('channels.json', 'at channels: there is no entry for "store"');
  });

  it('misses a claim that only the Korean answers say', () => {
    edit('faq.json', (text) =>
      text.replace('late fee may be added, so please keep an eye on the date.", "claims": ["S50"]', (said) =>
        said.replace('S50', 'S42'),
      ),
    );
    expectSentence('claims.json', 'at claims[49].id: no sentence in "en" says claim S50');
  });
});
