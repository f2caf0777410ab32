import type { ServiceChannel } from '../services/faq/faq';
import type { Locale, Strings } from '../strings';
import { channelAction } from './channelRows';
import type { Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

/** What the MyKT app's own notices do; this assistant sends none. @param app the MyKT app */
export function setReminderCard(app: ServiceChannel, s: Strings, locale: Locale): Reply {
  return {
    locale,
    layout: 'card',
    title: s.setReminder.title,
    body: [s.setReminder.notYet, s.setReminder.app],
    actions: app.actions.slice(0, 1).map((action) => channelAction(action, locale)),
    suggestions: suggestTopics(['due_alerts', 'unpaid_balance'], s),
    claims: ['S13', 'S14'],
  };
}
