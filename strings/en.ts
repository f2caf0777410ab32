import type { Strings } from '.';
import { handoff } from './handoff/en';
import { reminderDelivery } from './reminderDelivery/en';
import { reminders } from './reminders/en';
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
  service: { mobile: 'mobile', internet: 'internet', tv: 'TV', other: 'service' },

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
    wornOut: 'That sounds hard. If you like, I can tell you how to talk to a person.',
    takeYourTime: 'Sure, take your time.',
    speaking: 'Sure, let us speak English.',
    residentNumber:
      'I saw something like a resident registration number, did not store it and erased it at once. This chat never takes one.',
  },

  unsure: {
    closest: (labels: readonly string[]) =>
      `Did you mean ${labels
        .map((label) => `'${label}'`)
        .join(', ')
        .replace(/, (?=[^,]*$)/, ' or ')}?`,
    notThat: 'All right, let me ask again.',
    notAny: 'Sorry, I guessed wrong. Please put it another way, or pick one below.',
    sameAgain: 'I asked before and could not find the answer. Please put it another way, or pick one below.',
    notOnList: 'There is no button with that number. Please pick one below.',
    wordless: 'Write what you would like to know, and I will help. You can also pick one below.',
    onlyNumber: 'I cannot tell from a number alone what you need. To see your bill, please pick below.',
    unknown: 'I did not understand that. Please put it another way, or pick one below.',
    outOfScope: 'That is something I do not know. I help with checking and paying unpaid KT bills.',
    stuckOutOfScope: 'Sorry, I do not know about that. Talking to a person may be quicker.',
    stuck: 'Sorry that I keep missing your point. Talking to a person may be quicker.',
  },

  followUp: {
    unknown: {
      hours: 'I do not know the exact hours.',
      duration: 'I do not know exactly how long it takes.',
      cost: 'I do not know whether it costs anything.',
      number: 'I do not know the phone number there.',
      place: 'I do not know the exact place.',
      bring: 'I do not know what you need.',
      pay: 'I do not know whether you can pay that way.',
      amount: 'I do not know the exact amount.',
      next: 'Those are all the steps I know.',
      how: 'I do not know more details.',
    },
    othersUnknown: {
      hours: 'I do not know the hours of the other ways.',
      duration: 'I do not know how long the other ways take.',
      cost: 'I do not know whether the other ways cost anything.',
      number: 'I do not know the phone numbers of shops.',
      place: 'I do not know the exact place.',
      bring: 'I do not know what the other ways need.',
      pay: 'I do not know whether you can pay in other ways.',
      amount: 'I do not know the exact amount.',
      next: 'Those are all the steps I know.',
      how: 'I do not know more details.',
    },
    askThere: 'Please check the KT website or ask customer service.',
    instead: 'All right, which one would you like to know about?',
  },

  requests: {
    alsoAsked: 'Here is the other thing you asked.',
    oneMore: (label: string) => `You also asked about '${label}'. Press below and I will go on.`,
  },

  danger: {
    title: 'This sounds very hard',
    lead: 'The bill can wait. You do not have to bear this alone, so please talk to somebody now.',
  },

  prompts: {
    yes: 'Yes',
    no: 'No',
    confirmAgain: "Please answer 'yes' or 'no'.",
    askAmount: 'Please write the amount, such as 35,000 won.',
    amountAgain: 'I could not read an amount there. Please write it like 35,000 won.',
    oneAmount: 'There is more than one amount. Please write only one.',
    amountAtLeast: (least: number) => `Please write an amount of at least ${won(least)}.`,
    amountAtMost: (most: number) => `It can be at most ${won(most)}. Please write it again.`,
    askDate: "Please write the date, such as 'November 25' or 'next Friday'.",
    dateAgain: "I could not read a date there. Please write it like 'November 25' or 'next Friday'.",
    oneDate: 'There is more than one date. Please write only one.',
    day: (ymd: string, withYear: boolean) => `${dayOf(ymd)}${withYear ? ` ${ymd.slice(0, 4)}` : ''}`,
    meantDay: (day: string) => `Do you mean ${day}?`,
    otherDay: "Then please tell me the month and the day, such as 'November 25'.",
    whichDay: (ym: string) => `Which day of ${monthOf(ym)} is it?`,
    dateIsPast: (day: string) => `${day} has already passed. Please write today's date or a later one.`,
    dateIsAhead: (day: string) => `${day} has not come yet. Please write today's date or an earlier one.`,
    askPhone: 'Please write the mobile number.',
    onePhone: 'There is more than one number. Please write only one.',
    askCode: 'Please write the digits from the text message.',
    stopped: 'All right, I will stop here.',
    gaveUp: 'No problem, this can wait. Feel free to ask something else.',
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
    limited: (retryAt) => `For safety I cannot send more codes now. You can get one again from ${retryAt}.`,
    withoutCode:
      'There are also ways without a text. Go to a nearby store with your ID, log in on the website, or ask a person.',
    lineSystemDown:
      'Sorry, I cannot check numbers right now. Please try again in a little while. If it is urgent, the app, a store or the call centre can help as well.',
    knownLine: (line) =>
      `Shall I send a code to ${line}? I show the bill once you have confirmed the number with it.`,
    knownLineYes: 'Yes, please send it',
    underFourteen:
      'I cannot show a bill to somebody under 14 in this chat. Please ask in a store or the call centre together with a guardian.',
    forAnother:
      'Only the person whose bill it is may see it. They can ask me themselves, or a store or the call centre can help in special cases.',
    limitedButSent: 'If you already have a code, please write that one.',
    privateOnly:
      'I do not show bills where others can read along. Please ask me in a chat with just the two of us.',
    signedOut: 'You are signed out. To see your bill again, please verify again.',
    sms: (code, host) =>
      `[Bill Guide] Unpaid bill code ${code}\nStaff never ask for it.${host === undefined ? '' : `\n@${host} #${code}`}`,
  },

  agency: {
    ask: 'Only the holder of the number can see the details. Please press the button below to verify that it is you.',
    until: (until: string) =>
      `You can do this until ${until}. Come back here when you have finished and I will carry on.`,
    forward: 'Please do not send this link to anybody else.',
    open: 'Verify that it is me',
    done: 'I have finished',
    again: 'Get a new link',
    why: 'The total needs only a text message code, but the details are guarded more carefully.',
    still: 'Let us carry on. Please tell me when you have verified yourself.',
    pending: 'The verification is not finished yet. Please press when you have finished it.',
    failed: 'The verification was not completed. Would you like to try again?',
    expired: 'The time for the verification is over. Would you like to try again?',
    unavailable:
      'I cannot see the result of the verification right now. Please press again in a moment. What you did is not lost.',
    otherPerson:
      'You could not be confirmed as the holder of this number, so I cannot show the details. The holder can check them in a store with an ID, or by asking a person.',
    underage:
      'For children under 14 a guardian has to agree, so I cannot show the details here. Please go to a store or ask a person together with your guardian.',
    limited: (retryAt: string) =>
      `To keep you safe, no more verifications are possible for now. You can try again from ${retryAt}. If it is urgent, please go to a store or ask a person.`,
    declined:
      'All right, you do not have to. The details are also available in the app, in a store or from customer service.',
    noAgency:
      'I cannot show the details here. You can see them in the app, in a store or ask customer service.',
    page: {
      title: 'Identity verification',
      lead: 'The Bill Guide chat asks you to verify who you are.',
      what: 'You enter your name and date of birth only on the page of the agency. Bill Guide checks only whether you are the holder of the number and does not store them.',
      warn: 'If you did not ask for this yourself, or somebody sent you the link, please close this window.',
      begin: 'Start the verification',
      opening: 'Opening the verification.',
      stopped: 'The verification stopped half way. Please start again or go back to the chat.',
      trouble: 'The verification cannot be opened right now. Please press again in a moment.',
      noScript: 'This page needs JavaScript. Please switch it on in your browser.',
      goneTitle: 'This link no longer works',
      gone: 'It is too old or has been used. Please go back to the chat and press "Get a new link".',
      returnTitle: 'Please go back to the chat',
      returned: 'You can close this window. The chat goes on by itself.',
      demoTitle: 'Demo verification: this is not the real PASS',
      demoLead:
        'This page plays the app of an identity agency. Choose who verifies themselves. All of them are made up.',
      demoOutcomes: {
        holder: 'The holder of the number',
        somebodyElse: 'Somebody else',
        child: 'A child under 14',
        givenUp: 'Cancel without verifying',
      },
    },
  },

  codeTime: {
    until: (time: string) => `You can use it until ${time}.`,
    minuteLeft: 'You have 1 minute left to enter the code.',
    secondsLeft:
      'You have 20 seconds left to enter the code. If that is too short, use "Send again" for a new one.',
    over: 'The time for the code is over. Press "Send again" for a new one.',
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

  billItems: {
    show: 'Show details',
    showOf: (month, service) => `${month} ${service} details`,
    title: (month, service) => `${month} ${service} bill in detail`,
    billed: 'Billed',
    credit: 'taken off',
    penalty: 'added',
    none: 'This bill lists no items.',
    differs: (total) => `The items add up to ${total}. Please ask a person why the bill differs.`,
    notFound: 'I could not find that bill. Shall we look at what is unpaid now?',
    nothingUnpaid: 'Nothing is unpaid, so there are no details to show.',
    notHere:
      'I cannot show bill details or payment accounts here. You can see your bill in detail in the MyKT app.',
  },

  paymentAccount: {
    show: 'Show payment account',
    title: 'Where your bills are paid from',
    lastFour: (institution, digits) => `${institution} ending in ${digits}`.trim(),
    bank: 'bank account',
    card: 'card',
    none: 'not known',
    change: 'You can change how you pay in the MyKT app.',
  },

  paymentStatus: {
    offer: { label: 'Check my payment', text: 'Please check whether my payment has arrived' },
    offerLine: 'If you verify yourself, I can look up how your payment is doing right now.',
    when: (paidOn, nowMs) => {
      const days = seoulDaysBetween(Date.parse(`${paidOn}T00:00:00+09:00`), nowMs);
      return days === 0 ? 'today' : days === 1 ? 'yesterday' : `on ${dayOf(paidOn)}`;
    },
    inProgress: (when, amount) => `I can see that you paid ${amount} ${when}. It is still being processed.`,
    settled: (when, amount) => `I can see that you paid ${amount} ${when}.`,
    failed: (when, amount) => `The payment of ${amount} ${when} did not go through.`,
    unclear: (when, amount) => `I cannot tell whether the payment of ${amount} ${when} is complete.`,
    noneFound: 'I found no payment in the last two months.',
    nothingLeft: 'There is nothing more to pay right now.',
    left: (amount) => `${amount} is left to pay.`,
    leftBesides: (amount) => `Besides what is being processed, ${amount} is left to pay.`,
    delay: 'It takes time to be booked, so it may show as unpaid for a while.',
    justPaid: 'If you have just paid, it can take time to be booked.',
    askPerson: 'If the money has left your account and does not show here, please ask a person.',
    marks: {
      inProgress: 'being processed',
      settled: 'paid',
      failed: 'not paid',
      unclear: 'needs checking',
    },
    payment: 'Payment',
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

  kakao: {
    row: {
      head: 'What I found',
      item: 'Item',
      amount: 'Amount',
      state: 'Status',
      detail: 'Note',
      basis: 'As of',
      total: 'Total',
    },
    below: 'Please choose below.',
    waiting: 'I am looking it up. One moment, please.',
    slow: 'This is taking a little longer. Please press the button below in a moment.',
    result: 'See the result',
    noResult: 'There is no new result. Please write your question again.',
    nothing: 'All right. Write to me whenever you have a question.',
  },

  reminderDelivery,

  failure: {
    turn: 'Sorry, I could not handle that message. Please write it once more.',
  },
};
