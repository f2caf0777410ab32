import type { ChannelId, ServiceChannel } from './faq';
import { openState } from './openingHours';

/** A channel as it stands at one moment. */
export type ChannelNow =
  | { readonly channel: ServiceChannel; readonly state: 'always' | 'varies' }
  | { readonly channel: ServiceChannel; readonly state: 'open'; readonly closesAtMs: number }
  | { readonly channel: ServiceChannel; readonly state: 'closed'; readonly opensAtMs: number };

/** Around the clock first, then what is open now, then what depends on the place, last what is closed. */
const rank = { always: 0, open: 1, varies: 2, closed: 3 } as const;

/**
 * The channels in the order in which they help right now.
 * @param holidays whether an Asia/Seoul day ('YYYY-MM-DD') is a public holiday
 * @param only keep these channels; all when absent
 */
export function channelsForNow(
  channels: readonly ServiceChannel[],
  nowMs: number,
  holidays: (ymd: string) => boolean,
  only?: readonly ChannelId[],
): ChannelNow[] {
  return channels
    .filter((channel) => only === undefined || only.includes(channel.id))
    .map((channel) => channelNow(channel, nowMs, holidays))
    .map((now, index) => ({ now, index }))
    .sort((a, b) => rank[a.now.state] - rank[b.now.state] || a.index - b.index)
    .map(({ now }) => now);
}

function channelNow(channel: ServiceChannel, nowMs: number, holidays: (ymd: string) => boolean): ChannelNow {
  if (channel.hoursVary) return { channel, state: 'varies' };
  if (channel.hours === undefined) return { channel, state: 'always' };
  const state = openState(channel.hours, nowMs, holidays);
  if (state.status === 'closed') return { channel, state: 'closed', opensAtMs: state.opensAtMs };
  return state.closesAtMs === undefined
    ? { channel, state: 'always' }
    : { channel, state: 'open', closesAtMs: state.closesAtMs };
}
