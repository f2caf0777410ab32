import { ActionTypes, type Activity, ActivityTypes, CardFactory, InputHints } from 'botbuilder';
import { stringsFor } from '../../strings';
import type { Reply } from '../reply';
import { adaptiveCard } from './adaptive';
import { plainText } from './plainText';

/** Channels that draw Adaptive Cards themselves; all others get the plain text. */
const cardChannels = new Set(['directline', 'webchat', 'emulator', 'msteams', 'test']);

/** A reply as the activity for one channel. A card's words go along in `summary` and `speak`. */
export function replyActivity(reply: Reply, channelId: string): Partial<Activity> {
  const words = plainText(reply);
  const asCard = reply.layout === 'card' && cardChannels.has(channelId);
  return {
    type: ActivityTypes.Message,
    locale: stringsFor(reply.locale).locale,
    inputHint: InputHints.AcceptingInput,
    speak: reply.speak ?? words,
    ...(asCard
      ? { attachments: [CardFactory.adaptiveCard(adaptiveCard(reply))], summary: words }
      : { text: words }),
    ...(reply.suggestions === undefined || reply.suggestions.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: reply.suggestions.map(({ label, text }) => ({
              type: ActionTypes.ImBack,
              title: label,
              value: text,
            })),
          },
        }),
    // Where a sentence comes from, for editors and tests; ids only.
    ...(reply.claims === undefined || reply.claims.length === 0
      ? {}
      : { channelData: { claims: [...reply.claims] } }),
  };
}
