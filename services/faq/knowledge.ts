import { join } from 'node:path';
import { dataFileError, deepFreeze, readDataFile } from '../dataFile';
import type { FaqTopic, Language } from '../intent/intent';
import { faqTopics, languages } from '../intent/intent';
import type { ChannelId, Claim, ClaimId, FaqArticle, FaqStore, ServiceChannel, SourcedSentence } from './faq';
import { channelsFile, claimsFile, faqFile } from './knowledgeSchema';

type JsonPath = readonly (string | number)[];

const channelIds: readonly ChannelId[] = ['app', 'web', 'phone', 'store'];

/** Everything the bot may say about the carrier, checked and frozen. Made by `loadKnowledge`. */
export class Knowledge implements FaqStore {
  constructor(
    private readonly claimsById: ReadonlyMap<ClaimId, Claim>,
    private readonly articlesByTopic: ReadonlyMap<FaqTopic, FaqArticle>,
    private readonly channelsById: ReadonlyMap<ChannelId, ServiceChannel>,
  ) {
    Object.freeze(this);
  }

  /** The article of a topic. Every topic has one: `loadKnowledge` refuses files where it does not. */
  article(topic: FaqTopic): FaqArticle {
    return found(this.articlesByTopic.get(topic), topic);
  }

  channel(id: ChannelId): ServiceChannel {
    return found(this.channelsById.get(id), id);
  }

  /** In the order of `data/channels.json`. */
  channels(): readonly ServiceChannel[] {
    return Object.freeze([...this.channelsById.values()]);
  }

  /** In the order of `data/claims.json`. */
  claims(): readonly Claim[] {
    return Object.freeze([...this.claimsById.values()]);
  }
}

/**
 * Reads `claims.json`, `faq.json` and `channels.json` of a folder and checks them against one another: an
 * article a topic, every claim known, and every claim said in both languages.
 * @param dataDir folder of the three files
 * @throws ConfigurationError naming the file and the place in it, in one sentence
 */
export function loadKnowledge(dataDir: string): Knowledge {
  const files = {
    claims: join(dataDir, 'claims.json'),
    faq: join(dataDir, 'faq.json'),
    channels: join(dataDir, 'channels.json'),
  };
  const claims: readonly Claim[] = readDataFile(files.claims, claimsFile).claims;
  const articles: readonly FaqArticle[] = readDataFile(files.faq, faqFile).articles;
  const channels: readonly ServiceChannel[] = readDataFile(files.channels, channelsFile).channels;

  refuseDuplicates(files.claims, claims, 'claims', 'id');
  refuseDuplicates(files.faq, articles, 'articles', 'topic');
  refuseDuplicates(files.channels, channels, 'channels', 'id');
  const claimsById = new Map(claims.map((claim) => [claim.id, claim]));
  const articlesByTopic = new Map(articles.map((article) => [article.topic, article]));
  const channelsById = new Map(channels.map((channel) => [channel.id, channel]));
  refuseGaps(files.faq, 'articles', faqTopics, articlesByTopic);
  refuseGaps(files.channels, 'channels', channelIds, channelsById);
  articles.forEach((article, index) => {
    refuseRepeats(files.faq, ['articles', index, 'channels'], article.channels);
    refuseRepeats(files.faq, ['articles', index, 'next'], article.next);
    const own = article.next.indexOf(article.topic);
    if (own >= 0)
      throw dataFileError(files.faq, ['articles', index, 'next', own], 'leads back to its own topic');
  });

  for (const language of languages) {
    const said = new Set<ClaimId>();
    const check = (file: string) => (sentence: SourcedSentence, path: JsonPath) => {
      refuseRepeats(file, [...path, 'claims'], sentence.claims);
      sentence.claims.forEach((id, index) => {
        if (!claimsById.has(id)) throw dataFileError(file, [...path, 'claims', index], `unknown claim ${id}`);
        said.add(id);
      });
    };
    eachArticleSentence(articles, language, check(files.faq));
    eachChannelSentence(channels, language, check(files.channels));
    claims.forEach(({ id }, index) => {
      if (!said.has(id))
        throw dataFileError(
          files.claims,
          ['claims', index, 'id'],
          `no sentence in "${language}" says claim ${id}`,
        );
    });
  }

  for (const list of [claims, articles, channels]) deepFreeze(list);
  return new Knowledge(claimsById, articlesByTopic, channelsById);
}

type SentenceVisitor = (sentence: SourcedSentence, path: JsonPath) => void;

function eachArticleSentence(articles: readonly FaqArticle[], language: Language, visit: SentenceVisitor) {
  articles.forEach((article, a) => {
    article.answers[language].sentences.forEach((sentence, s) => {
      visit(sentence, ['articles', a, 'answers', language, 'sentences', s]);
    });
  });
}

function eachChannelSentence(
  channels: readonly ServiceChannel[],
  language: Language,
  visit: SentenceVisitor,
) {
  channels.forEach((channel, c) => {
    const { name, ...said } = channel.texts[language];
    for (const [key, value] of Object.entries(said)) {
      const path = ['channels', c, 'texts', language, key];
      if (isList(value)) value.forEach((sentence, s) => void visit(sentence, [...path, s]));
      else if (value) visit(value, path);
    }
  });
}

function isList<T>(value: T | readonly T[] | undefined): value is readonly T[] {
  return Array.isArray(value);
}

function refuseDuplicates<Key extends string>(
  file: string,
  entries: readonly Readonly<Record<Key, string>>[],
  list: string,
  key: Key,
) {
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const value = entry[key];
    if (seen.has(value)) throw dataFileError(file, [list, index, key], `duplicate "${value}"`);
    seen.add(value);
  });
}

function refuseRepeats(file: string, path: JsonPath, values: readonly string[]) {
  const index = values.findIndex((value, at) => values.indexOf(value) < at);
  if (index >= 0) throw dataFileError(file, [...path, index], `duplicate "${values[index]}"`);
}

function refuseGaps<Key extends string>(
  file: string,
  list: string,
  wanted: readonly Key[],
  present: ReadonlyMap<Key, unknown>,
) {
  const absent = wanted.find((key) => !present.has(key));
  if (absent !== undefined) throw dataFileError(file, [list], `there is no entry for "${absent}"`);
}

function found<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new RangeError(`no knowledge of ${key}`);
  return value;
}
