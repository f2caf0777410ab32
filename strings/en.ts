import type { Strings } from '.';
import { seoulDaysBetween, seoulTime } from './seoulTime';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function won(amount: number): string {
  return `${amount < 0 ? '-' : ''}${Math.abs(amount).toLocaleString('en-US')} won`;
}

function clockTime(epochMs: number): string {
  const { hour, minute } = seoulTime(epochMs);
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`;
}

function dayOf(ymd: string): string {
  const [, month, day] = ymd.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]}`;
}

function monthOf(ym: string): string {
  return `${months[Number(ym.slice(5, 7)) - 1]}`;
}

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
  service: { mobile: 'mobile', internet: 'internet', tv: 'TV' },

  manners: {
    welcome:
      'Hello, this is Bill Guide. I help you check an unpaid bill and find a way to pay it. What would you like to know?',
    hello: 'Hello! What would you like to know?',
    thanks: 'Glad to help. Ask me anything else you need.',
    goodbye: 'Goodbye, and have a good day. Come back whenever you need.',
    helpTitle: 'Here is what I can do',
    help: [
      'I am not a person; I answer automatically.',
      'I show what you owe, once I know it is you.',
      'I tell you how to check and pay in the app, on the website, by phone and in a store.',
      'Ask me about late bills, suspension, or a payment that does not show yet.',
      "Write 'cancel' to stop, or 'start over' to begin again.",
    ],
    cancelled: 'All right, I stopped. Let us start over. What would you like to know?',
    nothingToCancel: 'We are at the start. What would you like to know?',
    empty: 'That message was empty.',
    attachment: 'I cannot open pictures or files.',
    writeIt: 'Please write what you would like to know.',
    staleButton: 'That button belongs to an earlier step.',
    chooseBelow: 'Please choose from below.',
    helloMidway: 'Hello!',
    thanksMidway: 'You are welcome.',
    whichOne: 'What can I do for you? Please choose from below.',
    noNeed: 'All right. Ask me whenever you need.',
    upset: 'Sorry for the trouble. If you like, I can tell you how to talk to a person.',
    speaking: 'Sure, let us speak English.',
    residentNumber:
      'I saw something like a resident registration number, did not store it and erased it at once. This chat never takes one.',
  },

  unsure: {
    closest: 'Did I understand you? Please pick the closest one.',
    wordless: 'Write what you would like to know, and I will help. You can also pick one below.',
    onlyNumber: 'I cannot tell from a number alone what you need. To see your bill, please pick below.',
    unknown: 'I did not understand that. Please put it another way, or pick one below.',
    outOfScope: 'That is something I do not know. I help with checking and paying unpaid KT bills.',
    stuckOutOfScope: 'Sorry, I do not know about that. Talking to a person may be quicker.',
    stuck: 'Sorry that I keep missing your point. Talking to a person may be quicker.',
  },

  stepUp: {
    askPhone:
      'Only you may see your bill. Please write the mobile number the bill belongs to. I never take a resident registration number.',
    phoneLabel: 'Mobile number',
    phonePlaceholder: '010-0000-0000',
    phoneError: 'Please write a mobile number.',
    phoneSubmit: 'Send me a code',
    phoneAgain: 'I could not read a mobile number there. Please write the digits, starting with 010.',
    otherWays: 'If you would rather not write it, a store or the call centre can also help.',
    oneNumber: 'There is more than one number. Please write only the one the bill belongs to.',
    phonePlease: 'All right. Please write the mobile number the bill belongs to.',
    phoneFirst: 'Before I show a bill I check that it is yours. Please write your mobile number.',
    declined:
      'All right, you do not have to. You can also check in the app, in a store or with the call centre.',
    stillPhone: 'Let us go on. Please write the mobile number the bill belongs to.',
    sent: (digits, minutes) =>
      `If that number is registered, a text with a ${digits}-digit code is on its way. Please write it here within ${minutes} minutes.`,
    sentAgain: (digits, minutes) =>
      `If that number is registered, a new ${digits}-digit code is on its way. Please write the latest one within ${minutes} minutes.`,
    notArrived:
      'If no text arrives, please check the number. If you cannot receive texts, a store or the call centre can help.',
    codeLabel: 'Code',
    codePlaceholder: 'Digits from the text',
    codeError: 'Please write the digits from the text message.',
    codeSubmit: 'Confirm',
    resend: 'Send again',
    otherPhone: 'Other number',
    codeAgain: 'Please write here only the digits from the text sent to your number.',
    codePlease: 'All right. Please write the digits from the text message.',
    codeNo: "If no text arrived, pick 'Send again'. If the number was wrong, pick 'Other number'.",
    codeFirst: 'I need the code before I can show your bill. Please write the digits from the text message.',
    noNewCode: 'All right, I will not send one. A store or the call centre can also help.',
    stillCode: 'Let us go on. Please write the code from the text message.',
    wrong: (triesLeft) =>
      `That code does not match. You have ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`,
    exhausted: 'That was the third mismatch, so this code no longer works. Shall I send a new one?',
    expired: 'The time for this code has passed. Shall I send a new one?',
    limited: (retryAt) =>
      `For safety I cannot send more codes now. You can get one again from ${retryAt}. If it is urgent, a store or the call centre can help.`,
    limitedButSent: 'If you already have a code, please write that one.',
    privateOnly:
      'I do not show bills where others can read along. Please ask me in a chat with just the two of us.',
    signedOut: 'You are signed out. To see your bill again, please verify again.',
    sms: (code) =>
      `[Bill Guide] Code ${code} to check your unpaid bill. Enter it in the chat within 3 minutes. Our staff never ask for it.`,
  },

  unpaidBalance: {
    headline: 'Unpaid',
    noneTitle: 'You owe nothing',
    none: (line) => `Every bill for ${line} has been paid.`,
    asOf: (line, nowMs) => {
      const { month, day } = seoulTime(nowMs);
      return `${line} · as of ${day} ${months[month - 1]}, ${clockTime(nowMs)} (Seoul)`;
    },
    bill: (month, service) => `${month}, ${service}`,
    dueBy: (day) => `due ${day}`,
    dueWas: (day) => `was due ${day}`,
    partlyPaid: (paid, of) => `${paid} of ${of} paid`,
    overdue: 'Overdue',
    upcoming: 'Not due yet',
    inProgress: 'In progress',
    inProgressNote: (amount) =>
      `Your payment of ${amount} is being booked. That takes some time, so it may show as unpaid for a while.`,
    inProgressTitle: 'Your payment is being booked',
    whereToPay: 'Where you can check and pay now',
    spoken: (total, bills) => `You owe ${total} in all, on ${bills} ${bills === 1 ? 'bill' : 'bills'}.`,
    unavailable:
      'Sorry, I cannot load your bill right now. Please ask again in a little while. These ways also work.',
    again: 'Check again',
  },

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
    notHere: 'I cannot connect you to a person inside this chat.',
  },

  setReminder: {
    title: 'Due date alerts',
    notYet: 'I cannot send you reminders myself.',
    app: 'The MyKT app can tell you about new bills and due dates by push notification.',
  },

  failure: {
    turn: 'Sorry, I could not handle that message. Please write it once more.',
  },
};
