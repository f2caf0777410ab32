import {
  moodReply,
  notUnderstoodReply,
  offerable,
  onlyNumberReply,
  outOfScopeReply,
  sayCard,
  startOverReply,
  wordlessReply,
} from '../cards/mannersReplies';
import type { Reply } from '../cards/reply';
import { parseConfirmation } from '../services/intent/entities/confirmation';
import type { IntentRecognizer, Topic, Understanding } from '../services/intent/intent';
import { splitRequests } from '../services/intent/requests/splitRequests';
import type { Request } from '../services/intent/requests/subject';
import type { SecondOpinion } from '../services/intent/secondOpinion';
import { stringsFor } from '../strings';
import { type DialogTurn, wordsOf } from './dialogTurn';
import { soundsInDanger } from './distressWords';
import { noteTrouble } from './handoffTrouble';
import { languageAskedFor } from './languageRequest';
import { askBack, choose, chosenBefore, refusedBefore } from './nearTie';
import { notTheirsReply } from './otherPeople';
import { buttonTopic, readShortReply, type ShortReply } from './shortReply';
import { apologises, asksToLook, asksToWait } from './smallWords';
import type { StepUpOptions } from './stepUpDialog';
import { asksForOtherLine, asksToResend, asksWhy } from './stepUpWords';
import type { TopicAnswers } from './topicAnswers';
import { noteChoice, noteUnanswered, withoutPersonal } from './unansweredNote';
import { wordsMissing } from './unclearMessage';
import { type Mood, moodOf } from './upsetWords';
import { type Offers, readYesNo } from './yesNo';

/** What to do about a message. */
export type TextAction =
  /** @param reprompt whether the step that waits then says where we were */
  | { readonly kind: 'say'; readonly reply: Reply; readonly reprompt: boolean }
  /** @param instead what runs is not wanted any more */
  | { readonly kind: 'request'; readonly request: Request; readonly instead: boolean }
  | { readonly kind: 'several'; readonly topics: readonly Topic[] }
  | { readonly kind: 'balance'; readonly options: StepUpOptions }
  /** Behind levels of their own: what was paid, and what a bill is made of. */
  | { readonly kind: 'paymentStatus' | 'billItems' }
  | { readonly kind: 'toStep' | 'signOut' | 'speaking' | 'takeYourTime' };

/** Messages in a row that were not understood before a person is offered. */
const failuresBeforePerson = 3;
const signOutWords = /^(로그아웃|log\s?out|sign\s?out)(\s*(해\s?줘요?|해\s?주세요|할게요|please))?[.!~]*$/i;

/** Finds out what a message wants, by its words and by what was said before. It answers nothing itself. */
export class TextReader {
  constructor(
    private readonly recognizer: IntentRecognizer,
    private readonly answers: TopicAnswers,
    private readonly secondOpinion: SecondOpinion | undefined,
  ) {}

  /** @param inDialog a step waits for an answer; what is no clear digression is for it */
  async read(turn: DialogTurn, text: string, inDialog: boolean): Promise<TextAction> {
    const { memory } = turn;
    const offers: Offers = { offered: memory.offered ?? [], shown: memory.shown ?? [] };
    memory.offered = undefined;
    const statusOffered = memory.statusOffered === true && !inDialog;
    memory.statusOffered = undefined;
    if (soundsInDanger(text)) return this.comfort(turn);
    if (signOutWords.test(text)) return { kind: 'signOut' };
    const understanding = this.understand(text);
    const { topic } = understanding;
    const sure = understanding.decision === 'sure' && topic !== 'out_of_scope';
    if (!inDialog && isOtherPhoneButton(text)) return { kind: 'balance', options: { otherLine: true } };
    if (languageAskedFor(text) !== undefined) return { kind: 'speaking' };
    if (asksToWait(text)) return { kind: 'takeYourTime' };
    const confirmation = parseConfirmation(text);
    if (statusOffered && (confirmation === 'yes' || asksToLook(text))) return { kind: 'paymentStatus' };
    if (apologises(text)) return this.noNeed(turn);
    if (confirmation !== undefined && !(sure && inDialog && topic === 'cancel'))
      return readYesNo(turn, text, confirmation, offers, inDialog);
    const short = readShortReply(turn, text, offers.shown, inDialog);
    if (short !== undefined) return this.readShort(turn, short);
    const button = buttonTopic(text);
    const several = button === undefined ? splitRequests(text, this.recognizer) : [];
    // It may be an answer to what was asked back, in words of its own; else that is no longer open.
    if (sure && several.length === 0) await this.notePick(turn, topic);
    memory.asked = undefined;
    if (button !== undefined) return answerTo(button);
    const mood = moodOf(text, sure && offerable([topic]).length > 0);
    if (mood !== undefined) return this.calm(turn, mood, inDialog);
    if (inDialog && asksWhy(text)) return answerTo('identity_check');
    if (several.length > 0) return { kind: 'several', topics: several.map((part) => part.topic) };
    if (sure) return answerTo(topic);
    if (inDialog) return { kind: 'toStep' };
    if (asksForOtherLine(text)) return { kind: 'balance', options: { otherLine: true } };
    const { s, locale } = wordsOf(turn);
    const elsewhere = notTheirsReply(text, s, locale);
    if (elsewhere !== undefined) return { kind: 'say', reply: elsewhere, reprompt: false };
    if (offersPhoneNumber(understanding) || asksToResend(text)) return { kind: 'balance', options: {} };
    return this.readUnclear(turn, text, understanding);
  }

  /** A suggestion's own words mean that suggestion, whatever the recogniser has learnt. */
  private understand(text: string): Understanding {
    const understanding = this.recognizer.recognize(text);
    const exact = buttonTopic(text);
    return exact === undefined
      ? understanding
      : { ...understanding, topic: exact, confidence: 1, alternatives: [], decision: 'sure' };
  }

  private async readShort(turn: DialogTurn, short: ShortReply): Promise<TextAction> {
    const { memory } = turn;
    const { s, locale } = wordsOf(turn);
    if (short.kind === 'notOnList') {
      const reply = sayCard(s.unsure.notOnList, memory.shown ?? [], s, locale);
      return { kind: 'say', reply, reprompt: true };
    }
    if (short.kind === 'items') return { kind: 'billItems' };
    if (short.kind === 'request' && short.request.kind === 'topic')
      await this.notePick(turn, short.request.topic);
    memory.asked = undefined;
    if (short.kind !== 'others')
      return { kind: 'request', request: short.request, instead: short.kind === 'instead' };
    memory.offered = [...short.topics];
    return { kind: 'say', reply: sayCard(s.followUp.instead, short.topics, s, locale), reprompt: true };
  }

  private noNeed(turn: DialogTurn): TextAction {
    const { s, locale } = wordsOf(turn);
    turn.memory.asked = undefined;
    return { kind: 'say', reply: startOverReply(s.manners.noNeed, s, locale), reprompt: true };
  }

  /** Notes what was chosen, if it answers what was asked back. */
  private async notePick(turn: DialogTurn, topic: Topic): Promise<void> {
    if (choose(turn.memory, topic)) await noteChoice(turn, 'picked', topic);
  }

  private comfort(turn: DialogTurn): TextAction {
    turn.memory.failures = 0;
    turn.memory.asked = undefined;
    turn.memory.offered = ['human_agent'];
    noteTrouble(turn, 'distress');
    // Nobody is asked for a phone number in such a moment; the step waits in silence.
    return { kind: 'say', reply: this.answers.danger(turn), reprompt: false };
  }

  private calm(turn: DialogTurn, mood: Mood, inDialog: boolean): TextAction {
    const { s, locale } = wordsOf(turn);
    noteTrouble(turn, mood === 'upset' ? 'upset' : 'distress');
    // In the middle of a check a yes would rather mean the check.
    if (!inDialog) turn.memory.offered = ['human_agent'];
    return { kind: 'say', reply: moodReply(mood, s, locale), reprompt: true };
  }

  private async readUnclear(turn: DialogTurn, text: string, own: Understanding): Promise<TextAction> {
    const { s, locale } = wordsOf(turn);
    const missing = wordsMissing(text);
    if (missing !== undefined)
      return this.notUnderstood(
        turn,
        missing === 'wordless' ? wordlessReply(s, locale) : onlyNumberReply(s, locale),
        s.unsure.stuck,
      );
    const before = chosenBefore(turn.memory, text);
    if (before !== undefined) return answerTo(before);
    const opinion = await this.opinionOn(text, own);
    const ranked: readonly Topic[] = [own.topic, ...own.alternatives.map((other) => other.topic)];
    if (opinion !== undefined && opinion !== 'out_of_scope' && ranked.includes(opinion))
      return answerTo(opinion);
    const candidates = opinion === undefined ? ranked : [opinion, ...ranked];
    const elsewhere = own.decision === 'sure' || opinion === 'out_of_scope';
    const guesses = !elsewhere && (own.decision === 'unsure' || opinion !== undefined);
    // At the third time a person is offered instead of one more question.
    const enough = turn.memory.failures + 1 >= failuresBeforePerson;
    const question = guesses && !enough ? askBack(turn, text, candidates) : undefined;
    if (question !== undefined) {
      await noteUnanswered(turn, text, own, 'offered');
      return this.notUnderstood(turn, question, s.unsure.stuck);
    }
    await noteUnanswered(turn, text, own, elsewhere ? 'outOfScope' : 'unknown');
    if (elsewhere) {
      turn.memory.subject = undefined;
      return this.notUnderstood(turn, outOfScopeReply(s, locale), s.unsure.stuckOutOfScope);
    }
    if (refusedBefore(turn.memory, text))
      return this.notUnderstood(turn, startOverReply(s.unsure.sameAgain, s, locale), s.unsure.stuck);
    return this.notUnderstood(turn, notUnderstoodReply(s, locale), s.unsure.stuck);
  }

  /** What somebody else makes of it; never asked about anything personal. */
  private async opinionOn(text: string, { language }: Understanding): Promise<Topic | undefined> {
    const redacted = this.secondOpinion === undefined ? '' : withoutPersonal(text);
    return redacted === '' ? undefined : this.secondOpinion?.topicOf(redacted, language);
  }

  /** @param lead what to say instead at the third time in a row, with the way to a person */
  private notUnderstood(turn: DialogTurn, reply: Reply, lead: string): TextAction {
    const { memory } = turn;
    memory.failures += 1;
    if (memory.failures < failuresBeforePerson) return { kind: 'say', reply, reprompt: true };
    memory.failures = 0;
    memory.offered = undefined;
    memory.asked = undefined;
    noteTrouble(turn, 'notUnderstood');
    return { kind: 'say', reply: this.answers.person(turn, lead), reprompt: true };
  }
}

function answerTo(topic: Topic): TextAction {
  return { kind: 'request', request: { kind: 'topic', topic }, instead: false };
}

/** The quick reply of a check that has ended since. */
function isOtherPhoneButton(text: string): boolean {
  return [stringsFor('ko'), stringsFor('en')].some((s) => s.stepUp.otherPhone === text.trim());
}

function offersPhoneNumber(understanding: Understanding): boolean {
  return understanding.entities.some((entity) => entity.type === 'phoneNumber');
}
