import { z } from 'zod';
import type { Reply } from '../../cards/reply';
import type { JsonActivity } from '../../services/turn/turnStore';
import { localeOf } from '../../strings';

const replyShape = z.object({ locale: z.enum(['ko', 'en']), layout: z.enum(['text', 'card']) });
const withModel = z.object({
  // Our own renderer put it there: here only that it is one.
  reply: z.custom<Reply>((reply) => replyShape.safeParse(reply).success),
});

/** The models behind a turn's replies; of one without a model, its text. */
export function repliesIn(activities: readonly JsonActivity[]): Reply[] {
  return activities.filter(({ type }) => type === 'message').map(replyOf);
}

function replyOf({ channelData, text, locale }: JsonActivity): Reply {
  const model = withModel.safeParse(channelData);
  if (model.success) return model.data.reply;
  const language = typeof locale === 'string' ? localeOf(locale) : undefined;
  return { locale: language ?? 'ko', layout: 'text', body: typeof text === 'string' ? [text] : [] };
}
