import { stringsFor } from '../../strings';
import type { Fact, Reply, ReplyAction, Section } from '../reply';

/**
 * A reply as text that reads well aloud and carries the same facts as the card: every amount, date, number,
 * mark, link and thing that can be said. Lines are separated by '\n'.
 */
export function plainText(reply: Reply): string {
  const sayings = (reply.actions ?? []).flatMap(saying);
  const body = plainTextBody(reply);
  if (sayings.length === 0) return body;
  return [body, stringsFor(reply.locale).plainText.canSay(sayings)].join('\n').trim();
}

/** The same without the line on what can be said, for channels that have buttons for it. */
export function plainTextBody(reply: Reply): string {
  const lines: string[] = [];
  if (reply.title !== undefined) lines.push(reply.title);
  if (reply.headline !== undefined) lines.push(`${reply.headline.label} ${reply.headline.value}`);
  lines.push(...(reply.body ?? []), ...(reply.facts ?? []).map(factLine));
  if (reply.note !== undefined) lines.push(reply.note);
  for (const section of reply.sections ?? []) lines.push('', ...sectionLines(section));
  lines.push(...(reply.actions ?? []).map(actionText).filter((text) => text !== ''));
  return lines.join('\n').trim();
}

export function factLine({ label, value, detail, mark }: Fact): string {
  const state = mark === undefined ? '' : `[${mark.word}] `;
  return `- ${state}${label} ${value}${detail === undefined ? '' : ` (${detail})`}`;
}

/** A heading, and a line a row. */
export function sectionLines({ heading, rows }: Section): string[] {
  const line = ({ name, detail, action }: Section['rows'][number]) => {
    const how = action === undefined ? '' : (saying(action)[0] ?? actionText(action));
    return `- ${name}: ${detail}${how === '' ? '' : ` (${how})`}`;
  };
  return [heading, ...rows.map(line)];
}

/** A link or a number with what it is for; '' for what is said or pressed. */
export function actionText(action: ReplyAction): string {
  switch (action.kind) {
    case 'open':
      return `${action.label}: ${action.url}`;
    case 'call':
      return `${action.label}: ${dialled(action.phoneNumber)}`;
    case 'say':
    case 'do':
      return '';
  }
}

function saying(action: ReplyAction): string[] {
  if (action.kind === 'say') return [action.text];
  return action.kind === 'do' && action.pressOnly !== true ? [action.label] : [];
}

/** '15880010' → '1588-0010'; short numbers stay. */
export function dialled(phoneNumber: string): string {
  return phoneNumber.length === 8 ? `${phoneNumber.slice(0, 4)}-${phoneNumber.slice(4)}` : phoneNumber;
}
