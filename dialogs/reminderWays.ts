import type { DialogContext } from 'botbuilder-dialogs';
import type { Reply, ReplyAction } from '../cards/reply';
import { suggestTopics } from '../cards/topicSuggestions';
import { waysKey } from '../services/reminders/deliveryWays';
import type { CalendarLink, IcsLinks } from '../services/reminders/icsLinks';
import { needsGrant, type Reminder } from '../services/reminders/reminder';
import { momentAt } from '../services/reminders/seoulMoment';
import { conversationKey } from '../services/turn/turnIntake';
import { stringsFor } from '../strings';
import { seoulTime } from '../strings/seoulTime';
import { say, turnOf, wordsOf } from './dialogTurn';
import { bookOf } from './reminderAgreement';
import { ReminderWayDialog } from './reminderWayDialog';
import { waitingStepUp } from './waitingStepUp';

type Wish = 'sms' | 'chat' | 'calendar';

/** Only whole messages about the way: "5일에 문자로 알려줘" asks for a reminder first. */
const spoken: Readonly<Record<Wish, RegExp>> = {
  sms: /^(?:앞으로\s?)?(?:알림(?:은|을|도)?\s?)?(?:앞으로\s?)?(?:휴대폰\s?)?문자(?:\s?메시지)?로\s?(?:도\s?)?(?:받|보내|알려|바꿔|해\s?)[^0-9]{0,12}$|^(?:please )?(?:send|text) (?:me )?(?:my |the )?reminders? (?:by|as|via) (?:text|sms)(?: messages?)?$/i,
  chat: /^(?:앞으로\s?)?(?:알림(?:은|을|도)?\s?)?(?:앞으로\s?)?(?:이\s?)?(?:채팅|대화창)(?:창)?(?:으로|에서)\s?(?:받|보내|알려|바꿔|해\s?)[^0-9]{0,12}$|^(?:please )?send (?:me )?(?:my |the )?reminders? (?:in|to) (?:this |the )?chat$/i,
  calendar:
    /^(?:(?:이\s?)?알림(?:을|은|도)?\s?)?(?:달력|캘린더)(?:에|에다)?\s?(?:넣|추가|저장|등록|적어)[^0-9]{0,12}$|^(?:please )?add (?:it|this|my reminders?|the reminders?|them) to (?:my |the )?calendar$/i,
};

/** A KakaoTalk card has three buttons. */
const mostLinks = 3;
/** Nine in the morning: when a due date is put into a calendar. */
const morningMinute = 9 * 60;

export interface ReminderWaysParts {
  readonly links: Pick<IcsLinks, 'linkTo'>;
}

/** How reminders come: by text message, in the chat again, or in the customer's own calendar. */
export class ReminderWays {
  constructor(private readonly parts: ReminderWaysParts) {}

  /** Takes a message that is about nothing but the way. @returns whether it was; then it has been answered */
  async take(dc: DialogContext): Promise<boolean> {
    const turn = turnOf(dc.context);
    const { message, isGroup } = turn;
    const wish = message.kind === 'text' ? wishIn(message.text) : undefined;
    // Others would read along: whose due date it is, and which number is proved.
    if (wish === undefined || isGroup) return false;
    // "문자로 보내 줘" is about a code while one is waited for, and about anything while there is no reminder.
    const namesReminders = message.kind === 'text' && /알림|reminder/i.test(message.text);
    if (!namesReminders && (waitingStepUp(dc) !== undefined || (await bookOf(turn)).reminders.length === 0))
      return false;
    turn.memory.failures = 0;
    if (wish === 'sms') {
      await dc.cancelAllDialogs();
      await dc.beginDialog(ReminderWayDialog.id);
      return true;
    }
    await say(dc.context, wish === 'chat' ? await this.backToChat(dc) : await this.calendar(dc));
    return true;
  }

  private async backToChat(dc: DialogContext): Promise<Reply> {
    const turn = turnOf(dc.context);
    const { tx, binding } = turn;
    const { s, locale } = wordsOf(turn);
    await tx.delete(waysKey(conversationKey(binding.channelId, binding.conversationId)));
    const { agreed, offers } = s.reminderDelivery;
    const suggestions = [offers.sms, s.reminders.offers.list];
    return { locale, layout: 'text', body: [agreed.chat], suggestions };
  }

  private async calendar(dc: DialogContext): Promise<Reply> {
    const turn = turnOf(dc.context);
    const { s, locale } = wordsOf(turn);
    const { calendar } = s.reminderDelivery;
    const { reminders } = await bookOf(turn);
    const found = reminders.map((one) => calendarLink(one, locale)).filter((link) => link !== undefined);
    const next = found.sort((one, other) => one.atMs - other.atMs).slice(0, mostLinks);
    if (next.length === 0)
      return {
        locale,
        layout: 'text',
        body: [calendar.none],
        suggestions: suggestTopics(['set_reminder'], s),
      };
    const actions: ReplyAction[] = [];
    for (const link of next) {
      const label = calendar.button(s.dayOf(seoulDay(link.atMs)));
      actions.push({ kind: 'open', label, url: await this.parts.links.linkTo(link) });
    }
    return { locale, layout: 'card', body: [calendar.offer], actions };
  }
}

/** What a calendar can hold: a due date that is known, or a moment. Not a watch, whose moment nobody knows. */
function calendarLink({ id, plan, stage }: Reminder, language: 'ko' | 'en'): CalendarLink | undefined {
  if (plan.kind === 'moment' || plan.kind === 'monthly')
    return { id, kind: 'plain', atMs: stage.atMs, language };
  const isDay = /^\d{4}-\d\d-\d\d$/.test(stage.name);
  if (!needsGrant(plan.kind) || !isDay) return undefined;
  return { id, kind: 'due', atMs: momentAt(stage.name, morningMinute), language };
}

function wishIn(text: string): Wish | undefined {
  const said = text
    .normalize('NFC')
    .trim()
    .replace(/[.!~]+$/, '');
  for (const { reminderDelivery } of [stringsFor('ko'), stringsFor('en')]) {
    const { sms, chat, calendar } = reminderDelivery.offers;
    for (const [wish, offer] of Object.entries({ sms, chat, calendar }))
      if (said === offer.text || said === offer.label) return isWish(wish) ? wish : undefined;
  }
  return (['sms', 'chat', 'calendar'] as const).find((wish) => spoken[wish].test(said));
}

function isWish(text: string): text is Wish {
  return text in spoken;
}

function seoulDay(atMs: number): string {
  const { year, month, day } = seoulTime(atMs);
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}
