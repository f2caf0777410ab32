import type { TurnContext } from 'botbuilder';
import {
  agencyAgainReply,
  agencyRefusedReply,
  agencyWaitingReply,
  askAgencyReply,
} from '../cards/agencyReplies';
import type { Reply } from '../cards/reply';
import type { Proof } from '../services/identity/proof';
import type { CheckAgencyResult, StepUp } from '../services/identity/stepUp';
import { parseConfirmation } from '../services/intent/entities/confirmation';
import type { Locale, Strings } from '../strings';
import { asksForNewLink, cannotVerify, saysFinished } from './agencyWords';
import type { CustomerMessage } from './customerMessage';
import { say, turnOf, wordsOf } from './dialogTurn';

export type AgencyOutcome =
  | { readonly status: 'verified'; readonly proof: Proof }
  /** The customer has been asked, or told to go on. */
  | { readonly status: 'waiting' }
  /** It ends here: the customer has been told, with a way on. */
  | { readonly status: 'refused' }
  /** The proof by code ran out meanwhile; nothing has been said. */
  | { readonly status: 'codeFirst' };

/**
 * The second half of the step-up, for acr2: sends the customer to an identity agency and takes them back. Keeps
 * nothing: which verification is on its way stands in the identity service's own record.
 */
export class AgencyStep {
  constructor(private readonly stepUp: Pick<StepUp, 'startAgency' | 'checkAgency'>) {}

  /** Whether the step can use this message while it waits; anything else may be a digression. */
  static wants(message: CustomerMessage): boolean {
    if (message.kind === 'action') return message.action.startsWith('agency.');
    if (message.kind !== 'text') return false;
    const { text } = message;
    return saysFinished(text) || asksForNewLink(text) || cannotVerify(text);
  }

  /** Sends the link. */
  async begin(context: TurnContext): Promise<AgencyOutcome> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const started = await this.stepUp.startAgency(turn.tx, turn.binding, locale);
    switch (started.status) {
      case 'started': {
        const link = { url: started.url, until: s.clockTime(started.expiresAtMs) };
        return waiting(context, askAgencyReply(link, s, locale));
      }
      case 'limited':
        return refused(context, s.agency.limited(s.opensAt(turn.nowMs, started.retryAtMs)));
      case 'noAgency':
        return refused(context, s.agency.noAgency);
      case 'codeFirst':
        return { status: 'codeFirst' };
    }
  }

  /** Reads what the customer says or presses while the step waits. */
  async take(context: TurnContext): Promise<AgencyOutcome> {
    const turn = turnOf(context);
    const { s, locale } = wordsOf(turn);
    const { message } = turn;
    turn.memory.failures = 0;
    if (message.kind === 'action')
      return message.action === 'agency.again' ? this.begin(context) : this.look(context, message.action);
    const text = message.kind === 'text' ? message.text : '';
    if (asksForNewLink(text)) return this.begin(context);
    if (cannotVerify(text)) return refused(context, s.agency.declined);
    if (saysFinished(text)) return this.look(context, 'agency.check');
    const confirmation = parseConfirmation(text);
    if (confirmation === 'yes') return this.look(context, 'agency.check');
    if (confirmation === 'no') return refused(context, s.agency.declined);
    return waiting(context, agencyWaitingReply(s.agency.still, s, locale));
  }

  /** After a digression: says where we were. */
  static stillReply(s: Strings, locale: Locale): Reply {
    return agencyWaitingReply(s.agency.still, s, locale);
  }

  /** The customer asks again for what the step stands before: says why it comes first. */
  static whyReply(s: Strings, locale: Locale): Reply {
    return agencyWaitingReply(s.agency.why, s, locale);
  }

  private async look(context: TurnContext, action: string): Promise<AgencyOutcome> {
    const { tx, binding } = turnOf(context);
    return this.tell(context, await this.stepUp.checkAgency(tx, binding), action);
  }

  private tell(
    context: TurnContext,
    result: CheckAgencyResult,
    action: string,
  ): AgencyOutcome | Promise<AgencyOutcome> {
    const { s, locale } = wordsOf(turnOf(context));
    switch (result.status) {
      case 'verified':
        return { status: 'verified', proof: result.proof };
      case 'codeFirst':
        return { status: 'codeFirst' };
      case 'pending':
        // The page was closed half way: the customer knows, and did not ask us anything.
        if (action === 'agency.returned') return { status: 'waiting' };
        return waiting(context, agencyWaitingReply(s.agency.pending, s, locale));
      case 'unavailable':
        return waiting(context, agencyWaitingReply(s.agency.unavailable, s, locale));
      case 'failed':
        return waiting(context, agencyAgainReply(s.agency.failed, s, locale));
      case 'expired':
      case 'noChallenge':
        return waiting(context, agencyAgainReply(s.agency.expired, s, locale));
      case 'otherPerson':
      case 'underage':
      case 'noAgency':
        return refused(context, s.agency[result.status]);
    }
  }
}

async function waiting(context: TurnContext, reply: Reply): Promise<AgencyOutcome> {
  await say(context, reply);
  return { status: 'waiting' };
}

async function refused(context: TurnContext, text: string): Promise<AgencyOutcome> {
  const { s, locale } = wordsOf(turnOf(context));
  await say(context, agencyRefusedReply(text, s, locale));
  return { status: 'refused' };
}
