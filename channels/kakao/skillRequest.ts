import { z } from 'zod';
import { BadRequestError } from '../../services/errors';
import { plainCopy } from '../../services/turn/plainCopy';
import type { JsonValue } from '../../services/turn/turnStore';

/** What one call of KakaoTalk's skill server means to us. */
export interface SkillRequest {
  /** The bot user key: one person in one bot. */
  readonly userId: string;
  readonly utterance: string;
  /** The customer sent a picture, a sticker or a file instead of words. */
  readonly isAttachment: boolean;
  readonly locale: 'ko-KR' | 'en-US';
  /** What the pressed button carried; hostile input. */
  readonly extra?: JsonValue;
  /** Where a late answer may go, as the request names it: not checked yet. */
  readonly callbackUrl?: string;
}

/** Old and new payloads differ in what is there and of which type: beside user and utterance nothing is relied on. */
const payload = z.object({
  userRequest: z.object({
    user: z.object({ id: z.string().min(1).max(256) }),
    utterance: z.string(),
    lang: z.string().optional().catch(undefined),
    callbackUrl: z.string().max(2_048).optional().catch(undefined),
  }),
  action: z.object({ clientExtra: z.unknown().optional() }).optional().catch(undefined),
});

/** What KakaoTalk sends in place of a picture, a sticker or a file. */
const placeholder = /^\((?:이모티콘|사진|동영상|음성메시지|음성|파일|지도|연락처|선물)\)$/;
const mediaAddress = /^https?:\/\/[\w.-]+\.(?:kakao\.com|kakaocdn\.net)\/\S*$/i;

/**
 * Reads a skill payload (docs: "스킬 개발", SkillPayload). Unknown fields and blocks are ignored; names, keys and
 * friend status of the user are not read at all.
 * @param json parsed JSON, as it came
 * @throws BadRequestError naming what is missing: the user or the utterance
 */
export function parseSkillRequest(json: unknown): SkillRequest {
  const parsed = payload.safeParse(json);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new BadRequestError(
      field === '' ? 'a skill payload is a JSON object' : `${field} is missing or not valid`,
    );
  }
  const { userRequest, action } = parsed.data;
  const { user, lang, callbackUrl } = userRequest;
  const utterance = userRequest.utterance.trim();
  const extra = extraOf(action?.clientExtra);
  return {
    userId: user.id,
    utterance,
    isAttachment: placeholder.test(utterance) || mediaAddress.test(utterance),
    locale: lang?.toLowerCase().startsWith('en') ? 'en-US' : 'ko-KR',
    ...(extra === undefined ? {} : { extra }),
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
}

/** Old payloads say `null`, or the text `"null"`, for nothing. */
function extraOf(clientExtra: unknown): JsonValue | undefined {
  if (typeof clientExtra !== 'object' || clientExtra === null || Array.isArray(clientExtra)) return undefined;
  return Object.keys(clientExtra).length === 0 ? undefined : plainCopy(clientExtra);
}
