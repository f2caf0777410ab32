import type { Helpline } from '../services/faq/helplines';
import type { Locale, Strings } from '../strings';
import type { Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

/** For somebody whose life may be in danger: who listens, and at which number. The bill can wait. */
export function dangerCard(helplines: readonly Helpline[], s: Strings, locale: Locale): Reply {
  return {
    locale,
    layout: 'card',
    title: s.danger.title,
    body: [s.danger.lead, ...helplines.map(({ texts }) => texts[locale].sentence)],
    actions: helplines.map(({ phoneNumber, texts }) => ({
      kind: 'call',
      label: texts[locale].label,
      phoneNumber,
    })),
    suggestions: suggestTopics(['human_agent'], s),
  };
}
