import { clockTime, dayOf, months } from '../format/en';
import { seoulDaysBetween, seoulTime } from '../seoulTime';
import type * as ko from './ko';

export const unpaidBalance: typeof ko.unpaidBalance = {
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
};

export const billItems: typeof ko.billItems = {
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
};

export const paymentAccount: typeof ko.paymentAccount = {
  show: 'Show payment account',
  title: 'Where your bills are paid from',
  lastFour: (institution, digits) => `${institution} ending in ${digits}`.trim(),
  bank: 'bank account',
  card: 'card',
  none: 'not known',
  change: 'You can change how you pay in the MyKT app.',
};

export const paymentStatus: typeof ko.paymentStatus = {
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
};
