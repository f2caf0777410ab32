import { byId } from '../page/element';
import { type FaqQuestion, FaqSource } from './faqSource';
import type { WidgetStrings } from './widgetStrings';

/**
 * The field and the questions under it: a combobox with a list box (ARIA Authoring Practices). Korean is composed
 * while it is typed: the half-done syllable counts for the search, and Enter that ends it chooses nothing.
 */
export class HelpSearch {
  private readonly field = byId('ask', HTMLInputElement);
  private readonly list = byId('questions', HTMLDivElement);
  private readonly heading = byId('questions-title', HTMLHeadingElement);
  private readonly note = byId('note', HTMLParagraphElement);
  private readonly source: FaqSource;
  private questions: readonly FaqQuestion[] = [];
  private active = -1;
  private shownFor: string | undefined;
  private searching: Promise<void> = Promise.resolve();

  constructor(
    language: string,
    private readonly s: WidgetStrings,
    private readonly onChoice: (question: FaqQuestion) => void,
  ) {
    this.source = new FaqSource(language);
    this.field.addEventListener('input', () => this.search());
    addEventListener('online', () => this.search());
    this.field.addEventListener('keydown', (event) => this.onKey(event));
    this.list.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      if (row !== null) this.choose([...this.list.children].indexOf(row));
    });
    // A press must not take the focus from the field: composing would end and search once more.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.search();
  }

  get text(): string {
    return this.field.value.trim();
  }

  focus(): void {
    this.field.focus();
  }

  private search(): void {
    const typed = this.field.value;
    if (typed === this.shownFor) return;
    this.shownFor = typed;
    this.searching = this.find(typed);
  }

  private async find(typed: string): Promise<void> {
    try {
      const questions = await this.source.questionsFor(typed);
      if (questions !== undefined) this.show(questions);
    } catch {
      this.shownFor = undefined;
      this.show([], this.s.offline);
    }
  }

  private show(questions: readonly FaqQuestion[], note?: string): void {
    this.questions = questions;
    this.active = -1;
    this.list.replaceChildren(...questions.map(optionOf));
    this.heading.textContent = this.text === '' ? this.s.common : this.s.likely;
    this.heading.hidden = questions.length === 0;
    const words = note ?? (questions.length === 0 ? this.s.nothing : '');
    this.note.textContent = words;
    this.note.hidden = words === '';
    byId('announcer', HTMLParagraphElement).textContent = words || this.s.count(questions.length);
    this.field.setAttribute('aria-expanded', String(questions.length > 0));
    this.field.removeAttribute('aria-activedescendant');
  }

  private onKey(event: KeyboardEvent): void {
    // 229: an older Safari ends the composition before the key that ended it arrives.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void this.onEnter();
    }
  }

  /** On a slow line the questions may still be those of an earlier text: Enter waits for those that were meant. */
  private async onEnter(): Promise<void> {
    const asked = this.field.value;
    if (this.active < 0) await this.searching;
    if (this.field.value !== asked) return;
    // Nothing marked: the first one is the likeliest.
    if (this.text !== '' || this.active >= 0) this.choose(Math.max(0, this.active));
  }

  private move(step: 1 | -1): void {
    const count = this.questions.length;
    if (count === 0) return;
    this.active = (this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count;
    [...this.list.children].forEach((row, at) => {
      row.setAttribute('aria-selected', String(at === this.active));
      if (at !== this.active) return;
      this.field.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    });
  }

  private choose(at: number): void {
    const question = this.questions[at];
    if (question === undefined) {
      if (this.text !== '') this.onChoice({ kind: 'chat', topic: 'none', question: this.text });
      return;
    }
    this.onChoice(question);
  }
}

function optionOf({ kind, question }: FaqQuestion, at: number): HTMLDivElement {
  const row = document.createElement('div');
  row.id = `question-${at}`;
  row.setAttribute('role', 'option');
  row.setAttribute('aria-selected', 'false');
  row.dataset.kind = kind;
  row.textContent = question;
  return row;
}
