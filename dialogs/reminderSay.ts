import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { JsonValue } from '../services/turn/turnStore';
import { say } from './dialogTurn';
import type { SystemEventHandler } from './systemEventHandler';

const value = z.object({ text: z.string().min(1).max(2_000), language: z.enum(['ko', 'en']) });

/** Says a reminder in the chat whose words were decided on before: by another way it could not be sent. */
export class ReminderSay implements SystemEventHandler {
  readonly names = ['reminder.say'];

  async take(
    context: TurnContext,
    event: { readonly name: string; readonly value: JsonValue },
  ): Promise<void> {
    const { text, language } = value.parse(event.value);
    await say(context, { locale: language, layout: 'text', body: [text] });
  }
}
