import { z } from 'zod';
import type { InboundActivity } from '../../services/turn/inboundActivity';

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string() }),
  text: z.string().min(1),
});

/** In a group one writes "@요금길잡이 …": the bot's own name is no part of the question. Others' names stay. */
export function withoutOwnMention<T extends InboundActivity>(activity: T): T {
  const { text, entities, recipient } = activity;
  if (text === undefined || !Array.isArray(entities)) return activity;
  const own = entities.flatMap((entity) => {
    const found = mention.safeParse(entity);
    return found.success && found.data.mentioned.id === recipient?.id ? [found.data.text] : [];
  });
  return { ...activity, text: own.reduce((rest, name) => rest.replaceAll(name, ' '), text).trim() };
}
