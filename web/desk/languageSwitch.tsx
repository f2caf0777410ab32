import { useLanguage } from './language';

export function LanguageSwitch() {
  const { language, words, choose } = useLanguage();
  return (
    <fieldset className="languages">
      <legend className="unseen">{words.language}</legend>
      <button type="button" lang="ko" aria-pressed={language === 'ko'} onClick={() => choose('ko')}>
        한국어
      </button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => choose('en')}>
        English
      </button>
    </fieldset>
  );
}
