/** What a customer can want. The ids are public: `npm run ask`, `npm run eval` and `data/` use them. */
export const faqTopics = [
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
] as const;
export const actionTopics = ['unpaid_balance', 'human_agent', 'set_reminder'] as const;
export const mannersTopics = ['greeting', 'thanks', 'goodbye', 'help', 'cancel'] as const;
export const topics = [...faqTopics, ...actionTopics, ...mannersTopics, 'out_of_scope'] as const;

export type FaqTopic = (typeof faqTopics)[number];
export type Topic = (typeof topics)[number];
export const languages = ['ko', 'en'] as const;
export type Language = (typeof languages)[number];

export interface ScoredTopic {
  readonly topic: Topic;
  /** 0…1, calibrated: of the messages scored 0.8, about 80% are right. */
  readonly confidence: number;
}

/** A thing found in the text. `start` and `end` are indices into the text as given, `end` exclusive. */
export interface Entity {
  readonly type:
    | 'phoneNumber'
    | 'amount'
    | 'code'
    | 'confirmation'
    | 'date'
    | 'month'
    | 'time'
    | 'ordinal'
    | 'percent'
    | 'count';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /**
   * phoneNumber: digits only, '01012345678'; amount: won; code: digits; confirmation: 'yes' or 'no'; date:
   * 'YYYY-MM-DD'; month: 'YYYY-MM'; time: 'HH:mm'; all three of Asia/Seoul; ordinal: from 1; percent; count.
   */
  readonly value: string | number;
}

export interface Understanding {
  /** The best topic; 'out_of_scope' also when the message is plainly about something else. */
  readonly topic: Topic;
  readonly confidence: number;
  /** Next best, best first, without `topic`; at most three. */
  readonly alternatives: readonly ScoredTopic[];
  readonly entities: readonly Entity[];
  readonly language: Language;
  /**
   * 'sure': act on it. 'unsure': offer `topic` and the alternatives as buttons. 'unknown': say so, ask back.
   * The thresholds come from cross-validation on the training examples.
   */
  readonly decision: 'sure' | 'unsure' | 'unknown';
}

/** Message → what is meant. Never throws, whatever the text; deterministic; reads at most 500 characters. */
export interface IntentRecognizer {
  /** @param nowMs epoch ms, for 내일 and 지난달; without it dates that depend on today are left out */
  recognize(text: string, nowMs?: number): Understanding;
}
