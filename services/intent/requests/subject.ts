import type { ChannelId } from '../../faq/faq';
import type { FaqTopic, Topic } from '../intent';

/** What short questions ask about a thing that was talked of before. */
export const aspects = [
  'hours',
  'duration',
  'cost',
  'number',
  'place',
  'bring',
  'pay',
  'amount',
  'next',
  'how',
] as const;
export type Aspect = (typeof aspects)[number];

/** What the conversation is about: what the last answer answered. */
export interface Subject {
  readonly topic: Topic;
  /** The way to check or pay that was talked of, where there was one. */
  readonly channel?: ChannelId | undefined;
  readonly aspect?: Aspect | undefined;
}

/** What to answer, once it is clear what a short message means: a whole topic, or one aspect of it. */
export type Request =
  | { readonly kind: 'topic'; readonly topic: Topic }
  | {
      readonly kind: 'aspect';
      readonly topic: Topic;
      readonly aspect: Aspect;
      readonly channel?: ChannelId | undefined;
    };

const channelTopics: Readonly<Record<ChannelId, FaqTopic>> = {
  app: 'check_app',
  web: 'check_web',
  phone: 'check_phone',
  store: 'check_store',
};

/** The topic that explains a channel. */
export function topicOfChannel(channel: ChannelId): FaqTopic {
  return channelTopics[channel];
}

/** The channel that a topic is about; undefined where it is about several or none. */
export function channelOfTopic(topic: Topic): ChannelId | undefined {
  switch (topic) {
    case 'check_app':
    case 'due_alerts':
    case 'set_reminder':
      return 'app';
    case 'check_web':
      return 'web';
    case 'check_phone':
    case 'human_agent':
      return 'phone';
    case 'check_store':
      return 'store';
    default:
      return undefined;
  }
}
