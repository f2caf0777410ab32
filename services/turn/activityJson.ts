import type { JsonActivity } from './turnStore';

const texts = new WeakMap<JsonActivity, string>();

/** An activity as JSON text, made once: the log and every client's frame hold the same. What was said never changes. */
export function activityJson(activity: JsonActivity): string {
  const known = texts.get(activity);
  if (known !== undefined) return known;
  const text = JSON.stringify(activity);
  texts.set(activity, text);
  return text;
}

/** The activity that a JSON text holds: a copy that nobody else can reach. */
export function activityOfJson(text: string): JsonActivity {
  const activity: JsonActivity = JSON.parse(text);
  texts.set(activity, text);
  return activity;
}
