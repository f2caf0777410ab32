import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Language, Topic } from '../services/intent/intent';
import { topics } from '../services/intent/intent';
import type { IntentExample } from '../services/intent/intentExamples';

/** nlp.js's name for "nothing of ours"; a topic of that name is learned like the others. */
const none = 'None';

/** The parts of nlp.js that are used here. */
interface Nlp {
  settings: Record<string, unknown>;
  addLanguage(language: Language): void;
  addDocument(language: Language, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: Language, text: string): Promise<unknown>;
  export(minified: boolean): string;
}
interface Modules {
  containerBootstrap(): Promise<{ use(plugin: unknown): void; get(name: 'nlp'): Nlp }>;
  Nlp: unknown;
  LangKo: unknown;
  LangEn: unknown;
}

const answer = z.object({ intent: z.string() });

/** nlp.js 4, with its Korean and English parts: the library that a project like this one would take otherwise. */
export class NlpjsPeer {
  private constructor(
    private readonly nlp: Nlp,
    /** The learned model as text, and packed with gzip. */
    readonly bytes: { readonly model: number; readonly gzipped: number },
  ) {}

  /** Learns from the examples, in this process, offline. */
  static async learn(root: string, examples: readonly IntentExample[]): Promise<NlpjsPeer> {
    // It finds its own parts at run time, which a bundle would hide from it.
    // Its parts one by one: `@nlpjs/basic` itself starts a logger that warns of its own age.
    const load = createRequire(path.join(root, 'node_modules', '@nlpjs', 'basic', 'package.json'));
    const { containerBootstrap, Nlp, LangKo, LangEn }: Modules = {
      ...load('@nlpjs/core'),
      ...load('@nlpjs/nlp'),
      ...load('@nlpjs/lang-ko'),
      ...load('@nlpjs/lang-en'),
    };
    const container = await containerBootstrap();
    for (const plugin of [Nlp, LangKo, LangEn]) container.use(plugin);
    const nlp = container.get('nlp');
    Object.assign(nlp.settings, { autoSave: false, autoLoad: false, log: false, nlu: { log: false } });
    for (const language of ['ko', 'en'] as const) nlp.addLanguage(language);
    for (const { language, text, topic } of examples)
      nlp.addDocument(language, text, topic === 'out_of_scope' ? none : topic);
    await quietly(() => nlp.train());
    const model = nlp.export(true);
    return new NlpjsPeer(nlp, { model: Buffer.byteLength(model), gzipped: gzipSync(model).length });
  }

  /** @param language told, as a fair chance: nlp.js would have to guess it */
  async topicOf(text: string, language: Language): Promise<Topic> {
    const { intent } = answer.parse(await this.nlp.process(language, text));
    return topics.find((topic) => topic === intent) ?? 'out_of_scope';
  }
}

/** Training prints a line an epoch, whatever it is told. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}
