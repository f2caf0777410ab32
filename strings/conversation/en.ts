import { dayOf, monthOf, won } from '../format/en';
import type * as ko from './ko';

export const manners: typeof ko.manners = {
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
};

export const unsure: typeof ko.unsure = {
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
};

export const followUp: typeof ko.followUp = {
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
};

export const requests: typeof ko.requests = {
  alsoAsked: 'Here is the other thing you asked.',
  oneMore: (label: string) => `You also asked about '${label}'. Press below and I will go on.`,
};

export const danger: typeof ko.danger = {
  title: 'This sounds very hard',
  lead: 'The bill can wait. You do not have to bear this alone, so please talk to somebody now.',
};

export const prompts: typeof ko.prompts = {
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
};
