import type { FaqTopic, Language, Topic } from '../intent/intent';

/** A claim of the source text, S1…S50 (`data/claims.json` holds their wording). */
export type ClaimId = `S${number}`;

/** One sentence the bot may say about the carrier, with the claims it rests on. Never without one. */
export interface SourcedSentence {
  readonly text: string;
  readonly claims: readonly ClaimId[];
}

export interface FaqAnswer {
  readonly title: string;
  readonly sentences: readonly SourcedSentence[];
}

export interface FaqArticle {
  readonly topic: FaqTopic;
  readonly answers: Readonly<Record<Language, FaqAnswer>>;
  /** Channels whose rows stand below the answer, by id of `data/channels.json`. */
  readonly channels: readonly ChannelId[];
  /** Natural next questions, offered as buttons. */
  readonly next: readonly Topic[];
}

export type ChannelId = 'app' | 'web' | 'phone' | 'store';

/** Opening hours of the week, Asia/Seoul; undefined = around the clock. Minutes since midnight. */
export interface WeeklyHours {
  /** 0 = Sunday … 6 = Saturday. */
  readonly days: readonly number[];
  readonly openMinute: number;
  readonly closeMinute: number;
  readonly closedOnPublicHolidays: boolean;
}

export interface ServiceChannelText {
  readonly name: string;
  readonly summary: SourcedSentence;
  readonly pros: readonly SourcedSentence[];
  readonly cons: readonly SourcedSentence[];
  /** What to have at hand; absent when nothing. */
  readonly bring?: SourcedSentence;
  readonly cost?: SourcedSentence;
  readonly hours?: SourcedSentence;
}

export interface ServiceChannel {
  readonly id: ChannelId;
  readonly canCheck: boolean;
  readonly canPay: boolean;
  readonly hours?: WeeklyHours;
  /** True when the hours vary by place and are not known here. */
  readonly hoursVary: boolean;
  readonly actions: readonly ServiceChannelAction[];
  readonly texts: Readonly<Record<Language, ServiceChannelText>>;
}

export type ServiceChannelAction =
  | { readonly kind: 'open'; readonly url: string; readonly label: Readonly<Record<Language, string>> }
  | { readonly kind: 'call'; readonly phoneNumber: string; readonly label: Readonly<Record<Language, string>> };

export interface FaqStore {
  article(topic: FaqTopic): FaqArticle;
  channel(id: ChannelId): ServiceChannel;
  channels(): readonly ServiceChannel[];
}
