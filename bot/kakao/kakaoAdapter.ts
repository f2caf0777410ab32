import { z } from 'zod';
import { kakaoResponse } from '../../cards/render/kakao';
import type { KakaoResponse } from '../../cards/render/kakaoShapes';
import type { Reply } from '../../cards/reply';
import { isCallbackUrl } from '../../channels/kakao/callback';
import type { SkillRequest } from '../../channels/kakao/skillRequest';
import type { Clock } from '../../services/clock';
import { BadRequestError, codeOf } from '../../services/errors';
import type { Randomness } from '../../services/randomness';
import { parseInboundActivity } from '../../services/turn/inboundActivity';
import { conversationKey, type SubmittedTurn, type TurnIntake } from '../../services/turn/turnIntake';
import type { JsonActivity, JsonValue, LoggedActivity } from '../../services/turn/turnStore';
import { type Locale, localeOf, stringsFor } from '../../strings';
import type { Log } from '../log';
import { handOverTurn, kakaoChannel } from './handOver';
import { RepeatedMessages } from './repeatedMessages';
import { repliesIn } from './spokenReplies';
import { isFromCustomer, type UnseenAnswers } from './unseenAnswers';

export interface KakaoAdapterOptions {
  readonly intake: TurnIntake;
  readonly unseen: UnseenAnswers;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** A stand-in for Kakao on this machine may be called back. */
  readonly allowLoopback: boolean;
  /** KakaoTalk gives up after 5 s, the way there and back included. Default 4 s. */
  readonly answerWithinMs?: number;
}

/** What KakaoTalk is told in time. */
export type KakaoAnswer =
  | KakaoResponse
  /** The answer comes to the callback address; `data` fills the block's waiting text. */
  | { readonly version: '2.0'; readonly useCallback: true; readonly data: { readonly text: string } };

const resultAction = 'kakao.result';
const pressedValue = z.looseObject({ action: z.string(), turn: z.string().optional() });

/**
 * KakaoTalk in front of the turn intake: one conversation per bot user key, one rendered answer per request, always
 * within KakaoTalk's time. The Bot Framework adapter behind it is the one of all channels (`TurnAdapter`).
 */
export class KakaoAdapter {
  private readonly repeated: RepeatedMessages;

  constructor(private readonly options: KakaoAdapterOptions) {
    this.repeated = new RepeatedMessages(options.clock, options.randomness);
  }

  /**
   * @returns an answer in any case of our own trouble: an error status would show the customer somebody else's words
   * @throws BadRequestError when the request names no usable user
   */
  async answer(request: SkillRequest): Promise<KakaoAnswer> {
    const { answerWithinMs = 4_000 } = this.options;
    const limit = timeLimit(answerWithinMs);
    // For a store that hangs: without it nobody knows whether the message was taken.
    const last = timeLimit(answerWithinMs + 500);
    try {
      const answer = await Promise.race([this.answerBefore(limit.over, request), last.over]);
      return answer ?? say(stringsOf(request).failure.turn, request);
    } catch (error) {
      if (error instanceof BadRequestError) throw error;
      this.options.log.error({ channel: kakaoChannel, code: codeOf(error) }, 'a KakaoTalk message failed');
      return say(stringsOf(request).failure.turn, request);
    } finally {
      limit.clear();
      last.clear();
    }
  }

  private async answerBefore(over: Promise<undefined>, request: SkillRequest): Promise<KakaoAnswer> {
    const { intake, unseen } = this.options;
    const key = conversationKey(kakaoChannel, request.userId);
    const before = await unseen.tail(key);
    const value = pressed(request, before);
    const pick = pickUp(request, value, before);
    if (pick !== undefined) return await this.pickUp(request, key, pick, over);
    if (value !== undefined && asksForNews(value)) {
      const news = unseen.take(key, before);
      if (news.length > 0) return kakaoResponse(repliesIn(news));
    }
    const submitted = await intake.submit(this.turnOf(request, value));
    const replies = await Promise.race([submitted.replies(), over]);
    if (replies === undefined) return await this.later(request, key, submitted);
    const missed = unseen.take(key, await unseen.tail(key), submitted.activityId);
    return kakaoResponse(repliesIn([...missed, ...replies]));
  }

  private turnOf(request: SkillRequest, value: JsonValue | undefined): Parameters<TurnIntake['submit']>[0] {
    const { userId, utterance, isAttachment, locale } = request;
    const content =
      value === undefined ? (isAttachment ? { attachments: [{}] } : { text: utterance }) : { value };
    const json = {
      type: 'message',
      locale,
      channelData: { clientActivityID: this.repeated.idOf(request) },
      ...content,
    };
    const activity = parseInboundActivity(json, { conversationId: userId, userId });
    return { channelId: kakaoChannel, conversationId: userId, userId, activity, echo: true, delivery: 'log' };
  }

  /** The turn goes on; its answer comes to the callback address, or is there to be picked up. */
  private async later(request: SkillRequest, key: string, turn: SubmittedTurn): Promise<KakaoAnswer> {
    const { intake, unseen, clock, allowLoopback } = this.options;
    const { userId, callbackUrl } = request;
    if (callbackUrl !== undefined && isCallbackUrl(callbackUrl, allowLoopback)) {
      await intake.submit(handOverTurn(userId, turn.activityId, callbackUrl, clock.now()));
      return { version: '2.0', useCallback: true, data: { text: stringsOf(request).kakao.waiting } };
    }
    unseen.promise(key, turn.activityId);
    return waitReply(request, turn.activityId);
  }

  /** The customer asks for the answer to an earlier message. */
  private async pickUp(
    request: SkillRequest,
    key: string,
    activityId: string,
    over: Promise<undefined>,
  ): Promise<KakaoAnswer> {
    const { intake, unseen } = this.options;
    let arrived: () => void = () => undefined;
    const news = new Promise<'news'>((resolve) => {
      arrived = () => resolve('news');
    });
    // Listen first, then look: the answer may be committed between the two.
    const unsubscribe = intake.subscribe(key, (entries) => {
      if (entries.some(({ activity }) => activity.replyToId === activityId)) arrived();
    });
    try {
      let tail = await unseen.tail(key);
      if (!tail.some(({ activity }) => activity.id === activityId || activity.replyToId === activityId))
        return say(stringsOf(request).kakao.noResult, request);
      if (answersTo(activityId, tail).length === 0) {
        if ((await Promise.race([news, over])) === undefined) return waitReply(request, activityId);
        tail = await unseen.tail(key);
      }
      const own = answersTo(activityId, tail);
      const others = unseen.take(key, tail).filter(({ replyToId }) => replyToId !== activityId);
      return kakaoResponse(repliesIn([...own, ...others]));
    } finally {
      unsubscribe();
    }
  }
}

function answersTo(activityId: string, tail: readonly LoggedActivity[]): JsonActivity[] {
  return tail.map(({ activity }) => activity).filter(({ replyToId }) => replyToId === activityId);
}

/**
 * What a button of ours carried: as KakaoTalk returns it, else found again by the words that the button said, among
 * what was shown last.
 */
function pressed({ extra, utterance }: SkillRequest, tail: readonly LoggedActivity[]): JsonValue | undefined {
  if (extra !== undefined && pressedValue.safeParse(extra).success) return extra;
  const shown = tail.map(({ activity }) => activity).filter((activity) => !isFromCustomer(activity));
  const actions = repliesIn(shown.slice(-6))
    .toReversed()
    .flatMap((reply) => reply.actions ?? []);
  const found = actions.find((action) => action.kind === 'do' && action.label === utterance);
  return found?.kind === 'do' ? found.value : undefined;
}

/** The message whose answer is asked for, if that is what the customer wants. */
function pickUp(
  { utterance, locale }: SkillRequest,
  value: JsonValue | undefined,
  tail: readonly LoggedActivity[],
): string | undefined {
  const asked = pressedValue.safeParse(value);
  const byButton = asked.success && asked.data.action === resultAction;
  const byWords = value === undefined && utterance === stringsFor(localeOf(locale) ?? 'ko').kakao.result;
  if (!byButton && !byWords) return undefined;
  const last = tail.findLast(({ activity }) => isFromCustomer(activity))?.activity.id;
  return (byButton ? asked.data.turn : undefined) ?? last ?? '';
}

/** "I have done it elsewhere": the answer to that may have been said already. */
function asksForNews(value: JsonValue): boolean {
  const asked = pressedValue.safeParse(value);
  return asked.success && asked.data.action === 'agency.check';
}

function languageOf({ locale }: SkillRequest): Locale {
  return localeOf(locale) ?? 'ko';
}

function stringsOf(request: SkillRequest) {
  return stringsFor(languageOf(request));
}

function say(text: string, request: SkillRequest): KakaoResponse {
  return kakaoResponse([{ locale: languageOf(request), layout: 'text', body: [text] }]);
}

function waitReply(request: SkillRequest, activityId: string): KakaoResponse {
  const { kakao } = stringsOf(request);
  const reply: Reply = {
    locale: languageOf(request),
    layout: 'card',
    body: [kakao.slow],
    actions: [{ kind: 'do', label: kakao.result, value: { action: resultAction, turn: activityId } }],
  };
  return kakaoResponse([reply]);
}

function timeLimit(limitMs: number): { readonly over: Promise<undefined>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  return { over, clear: () => clearTimeout(timer) };
}
