import type { ChannelId } from '../../faq/faq';
import type { Topic } from '../intent';
import type { FollowUp } from './followUp';
import { type Aspect, channelOfTopic, type Request, type Subject, topicOfChannel } from './subject';

/** Aspects that a message may ask of a channel which it names itself, or of the one talked of before. */
const ofChannel: readonly Aspect[] = ['hours', 'cost', 'number', 'place', 'bring', 'pay'];
/** "어떻게 해요?" after these asks how to pay. */
const waysToPay: readonly Topic[] = [
  'late_fee',
  'suspension',
  'overdue_help',
  'payment_delay',
  'unpaid_balance',
];
const answered: readonly Topic[] = [
  'check_methods',
  'check_app',
  'check_web',
  'check_phone',
  'check_store',
  'overdue_help',
  'late_fee',
  'suspension',
  'payment_delay',
  'identity_check',
  'due_alerts',
  'pay_methods',
  'human_agent',
  'set_reminder',
];

/**
 * What a follow-up asks, after this subject. Undefined when it makes no sense there: then the message is read
 * like every other.
 */
export function resolveFollowUp(followUp: FollowUp, subject: Subject): Request | undefined {
  const { channel, aspect } = followUp;
  if (channel !== undefined) return ofNamedChannel(channel, aspect, subject);
  if (aspect === undefined || !answered.includes(subject.topic)) return undefined;
  const about = subject.channel ?? channelOfTopic(subject.topic);
  switch (aspect) {
    case 'amount':
      if (subject.topic === 'late_fee') return { kind: 'aspect', topic: 'late_fee', aspect: 'amount' };
      return followUp.pointsBack && about === 'phone'
        ? { kind: 'aspect', topic: subject.topic, aspect: 'cost', channel: about }
        : undefined;
    case 'how':
      return { kind: 'topic', topic: waysToPay.includes(subject.topic) ? 'pay_methods' : subject.topic };
    case 'pay':
      // "낼 수 있어요?" alone asks for any way to pay.
      return about === undefined
        ? { kind: 'topic', topic: 'pay_methods' }
        : { kind: 'aspect', topic: subject.topic, aspect, channel: about };
    case 'number':
      // Neither an app nor a page has one: whoever asks wants to call.
      return {
        kind: 'aspect',
        topic: subject.topic,
        aspect,
        channel: about === 'app' || about === 'web' ? 'phone' : about,
      };
    case 'place':
      // A telephone is nowhere: "어디로 걸어요?" asks for its number.
      return {
        kind: 'aspect',
        topic: subject.topic,
        aspect: about === 'phone' ? 'number' : aspect,
        channel: about,
      };
    default:
      return { kind: 'aspect', topic: subject.topic, aspect, channel: about };
  }
}

function ofNamedChannel(channel: ChannelId, aspect: Aspect | undefined, subject: Subject): Request {
  const topic = topicOfChannel(channel);
  const openQuestion = aspect === undefined || aspect === 'how';
  if (openQuestion && subject.topic === 'pay_methods')
    return { kind: 'aspect', topic: 'pay_methods', aspect: 'pay', channel };
  if (openQuestion && subject.topic === 'identity_check')
    return { kind: 'aspect', topic: 'identity_check', aspect: 'bring', channel };
  if (aspect !== undefined && ofChannel.includes(aspect)) return { kind: 'aspect', topic, aspect, channel };
  if (aspect === 'duration' && channel === 'phone') return { kind: 'aspect', topic, aspect, channel };
  if (aspect === undefined && subject.aspect !== undefined && ofChannel.includes(subject.aspect))
    return { kind: 'aspect', topic, aspect: subject.aspect, channel };
  return { kind: 'topic', topic };
}
