import type { InChat } from '../cards/humanAgentCard';
import { lookOf } from '../cards/render/channelLook';
import type { OpenState } from '../services/faq/openingHours';
import type { Handoffs } from '../services/handoff/handoffs';
import type { DialogTurn } from './dialogTurn';

/**
 * What people can do in this chat at this moment. KakaoTalk hands over by itself, and a group is no place for it.
 * @param hours whether people are at the desk at a moment, epoch ms
 */
export function peopleInChat(
  { binding, isGroup, nowMs }: DialogTurn,
  { handoffs, hours }: { readonly handoffs: Pick<Handoffs, 'isPossible'>; hours(nowMs: number): OpenState },
): InChat {
  const isKakao = lookOf(binding.channelId).kind === 'kakao';
  if (!handoffs.isPossible || isGroup || isKakao) return { state: 'never' };
  const open = hours(nowMs);
  return open.status === 'open' ? { state: 'now' } : { state: 'later', opensAtMs: open.opensAtMs };
}
