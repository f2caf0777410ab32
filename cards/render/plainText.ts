import type { Reply, ReplyAction } from '../reply';

/**
 * A reply as text that reads well aloud and carries the same facts as the card: every amount, date, number
 * and link. Lines are separated by '\n'.
 */
export function plainText(reply: Reply): string {
  const lines: string[] = [];
  if (reply.title !== undefined) lines.push(reply.title);
  if (reply.headline !== undefined) lines.push(`${reply.headline.label} ${reply.headline.value}`);
  lines.push(...(reply.body ?? []));
  for (const fact of reply.facts ?? []) {
    const mark = fact.mark === undefined ? '' : `[${fact.mark.word}] `;
    const detail = fact.detail === undefined ? '' : ` (${fact.detail})`;
    lines.push(`• ${mark}${fact.label} ${fact.value}${detail}`);
  }
  if (reply.note !== undefined) lines.push(reply.note);
  for (const section of reply.sections ?? []) {
    lines.push('', section.heading);
    for (const row of section.rows) {
      const action = row.action === undefined ? '' : ` (${actionText(row.action)})`;
      lines.push(`• ${row.name}: ${row.detail}${action}`);
    }
  }
  const actions = (reply.actions ?? []).map(actionText).filter((text) => text !== '');
  if (actions.length > 0) lines.push(...actions);
  return lines.join('\n').trim();
}

function actionText(action: ReplyAction): string {
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

/** '15880010' → '1588-0010'; short numbers stay. */
export function dialled(phoneNumber: string): string {
  return phoneNumber.length === 8 ? `${phoneNumber.slice(0, 4)}-${phoneNumber.slice(4)}` : phoneNumber;
}
