import { en } from './en';
import { ko } from './ko';

/** Every sentence that is not knowledge from `data/`. `ko.ts` is the source of truth; `en.ts` is typed from it. */
export type Strings = typeof ko;
export type Locale = 'ko' | 'en';

export function stringsFor(locale: Locale): Strings {
  return locale === 'en' ? en : ko;
}

/** 'ko-KR' → 'ko', 'en-GB' → 'en', anything else → undefined. */
export function localeOf(tag: string | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return language === 'ko' || language === 'en' ? language : undefined;
}
