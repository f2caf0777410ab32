/** Most answers come sooner: no dots for them. */
const afterMs = 700;
/** Web Chat shows one sign for 5 s. */
const againMs = 4_500;
/** Whoever has heard nothing for so long will not hear it because of dots. */
const mostSigns = 5;

/** Shows that an answer is being made when it takes longer than a moment. */
export class TypingSign {
  private timer: number | undefined;
  private left = 0;
  private withPerson = false;

  /** @param show draws the sign for some seconds */
  constructor(private readonly show: () => void) {}

  /** The customer said something. */
  asked(): void {
    // Whether a person is writing is for the desk to say.
    if (this.withPerson) return;
    this.left = mostSigns;
    this.showIn(afterMs);
  }

  /** Somebody said something, or will say no more. @param by who will answer next; a person may take their time */
  answered(by: 'assistant' | 'person' = 'assistant'): void {
    this.withPerson = by === 'person';
    clearTimeout(this.timer);
    this.left = 0;
  }

  private showIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.left === 0) return;
      this.left -= 1;
      this.show();
      this.showIn(againMs);
    }, ms);
  }
}
