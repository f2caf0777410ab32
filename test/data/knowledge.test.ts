import { join } from 'node:path';
import type { ClaimId, SourcedSentence } from '../../services/faq/faq';
import { loadKnowledge } from '../../services/faq/knowledge';
import { faqTopics, type Language } from '../../services/intent/intent';
import { claimWords } from './claimWords';

const knowledge = loadKnowledge(join(__dirname, '../../data'));
const articles = faqTopics.map((topic) => knowledge.article(topic));
const languages: readonly Language[] = ['ko', 'en'];
const claimText = new Map(knowledge.claims().map(({ id, text }) => [id, text]));

const answerSentences = (language: Language) =>
  articles.flatMap(({ answers }) => answers[language].sentences);
const channelSentences = (language: Language): SourcedSentence[] =>
  knowledge.channels().flatMap(({ texts }) => {
    const { summary, pros, cons, bring, cost, hours, limits = [] } = texts[language];
    return [
      summary,
      ...pros,
      ...cons,
      ...[bring, cost, hours].filter((part) => part !== undefined),
      ...limits,
    ];
  });
const everySentence = (language: Language) => [...answerSentences(language), ...channelSentences(language)];

/** Everything a customer can read out of `data/`, with titles, names and button labels. */
const everyText = (language: Language) => [
  ...everySentence(language).map(({ text }) => text),
  ...articles.map(({ answers }) => answers[language].title),
  ...knowledge
    .channels()
    .flatMap(({ texts, actions }) => [texts[language].name, ...actions.map(({ label }) => label[language])]),
];

/** The texts that break a rule; tests expect none, and a failure prints them. */
const offending = (texts: readonly string[], breaks: (text: string) => boolean) => texts.filter(breaks);

describe('the claims', () => {
  it('are S1 to S50', () => {
    expect(knowledge.claims().map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, i) => `S${i + 1}`));
    expect(Object.keys(claimWords)).toHaveLength(50);
  });

  it.each(knowledge.claims().map(({ id }) => id))(
    '%s is said by an answer, in its words, in both languages',
    (id) => {
      for (const language of languages) {
        const said = answerSentences(language).filter(({ claims }) => claims.includes(id));
        expect(said.map(({ text }) => text).join('\n')).toMatch(claimWords[id]?.[language] ?? /$^/);
      }
    },
  );
});

describe.each(languages)('what customers read in "%s"', (language) => {
  it('rests on a claim wherever it states a fact, and states none wherever it does not', () => {
    for (const { kind, claims, text } of everySentence(language)) {
      if (kind === 'fact') expect([text, claims.length]).not.toEqual([text, 0]);
      else expect([text, claims, /\d/.test(text)]).toEqual([text, [], false]);
    }
  });

  it('holds no number that its claims do not hold', () => {
    const numbers = (text: string) => text.match(/\d+(?:[-:.,]\d+)*/g) ?? [];
    for (const { text, claims } of everySentence(language)) {
      const sourced = claims.flatMap((id) => numbers(claimText.get(id)?.[language] ?? ''));
      expect([text, numbers(text).filter((number) => !sourced.includes(number))]).toEqual([text, []]);
    }
  });

  it('holds no figure spelled out, no rate and no amount', () => {
    const spelled =
      /(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇)\s?(달|번|개월|주|시간|분|일|회)(?![가-힣])|\b(one|two|three|four|five|six|seven|eight|nine|ten)\s+(day|week|month|hour|minute|time)s?\b/i;
    const rate = /%|％|퍼센트|프로\b|percent|\d\s?원|won\b|₩/i;
    expect(offending(everyText(language), (text) => spelled.test(text) || rate.test(text))).toEqual([]);
  });

  it('is short enough to read aloud', () => {
    const tooLong = (text: string) => (language === 'ko' ? text.length > 60 : text.split(/\s+/).length > 25);
    expect(offending(everyText(language), tooLong)).toEqual([]);
    for (const { topic, answers } of articles)
      expect([topic, answers[language].sentences.length <= 6]).toEqual([topic, true]);
  });

  it('says one sentence at a time', () => {
    const whole = language === 'ko' ? /^[^.!?]+요\.$/ : /^[A-Z\d](?:[^.!?]|[ap]\.m\.)*(?:\.|(?<=p\.m\.))$/;
    expect(
      offending(
        everySentence(language).map(({ text }) => text),
        (text) => !whole.test(text),
      ),
    ).toEqual([]);
  });

  it('keeps to its own language', () => {
    const foreign = (text: string) =>
      language === 'ko'
        ? !/[가-힣]/.test(text) || /[A-Za-z]/.test(text.replace(/\b(KT|PC)(?![A-Za-z])/g, ''))
        : /[가-힣ㄱ-ㅎ]/.test(text.replace(/\([가-힣 ]+\)/g, ''));
    expect(offending(everyText(language), foreign)).toEqual([]);
  });

  it('has none of the furniture of the source page', () => {
    const furniture =
      /contents|목차|참고|삼척|공공근로|iM\s?뱅크|아이엠뱅크|국민은행|제주|구인|대전|서구|Samcheok|Kookmin|Jeju|Daejeon/i;
    expect(offending(everyText(language), (text) => furniture.test(text))).toEqual([]);
  });

  it('neither blames nor threatens', () => {
    const harsh =
      /법적|조치|추심|압류|신용|불이익|독촉|고객님 잘못|부주의|체납자|legal|court|credit|debt|your fault|failed to|must pay/i;
    expect(offending(everyText(language), (text) => harsh.test(text))).toEqual([]);
  });

  it('names 114 only together with a KT mobile phone, for it is another service elsewhere', () => {
    const bare = (text: string) => /114/.test(text) && !/KT (휴대폰|mobile)/.test(text);
    expect(offending(everyText(language), bare)).toEqual([]);
  });
});

describe('an article', () => {
  it.each(articles)('$topic says the same in both languages, sentence by sentence', ({ answers }) => {
    const outline = (language: Language) =>
      answers[language].sentences.map(({ kind, claims }) => ({ kind, claims }));
    expect(outline('en')).toEqual(outline('ko'));
  });

  it.each(['late_fee', 'suspension', 'payment_delay', 'check_store', 'check_phone', 'pay_methods'] as const)(
    '%s admits the figure it does not have',
    (topic) => {
      const kinds = knowledge.article(topic).answers.ko.sentences.map(({ kind }) => kind);
      expect(kinds).toContain('limit');
    },
  );

  it('about identity says that this chat takes no resident registration number', () => {
    const { ko, en } = knowledge.article('identity_check').answers;
    const self = (sentences: readonly SourcedSentence[]) =>
      sentences.filter(({ kind }) => kind === 'self')[0]?.text;
    expect(self(ko.sentences)).toContain('주민등록번호를 받지 않으니');
    expect(self(en.sentences)).toContain('never takes a resident registration number');
  });

  it('about shops names KT Plaza and agencies, and asks for the identity card', () => {
    const text = knowledge
      .article('check_store')
      .answers.ko.sentences.map((sentence) => sentence.text)
      .join(' ');
    expect(text).toContain('KT 플라자나 대리점');
    expect(text).toContain('신분증');
  });
});

describe('a channel', () => {
  it.each(knowledge.channels())('$id says the same in both languages', ({ texts }) => {
    const outline = (language: Language) =>
      JSON.stringify(texts[language], (key, value) => (key === 'text' || key === 'name' ? undefined : value));
    expect(outline('en')).toBe(outline('ko'));
  });

  it('is said to take payments only where a claim says so', () => {
    const payClaims: readonly ClaimId[] = ['S31', 'S34'];
    for (const { id, canPay, texts } of knowledge.channels()) {
      const claims = [texts.ko.summary, ...texts.ko.pros].flatMap((sentence) => sentence.claims);
      expect([id, canPay]).toEqual([id, claims.some((claim) => payClaims.includes(claim))]);
    }
  });

  it('promises round-the-clock service only in the app', () => {
    const always = knowledge.channels().filter(({ texts }) => texts.ko.hours?.claims.includes('S9'));
    expect(always.map(({ id }) => id)).toEqual(['app']);
    expect(knowledge.channel('phone').hours).toEqual({
      days: [1, 2, 3, 4, 5],
      openMinute: 9 * 60,
      closeMinute: 18 * 60,
      closedOnPublicHolidays: true,
    });
    expect(knowledge.channel('store')).toMatchObject({ hoursVary: true });
    expect(knowledge.channel('store').hours).toBeUndefined();
  });

  it('links only to known pages and dials only the two numbers, telling what each costs', () => {
    const actions = knowledge.channels().flatMap((channel) => channel.actions);
    const hosts = actions.flatMap((action) => (action.kind === 'open' ? [new URL(action.url).host] : []));
    expect(hosts.sort()).toEqual(['apps.apple.com', 'my.kt.com', 'play.google.com', 'www.kt.com']);
    const calls = actions.flatMap((action) => (action.kind === 'call' ? [action] : []));
    expect(calls.map((call) => [call.phoneNumber, call.label.ko, call.label.en])).toEqual([
      ['114', '114 걸기 (KT 휴대폰, 무료)', 'Call 114 (KT mobile, free)'],
      ['15880010', '1588-0010 걸기 (다른 전화, 유료)', 'Call 1588-0010 (other phones, charged)'],
    ]);
  });
});
