import { browserStorage } from '../page/storage';

type Outcome = 'solved' | 'notSolved' | 'assumed' | 'chat' | 'person' | 'cameBack';

interface PastAnswer {
  readonly topic: string;
  readonly atMs: number;
}

const storageKey = 'billGuide.solved';
const weekMs = 7 * 24 * 3_600_000;
/** Less than this is a glance, not reading. */
const readAfterMs = 4_000;

/**
 * Reports how each look ended, once, without a name. What this browser counted as solved in the last week stays in
 * this browser; coming back to it is reported as a bare fact.
 */
export class Outcomes {
  private topic = 'none';
  private openedAtMs = 0;
  private reported = true;

  constructor(private readonly language: string) {
    addEventListener('pagehide', () => this.leave());
  }

  /** An answer is shown. */
  opened(topic: string): void {
    this.leave();
    this.topic = topic;
    this.openedAtMs = Date.now();
    this.reported = false;
    const past = pastAnswers();
    if (!past.some((answer) => answer.topic === topic)) return;
    this.send('cameBack', topic);
    keep(past.filter((answer) => answer.topic !== topic));
  }

  /** The customer said how it ended, or went elsewhere. */
  ended(outcome: Exclude<Outcome, 'cameBack'>): void {
    // "Not yet" and then the chat are two facts; the same twice is one.
    if (this.reported && outcome !== 'chat' && outcome !== 'person') return;
    this.reported = true;
    this.send(outcome, this.topic);
    if (outcome === 'solved' || outcome === 'assumed') this.remember();
    if (outcome === 'chat' || outcome === 'person') this.topic = 'none';
  }

  /** The answer is left without a word. */
  leave(): void {
    if (!this.reported && Date.now() - this.openedAtMs >= readAfterMs) this.ended('assumed');
    this.reported = true;
  }

  private remember(): void {
    const others = pastAnswers().filter(({ topic }) => topic !== this.topic);
    keep([...others, { topic: this.topic, atMs: Date.now() }]);
  }

  private send(outcome: Outcome, topic: string): void {
    const report = JSON.stringify({ outcome, topic, language: this.language });
    navigator.sendBeacon('/api/deflection', new Blob([report], { type: 'application/json' }));
  }
}

function pastAnswers(): PastAnswer[] {
  try {
    const kept: unknown = JSON.parse(browserStorage.get(storageKey) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter(
      (answer: unknown): answer is PastAnswer =>
        typeof Object(answer).topic === 'string' && Date.now() - Number(Object(answer).atMs) < weekMs,
    );
  } catch {
    return [];
  }
}

function keep(answers: readonly PastAnswer[]): void {
  browserStorage.set(storageKey, JSON.stringify(answers.slice(-20)));
}
