import { type PageStrings, pageStrings } from './pageStrings';
import { browserStorage } from './storage';

export type Language = 'ko' | 'en';

const storageKey = 'billGuide.language';
const isLanguage = (text: unknown): text is Language => text === 'ko' || text === 'en';

/** The page's language: Korean unless the address (`?lang=en`) or an earlier choice says otherwise. */
export class LanguageChoice {
  private current: Language;
  private readonly listeners: ((language: Language) => void)[] = [];

  constructor() {
    const asked = new URLSearchParams(location.search).get('lang');
    const stored = browserStorage.get(storageKey);
    this.current = isLanguage(asked) ? asked : isLanguage(stored) ? stored : 'ko';
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]')) {
      const { language } = button.dataset;
      button.addEventListener('click', () => isLanguage(language) && this.choose(language));
    }
    this.show();
  }

  get language(): Language {
    return this.current;
  }

  /** Tag for dates and for the conversation. */
  get locale(): 'ko-KR' | 'en-US' {
    return this.current === 'ko' ? 'ko-KR' : 'en-US';
  }

  get strings(): PageStrings {
    return pageStrings[this.current];
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private choose(language: Language): void {
    if (language === this.current) return;
    this.current = language;
    browserStorage.set(storageKey, language);
    this.show();
    for (const listener of this.listeners) listener(language);
  }

  /** Puts the sentences of the page into the elements that name them. */
  private show(): void {
    const { strings } = this;
    document.documentElement.lang = this.current;
    document.title = strings.name;
    for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
      const text = textOf(strings, element.dataset.text);
      if (text !== undefined) element.textContent = text;
    }
    for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
      const text = textOf(strings, element.dataset.label);
      if (text !== undefined) element.setAttribute('aria-label', text);
    }
    for (const button of document.querySelectorAll<HTMLElement>('[data-language]')) {
      button.setAttribute('aria-pressed', String(button.dataset.language === this.current));
    }
  }
}

function textOf(strings: PageStrings, name: string | undefined): string | undefined {
  const entry = Object.entries(strings).find(([key]) => key === name);
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}
