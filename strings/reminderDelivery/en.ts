import type { ReminderDeliveryStrings } from './ko';

export const reminderDelivery: ReminderDeliveryStrings = {
  sms: (message) =>
    `${message}\n- Bill Guide. To stop, write 'Stop reminding me' in the chat (replies to this text are not read)`,
  nothingToTell: 'There is nothing to tell you right now.',
  offers: {
    sms: { label: 'By text message', text: 'Send my reminders by text message' },
    chat: { label: 'In this chat', text: 'Send my reminders in this chat' },
    calendar: { label: 'Add to calendar', text: 'Add my reminders to my calendar' },
  },
  agreed: {
    sms: "From now on reminders come as text messages to the number you have just verified. They never name an amount. If one cannot be sent, it waits here in the chat. To go back, write 'Send my reminders in this chat'.",
    chat: 'From now on reminders come in this chat.',
  },
  calendar: {
    offer: 'Press below to add it to your calendar. The link works for a week.',
    none: 'There is no reminder to add yet. Tell me first when to remind you.',
    button: (day) => `Add ${day}`,
    title: 'Phone bill due',
    plainTitle: 'Phone bill reminder',
    description: 'Added from Bill Guide. To remove it, delete it from your calendar.',
    alarm: 'Time to check your phone bill.',
    expired: 'This calendar link has expired. Please ask for a new one in the chat.',
  },
};
