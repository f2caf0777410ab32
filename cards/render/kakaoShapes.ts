import type { ActionValue } from '../reply';

/**
 * The parts of KakaoTalk's skill response 2.0 that we use, and their limits (kakaobusiness.gitbook.io, "스킬 응답 형식").
 * Kakao reports no violation: the bubble just fails, so the renderer keeps them all.
 */
export interface KakaoResponse {
  readonly version: '2.0';
  readonly template: {
    readonly outputs: readonly KakaoOutput[];
    readonly quickReplies?: readonly KakaoQuickReply[];
  };
}

export type KakaoOutput =
  | { readonly simpleText: { readonly text: string } }
  | { readonly textCard: KakaoTextCard }
  | { readonly itemCard: KakaoItemCard }
  | { readonly listCard: KakaoListCard }
  | { readonly carousel: { readonly type: 'textCard'; readonly items: readonly KakaoTextCard[] } };

export interface KakaoTextCard {
  readonly title?: string;
  readonly description?: string;
  readonly buttons?: readonly KakaoButton[];
}

export interface KakaoItemCard {
  readonly head: { readonly title: string };
  readonly itemList: readonly { readonly title: string; readonly description: string }[];
  readonly itemListAlignment: 'right';
  readonly itemListSummary?: { readonly title: string; readonly description: string };
  readonly buttons?: readonly KakaoButton[];
}

export interface KakaoListCard {
  readonly header: { readonly title: string };
  readonly items: readonly { readonly title: string; readonly description?: string }[];
  readonly buttons?: readonly KakaoButton[];
}

export type KakaoButton =
  | { readonly label: string; readonly action: 'webLink'; readonly webLinkUrl: string }
  | { readonly label: string; readonly action: 'phone'; readonly phoneNumber: string }
  | { readonly label: string; readonly action: 'operator' }
  | KakaoQuickReply;

export interface KakaoQuickReply {
  readonly label: string;
  readonly action: 'message';
  readonly messageText: string;
  /** Comes back as `action.clientExtra`. */
  readonly extra?: ActionValue;
}

/** In characters, and in pieces. Where Kakao names none (rows, list items), what two lines of a phone hold. */
export const kakaoLimits = {
  outputs: 3,
  quickReplies: 10,
  label: 14,
  simpleText: 1_000,
  textCard: { title: 50, description: 400, buttons: 3 },
  carousel: { items: 10, description: 128 },
  itemCard: { head: 15, items: 10, itemTitle: 6, itemDescription: 40, summary: 14, buttons: 3 },
  listCard: { header: 15, items: 5, itemTitle: 36, itemDescription: 40, buttons: 2 },
} as const;
