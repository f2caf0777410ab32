import type { ChannelNow } from '../services/faq/channelAdvice';
import type { ServiceChannelAction } from '../services/faq/faq';
import type { Locale, Strings } from '../strings';
import type { ReplyAction, SectionRow } from './reply';

/** Claims behind the one-line reasons of `strings.channelRow`. */
export const channelRowClaims = ['S9', 'S20', 'S24', 'S30', 'S32'];

/** A row a channel: its name, one line on why it fits now, and its first button. At most four. */
export function channelRows(
  channels: readonly ChannelNow[],
  s: Strings,
  locale: Locale,
  nowMs: number,
): SectionRow[] {
  return channels.slice(0, 4).map((now) => ({
    icon: now.channel.id,
    name: now.channel.texts[locale].name,
    detail: whyNow(now, s, nowMs),
    ...firstAction(now, s, locale),
  }));
}

/** A channel's button as a reply action. */
export function channelAction(action: ServiceChannelAction, locale: Locale): ReplyAction {
  return action.kind === 'call'
    ? { kind: 'call', label: action.label[locale], phoneNumber: action.phoneNumber }
    : { kind: 'open', label: action.label[locale], url: action.url };
}

function firstAction({ channel }: ChannelNow, s: Strings, locale: Locale): { action?: ReplyAction } {
  const action = channel.actions[0];
  if (action === undefined) return {};
  return { action: { ...channelAction(action, locale), label: s.channelRow.buttons[channel.id] } };
}

function whyNow(now: ChannelNow, s: Strings, nowMs: number): string {
  switch (now.channel.id) {
    case 'app':
      return s.channelRow.appAnytime;
    case 'web':
      return s.channelRow.webNoInstall;
    case 'store':
      return s.channelRow.storeBring;
    case 'phone':
      if (now.state === 'closed') return s.channelRow.phoneClosed(s.opensAt(nowMs, now.opensAtMs));
      return now.state === 'open' ? s.channelRow.phoneOpen(s.clockTime(now.closesAtMs)) : '';
  }
}
