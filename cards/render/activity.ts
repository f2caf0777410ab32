import {
  ActionTypes,
  type Activity,
  ActivityTypes,
  type Attachment,
  CardFactory,
  InputHints,
} from 'botbuilder';
import { stringsFor } from '../../strings';
import type { Reply, ReplyAction } from '../reply';
import { adaptiveCard } from './adaptive';
import { type ChannelLook, lookOf } from './channelLook';
import { fittingText } from './fittingText';
import { plainText, plainTextBody } from './plainText';

/** A reply as the activity for one channel. A card's words go along in `summary` and `speak`. */
export function replyActivity(reply: Reply, channelId: string): Partial<Activity> {
  const look = lookOf(channelId);
  const activity = drawn(reply, look);
  if (look.maxBytes === undefined || Buffer.byteLength(JSON.stringify(activity)) <= look.maxBytes)
    return activity;
  // A card that the channel would refuse whole.
  const { speak: _, ...plain } = drawn(reply, { kind: 'text' });
  return { ...plain, text: fittingText(plainText(reply), { limit: look.maxBytes / 8, unit: 'characters' }) };
}

function drawn(reply: Reply, look: ChannelLook): Partial<Activity> {
  const words = plainText(reply);
  return {
    type: ActivityTypes.Message,
    locale: stringsFor(reply.locale).locale,
    inputHint: InputHints.AcceptingInput,
    speak: reply.speak ?? words,
    ...content(reply, look, words),
    ...(reply.suggestions === undefined || reply.suggestions.length === 0 || isTeamsCard(reply, look)
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
    ...channelData(reply, look),
  };
}

/** Teams drops suggested actions beside a card (learn.microsoft.com, "suggested actions"): the card has them itself. */
function isTeamsCard(reply: Reply, look: ChannelLook): boolean {
  return look.teamsActions === true && reply.layout === 'card';
}

function content(reply: Reply, look: ChannelLook, words: string): Partial<Activity> {
  switch (look.kind) {
    case 'adaptive':
      if (reply.layout === 'text') return { text: words };
      return {
        attachments: [CardFactory.adaptiveCard(adaptiveCard(reply, look.teamsActions))],
        summary: words,
      };
    case 'hero': {
      const buttons = heroButtons(reply).slice(0, look.buttons);
      // Without a button there is nothing that a card could do better.
      if (buttons.length === 0) return { text: fittingText(words, look.maxText) };
      const card: Attachment = CardFactory.heroCard('', undefined, buttons);
      const pressable = buttons.length === heroButtons(reply).length;
      return {
        text: fittingText(pressable ? plainTextBody(reply) : words, look.maxText),
        attachments: [card],
      };
    }
    case 'kakao':
    case 'text':
      return { text: fittingText(words, look.maxText) };
  }
}

/** Web pages to open and things to say or press; a number to call stands in the text, where phones make it a link. */
function heroButtons({ actions = [], sections = [] }: Reply) {
  const ofRows = sections.flatMap(({ rows }) => rows.flatMap(({ action }) => action ?? []));
  return [...actions, ...ofRows].flatMap((action) => heroButton(action) ?? []);
}

function heroButton(action: ReplyAction) {
  switch (action.kind) {
    case 'open':
      return { type: ActionTypes.OpenUrl, title: action.label, value: action.url };
    case 'say':
      return { type: ActionTypes.ImBack, title: action.label, value: action.text };
    case 'do':
      // As text: these messengers carry no objects, and give it back as what was said.
      return { type: ActionTypes.PostBack, title: action.label, value: JSON.stringify(action.value) };
    case 'call':
      return undefined;
  }
}

/**
 * `claims`: where a sentence comes from, for editors and tests. `timeLimit`: for pages that read out the time left.
 * `reply`: the model itself, for a channel that draws a whole turn at once.
 */
function channelData(reply: Reply, look: ChannelLook): Pick<Activity, 'channelData'> | object {
  const { claims = [], input } = reply;
  const timeLimit = input?.timeLimit;
  const data = {
    ...(claims.length === 0 ? {} : { claims: [...claims] }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(look.kind === 'kakao' ? { reply } : {}),
  };
  return Object.keys(data).length === 0 ? {} : { channelData: data };
}
