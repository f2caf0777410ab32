import { won } from '../format/en';
import { seoulTime } from '../seoulTime';
import type { chatwoot as korean } from './ko';

export const chatwoot: typeof korean = {
  contact: 'Bill Guide customer',
  title: '[Bill Guide] Summary by the chatbot.',
  reason: {
    asked: 'The customer asked for an agent.',
    notUnderstood: 'The chatbot did not understand several messages.',
    verificationFailed: 'The identity check did not succeed.',
    suspended: 'The line is suspended.',
    upset: 'The customer was upset.',
    distress: 'The customer sounded distressed. Please look after them first.',
    topic: 'The question needs an agent.',
  },
  callback: 'They asked for an answer during opening hours and may not be looking at the chat now.',
  verified: (line, atMs) => `Identity: verified at ${clock(atMs)}${line === undefined ? '' : ` (${line})`}`,
  notVerified: 'Identity: not verified',
  owes: (totalKrw, atMs) => `Unpaid: ${won(totalKrw)} (as of ${clock(atMs)})`,
  bill: (label, amountKrw, dueDate) =>
    `- ${label}: ${won(amountKrw)}${dueDate === undefined ? '' : `, due ${dueDate}`}`,
  soFar: 'The conversation so far:',
  speaker: { customer: 'Customer', bot: 'Chatbot', agent: 'Agent' },
};

function clock(atMs: number): string {
  const { month, day, hour, minute } = seoulTime(atMs);
  return `${month}/${day} ${hour}:${String(minute).padStart(2, '0')} (Seoul)`;
}
