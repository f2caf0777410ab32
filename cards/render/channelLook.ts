/** How a channel shows a reply, by what it can draw. */
export interface ChannelLook {
  /**
   * `adaptive`: Adaptive Cards. `hero`: text with a card of buttons. `kakao`: rendered from the model when the turn is
   * over. `text`: words alone.
   */
  readonly kind: 'adaptive' | 'hero' | 'kakao' | 'text';
  /** Buttons of a hero card that the channel keeps. */
  readonly buttons?: number;
  /** The largest message in bytes of JSON; beyond that it is sent as text. */
  readonly maxBytes?: number;
  /** The longest text: in bytes of EUC-KR for long text messages (LMS), in characters elsewhere. */
  readonly maxText?: { readonly limit: number; readonly unit: 'eucKrBytes' | 'characters' };
  /** A submit button that says something needs Teams' own envelope. */
  readonly teamsActions?: boolean;
}

const adaptive: ChannelLook = { kind: 'adaptive' };
const text: ChannelLook = { kind: 'text' };

/** By Bot Framework's channel ids, and our own `kakao`. Any other channel gets text. */
const looks: Readonly<Record<string, ChannelLook>> = {
  directline: adaptive,
  webchat: adaptive,
  emulator: adaptive,
  test: adaptive,
  // Teams takes 100 KB (learn.microsoft.com, "format your bot messages"); it adds parts of its own.
  msteams: { kind: 'adaptive', maxBytes: 80_000, teamsActions: true },
  slack: { kind: 'hero', buttons: 5 },
  telegram: { kind: 'hero', buttons: 8, maxText: { limit: 4_096, unit: 'characters' } },
  line: { kind: 'hero', buttons: 3, maxText: { limit: 5_000, unit: 'characters' } },
  facebook: { kind: 'hero', buttons: 3, maxText: { limit: 2_000, unit: 'characters' } },
  kakao: { kind: 'kakao' },
  sms: { kind: 'text', maxText: { limit: 2_000, unit: 'eucKrBytes' } },
};

export function lookOf(channelId: string): ChannelLook {
  return Object.hasOwn(looks, channelId) ? (looks[channelId] ?? text) : text;
}
