import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { JsonValue } from '../services/turn/turnStore';

/** What the customer sent, as dialogs read it. */
export type CustomerMessage =
  | { readonly kind: 'text'; readonly text: string }
  /** A card's button: `action` reads `feature.verb`, `fields` holds the card's inputs. */
  | { readonly kind: 'action'; readonly action: string; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'attachment' }
  /** Nothing is left of it: it was a resident registration number, and the customer has been told. */
  | { readonly kind: 'erased' }
  | { readonly kind: 'empty' }
  /** Not the customer's: something happened on our own side, and the turn's mark says so. */
  | { readonly kind: 'system'; readonly name: string; readonly value: JsonValue };

const cardValue = z
  .object({ action: z.string().regex(/^[A-Za-z]{1,40}\.[A-Za-z]{1,40}$/) })
  .catchall(z.unknown());

/** Card values are hostile input: strings only, bounded, by name from a map, never merged into an object. */
export function customerMessage(activity: Activity): CustomerMessage {
  const text = (activity.text ?? '').trim();
  const value = cardValue.safeParse(text === '' ? fromText(activity.value) : fromText(text));
  if (text !== '' && !value.success) return { kind: 'text', text };
  if (value.success) {
    const fields = new Map<string, string>();
    for (const [name, field] of Object.entries(value.data)) {
      if (typeof field === 'string' && field.length <= 200) fields.set(name, field);
    }
    return { kind: 'action', action: value.data.action, fields };
  }
  if ((activity.attachments?.length ?? 0) > 0) return { kind: 'attachment' };
  return activity.value === undefined || activity.value === null
    ? { kind: 'empty' }
    : { kind: 'action', action: 'unknown.unknown', fields: new Map() };
}

/** Messengers without objects give a button's value back as JSON text, in the words or beside them. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('{"action":') || value.length > 1_000) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
