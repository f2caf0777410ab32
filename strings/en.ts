import type { Strings } from '.';
import { billItems, paymentAccount, paymentStatus, unpaidBalance } from './billing/en';
import { chatwoot } from './chatwoot/en';
import { danger, followUp, manners, prompts, requests, unsure } from './conversation/en';
import { clockTime, dayOf, monthOf, months, weekdays, won } from './format/en';
import { handoff } from './handoff/en';
import { agency, codeTime, stepUp } from './identity/en';
import { kakao } from './kakao/en';
import { reminderDelivery } from './reminderDelivery/en';
import { reminders } from './reminders/en';
import { seoulDaysBetween, seoulTime } from './seoulTime';

export const en: Strings = {
  locale: 'en-US',
  won,
  spokenWon: won,
  clockTime,
  dayOf,
  monthOf,
  topics: {
    check_methods: { label: 'Ways to check', text: 'Where can I check my unpaid bill?' },
    check_app: { label: 'In the app', text: 'How do I see my unpaid bill in the app?' },
    check_web: { label: 'On the website', text: 'How do I see my unpaid bill on the website?' },
    check_phone: { label: 'By phone', text: 'Which number do I call about my unpaid bill?' },
    check_store: { label: 'In a store', text: 'How do I check my unpaid bill in a store?' },
    overdue_help: { label: 'If I am late', text: 'What happens if my bill is overdue?' },
    late_fee: { label: 'Late fee', text: 'Is there a late fee?' },
    suspension: { label: 'Suspension', text: 'Will my line be suspended if I do not pay?' },
    payment_delay: { label: 'Paid but unpaid', text: 'I paid, so why does it still show as unpaid?' },
    identity_check: { label: 'Identity check', text: 'Why do you check my identity?' },
    due_alerts: { label: 'Bill alerts', text: 'Can I get due date alerts?' },
    pay_methods: { label: 'Ways to pay', text: 'How do I pay my unpaid bill?' },
    unpaid_balance: { label: 'My unpaid bill', text: 'How much do I owe?' },
    human_agent: { label: 'Talk to a person', text: 'I want to talk to a person' },
    set_reminder: { label: 'Remind me', text: 'Remind me before the due date' },
    greeting: { label: 'Hello', text: 'Hello' },
    thanks: { label: 'Thanks', text: 'Thank you' },
    goodbye: { label: 'Bye', text: 'Goodbye' },
    help: { label: 'Help', text: 'What can you do?' },
    cancel: { label: 'Start over', text: 'Start over' },
    out_of_scope: { label: 'Something else', text: 'I will ask something else' },
  },
  service: { mobile: 'mobile', internet: 'internet', tv: 'TV', other: 'service' },

  manners,

  unsure,

  followUp,

  requests,

  danger,

  prompts,

  stepUp,

  agency,

  codeTime,

  unpaidBalance,

  billItems,

  paymentAccount,

  paymentStatus,

  channelRow: {
    appAnytime: 'Around the clock',
    webNoInstall: 'Log in, nothing to install',
    phoneOpen: (closes) => `Until ${closes}, free from KT mobiles`,
    phoneClosed: (opens) => `Opens ${opens}`,
    storeBring: 'Bring your ID',
    buttons: { app: 'Get the app', web: 'Open website', phone: 'Call 114', store: 'Find a store' },
  },
  opensAt: (nowMs, opensAtMs) => {
    const days = seoulDaysBetween(nowMs, opensAtMs);
    const { month, day, weekday } = seoulTime(opensAtMs);
    const when =
      days === 0
        ? 'today'
        : days === 1
          ? 'tomorrow'
          : days < 7
            ? (weekdays[weekday] ?? '')
            : `${day} ${months[month - 1]}`;
    return `${when} ${clockTime(opensAtMs)}`;
  },

  humanAgent: {
    title: 'To talk to a person',
    open: (closes) => `The call centre usually answers on weekdays until ${closes}. You can call now.`,
    closed: (opens) => `The call centre is closed right now. It usually opens ${opens}.`,
    mobile: 'From a KT mobile, dial 114. It is free.',
    others: 'From a landline or another carrier, dial 1588-0010. The call is charged.',
    wait: 'You may have to wait to be connected.',
    call114: 'Call 114 (free)',
    call1588: 'Call 1588-0010',
    connect: 'Ask an agent',
    notHere: 'I cannot connect you to a person inside this chat.',
  },

  handoff,

  reminders,

  setReminder: {
    title: 'Due date alerts',
    notYet: 'I cannot send you reminders myself.',
    app: 'The MyKT app can tell you about new bills and due dates by push notification.',
  },

  plainText: {
    canSay: (sayings) => `You can also write: ${sayings.map((saying) => `'${saying}'`).join(', ')}`,
  },

  kakao,

  reminderDelivery,

  chatwoot,

  failure: {
    turn: 'Sorry, I could not handle that message. Please write it once more.',
  },
};
