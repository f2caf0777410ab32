import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { browserStorage } from '../page/storage';
import { en } from './words.en';
import { type DeskWords, ko } from './words.ko';

export type Language = 'ko' | 'en';

interface LanguageChoice {
  readonly language: Language;
  readonly words: DeskWords;
  readonly choose: (language: Language) => void;
  /** @returns "오전 10:30", with the day when it is another one */
  readonly time: (ms: number) => string;
}

const storageKey = 'billGuide.deskLanguage';
const isLanguage = (text: unknown): text is Language => text === 'ko' || text === 'en';

const Choice = createContext<LanguageChoice | undefined>(undefined);

/** The desk's language: Korean unless the address (`?lang=en`) or an earlier choice says otherwise. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(initial);
  const choice = useMemo<LanguageChoice>(() => {
    const choose = (next: Language) => {
      browserStorage.set(storageKey, next);
      setLanguage(next);
    };
    return { language, words: language === 'ko' ? ko : en, choose, time: timeIn(language) };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <Choice.Provider value={choice}>{children}</Choice.Provider>;
}

/** @throws outside of a LanguageProvider */
export function useLanguage(): LanguageChoice {
  const choice = useContext(Choice);
  if (choice === undefined) throw new Error('there is no language here');
  return choice;
}

export function useWords(): DeskWords {
  return useLanguage().words;
}

/** The word for a code of the server; what has no word yet is shown as it is. */
export function wordFor(table: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(table, code) ? (table[code] ?? code) : code;
}

function initial(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const stored = browserStorage.get(storageKey);
  return isLanguage(asked) ? asked : isLanguage(stored) ? stored : 'ko';
}

/** The business lives in Asia/Seoul, wherever the agent sits. */
function timeIn(language: Language): (ms: number) => string {
  const locale = language === 'ko' ? 'ko-KR' : 'en-US';
  const timeZone = 'Asia/Seoul';
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone });
  const dated = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone });
  return (ms) => (day.format(ms) === day.format(Date.now()) ? clock : dated).format(ms);
}
