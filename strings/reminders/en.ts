import { seoulTime } from '../seoulTime';
import type { ReminderStrings } from './ko';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function clock(minuteOfDay: number): string {
  const hour = Math.floor(minuteOfDay / 60);
  const minute = minuteOfDay % 60;
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`;
}

function dayOf(ymd: string): string {
  const [, month, day] = ymd.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]}`;
}

/** 'Saturday 5 Dec, 9 am (Korean time)' */
function moment(atMs: number, nowMs: number): string {
  const { year, month, day, weekday, hour, minute } = seoulTime(atMs);
  const withYear = year === seoulTime(nowMs).year ? '' : ` ${year}`;
  return `${weekdays[weekday]} ${day} ${months[month - 1]}${withYear}, ${clock(hour * 60 + minute)} (Korean time)`;
}

function before(days: number): string {
  return days === 1 ? 'the day before' : days === 7 ? 'a week before' : `${days} days before`;
}

export const reminders: ReminderStrings = {
  clock,
  dayOf,
  moment,

  offers: {
    settled: { label: 'When it is in', text: 'Tell me when my payment has settled' },
    serviceBack: { label: 'When it works', text: 'Tell me when it works again' },
    dayBefore: { label: 'Day before due', text: 'Remind me the day before it is due' },
    dueToday: { label: 'On the due date', text: 'Remind me on the due date' },
    tomorrow: { label: 'Tomorrow, 9 am', text: 'Remind me tomorrow at 9 am' },
    list: { label: 'My reminders', text: 'Show my reminders' },
    change: { label: 'Change it', text: 'Change my reminder' },
    stopAll: { label: 'Stop reminders', text: 'Stop reminding me' },
  },
  stopNumber: (place) => ({ label: `Stop ${place}`, text: `Stop reminder ${place}` }),

  names: {
    dueSoon: (days, minute) => `${before(days)} the due date, ${clock(minute)}`,
    dueToday: (minute) => `on the due date, ${clock(minute)}`,
    overdueOnce: 'once when the due date has passed',
    settled: 'when the payment has settled',
    serviceBack: 'when the lookup works again',
    moment: 'once',
    monthly: (day, minute) => `${day === 31 ? 'last day' : `day ${day}`} of each month, ${clock(minute)}`,
  },
  whenNewBill: 'with the next bill',
  watching: 'keeping an eye on it',

  ask: {
    when: 'Sure. When shall I remind you? Just write a day and a time.',
    past: 'That time has passed already. Please write a day to come.',
    tooOften: 'I cannot remind you daily or weekly. Please name one moment, or one day of each month.',
    tooEarly: 'I can remind you up to 14 days before the due date. How many days before shall it be?',
    noSuchDay: 'No calendar has that day. Please write another one.',
    whichDay: 'On which day of each month? Please write it as a number.',
    other: {
      when: 'I did not understand when the other one is to be. Please write its day and time again.',
      past: 'The other time has passed already. Please write a day to come.',
      tooOften:
        'I cannot remind you daily or weekly. For the other one please name one moment, or one day of each month.',
      tooEarly:
        'I can remind you up to 14 days before the due date. How many days before shall the other one be?',
      noSuchDay: 'No calendar has the other day. Please write another one.',
      whichDay: 'On which day of each month shall the other one be? Please write it as a number.',
    },
    changeWhen: 'Sure. When shall it be instead?',
    changeWhich: "Which reminder shall I change? Please write its number, such as 'number 1'.",
  },

  agreed: {
    several: (count) => `Sure, I have set ${count} reminders.`,
    moment: (when) => `I will remind you on ${when}.`,
    monthly: (day, when) =>
      day === 31
        ? `I will remind you on the last day of each month, first on ${when}.`
        : `I will remind you on day ${day} of each month, first on ${when}.`,
    shortMonths: (day) => `In months without a day ${day} it will be the last day.`,
    dueSoon: (when, dueDay) => `I will remind you on ${when}. The due date is ${dueDay}.`,
    dueToday: (when) => `I will remind you on ${when}. That is the due date.`,
    overdueOnce: (when) => `If it is not paid by then, I will tell you once, on ${when}.`,
    eachBill: 'I will do the same for each bill after it.',
    noDateYet: (name) =>
      `There is no due date ahead right now. With the next bill I will remind you: ${name}.`,
    unknownYet: (name) =>
      `I cannot look up the due date right now. I will check again and remind you: ${name}.`,
    overdueLater: 'When the due date of a new bill has passed, I will tell you once.',
    settled: (until) => `I will check every few hours and tell you. I will keep checking until ${until}.`,
    serviceBack: (until) => `I will tell you as soon as it works. I will keep checking until ${until}.`,
    moved: 'I send nothing between 9 pm and 8 am, so I moved it to 8 am.',
    onlyIfDue:
      'Before each reminder I only check whether anything is still due, and send nothing if you have paid. This lasts for 13 months.',
    stop: "To stop, just write 'Stop reminding me' at any time.",
  },
  already: (when) => `You have asked for that already. ${when}`,
  full: 'You can have up to 10 reminders. Please stop one and ask again.',
  groupOnly: 'I send no reminders where several people read along. Please ask me in a chat of our own.',
  nothingMoving: 'No payment is being processed right now. Look up your bill to see where it stands.',
  worksNow: 'The lookup works right now. Just ask.',

  list: {
    title: 'Your reminders',
    none: 'You have no reminders at the moment.',
    how: "You can stop a single one too, such as 'Stop reminder 1'.",
  },
  stopped: {
    one: 'Sure, I will not remind you any more.',
    named: (names) => `Sure, I stopped ${names.length === 1 ? 'this one' : 'these'}: ${names.join('; ')}.`,
    all: (count) => `Sure, I stopped all ${count} reminders.`,
    noSuch: 'There is no reminder with that number.',
  },

  messages: {
    dueSoon: (dueDay) =>
      `[Due date] Your bill is due on ${dueDay}. If you have paid already, there is nothing to do.`,
    dueToday: '[Due date] Your bill is due today. If you have paid already, there is nothing to do.',
    overdueOnce: '[Due date] The due date of a bill has passed. Please have a look when it suits you.',
    settled: '[Payment] What you paid has settled in full.',
    settledRest:
      "[Payment] Nothing is being processed any more, and something is still to be paid. Write 'My unpaid bill' to see where it stands.",
    serviceBack: '[Lookup] The bill lookup works again. Ask me whenever you like.',
    moment: '[Bill reminder] You asked me to tell you now. Please have a look at your phone bill.',
    monthly:
      '[Bill reminder] You asked me to tell you at this time each month. Please have a look at your phone bill.',
    expired:
      "[Due date] I can no longer send this reminder, so it ends here. To start again, write 'Remind me before the due date'.",
    optOut: "To stop, write 'Stop reminding me'.",
  },
};
