export interface FaqAction {
  readonly kind: 'open' | 'call';
  readonly label: string;
  readonly url?: string;
  readonly phoneNumber?: string;
}

export interface FaqAnswer {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly actions: readonly FaqAction[];
}

export interface FaqQuestion {
  readonly kind: 'answer' | 'chat' | 'person';
  readonly topic: string;
  readonly question: string;
  readonly answer?: FaqAnswer;
}

/** A search that takes longer is as good as none. */
const patienceMs = 10_000;

/** Asks the server for questions, one request at a time: only the newest text matters. */
export class FaqSource {
  private running: AbortController | undefined;

  constructor(private readonly language: string) {}

  /** @returns undefined when a newer text was asked for meanwhile. @throws when the server does not answer in time */
  async questionsFor(typed: string): Promise<readonly FaqQuestion[] | undefined> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    const timer = setTimeout(() => running.abort(), patienceMs);
    const address = new URL('/api/faq', location.href);
    address.search = new URLSearchParams({ q: withoutNumbers(typed), lang: this.language }).toString();
    try {
      const response = await fetch(address, { signal: running.signal });
      if (!response.ok) throw new Error(`no questions: ${response.status}`);
      const { questions }: { questions: readonly FaqQuestion[] } = await response.json();
      return this.running === running ? questions : undefined;
    } catch (error) {
      if (this.running !== running) return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A phone or resident number helps no search, and an address stands in logs on its way. */
export function withoutNumbers(text: string): string {
  return text.normalize('NFKC').replace(/\d[\d\s().-]{3,}\d/g, ' ');
}
