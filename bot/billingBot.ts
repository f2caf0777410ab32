import { ActivityHandlerBase, type StatePropertyAccessor, type TurnContext } from 'botbuilder';
import { DialogSet, type DialogState, DialogTurnStatus } from 'botbuilder-dialogs';
import { z } from 'zod';
import { sayCard, welcomeReply } from '../cards/mannersReplies';
import { type ConversationMemory, loadMemory, saveMemory } from '../dialogs/conversationMemory';
import { type CustomerMessage, customerMessage } from '../dialogs/customerMessage';
import { dialogFailure } from '../dialogs/dialogFailure';
import { enterTurn, say, turnOf, wordsOf } from '../dialogs/dialogTurn';
import type { HandoffConversation } from '../dialogs/handoffConversation';
import { languageAskedFor } from '../dialogs/languageRequest';
import { MainDialog } from '../dialogs/mainDialog';
import type { SystemEventHandler } from '../dialogs/systemEventHandler';
import type { Clock } from '../services/clock';
import { detectLanguage } from '../services/intent/detectLanguage';
import { erasedResidentNumber } from '../services/redaction/residentNumber';
import { conversationKey } from '../services/turn/turnIntake';
import type { TurnTransaction } from '../services/turn/turnTransaction';
import { type Locale, localeOf, stringsFor } from '../strings';
import { enqueueCallback, handOverEvent, kakaoChannel } from './kakao/handOver';
import type { TurnFacts, TurnLogic } from './turnAttempts';

export interface BillingBotParts {
  /** Has every message first: while a person talks, the dialogs are silent. Absent: nobody can be called. */
  readonly handoff?: HandoffConversation;
  /** What takes the other events of our own. */
  readonly systemEvents?: readonly SystemEventHandler[];
}

/** Where `DialogStateManager` of botbuilder-dialogs looks for its memory scopes and path resolvers. */
const stateManagerConfiguration = 'DialogStateManagerConfiguration';

const joinValue = z.object({ language: z.string() });

/**
 * The bot: loads what the conversation remembers, follows the customer's language, greets once, runs the
 * dialogs, and puts the memory back into the turn's transaction.
 */
export class BillingBot extends ActivityHandlerBase implements TurnLogic {
  private readonly dialogs: DialogSet;
  private stateManager: unknown;

  constructor(
    mainDialog: MainDialog,
    private readonly clock: Clock,
    private readonly parts: BillingBotParts = {},
  ) {
    super();
    this.dialogs = new DialogSet(dialogStack);
    this.dialogs.add(mainDialog);
  }

  async takeTurn(context: TurnContext, tx: TurnTransaction, facts: TurnFacts): Promise<void> {
    const { activity } = context;
    const key = conversationKey(activity.channelId, activity.conversation.id);
    const memory = await loadMemory(tx, key, localeOf(activity.locale) ?? 'ko');
    const before = JSON.stringify(memory);
    const message = facts.system ? systemMessage(context) : messageOf(context, facts);
    if (message.kind === 'text') memory.locale = languageOf(message.text, memory.locale);
    enterTurn(context, {
      tx,
      memory,
      message,
      binding: {
        channelId: activity.channelId,
        conversationId: activity.conversation.id,
        userId: activity.from.id,
      },
      isGroup: activity.conversation.isGroup ?? false,
      clientAddress: facts.clientAddress,
      knownLine: facts.knownLine,
      nowMs: this.clock.now(),
    });
    if (facts.residentNumberErased) await this.sayErased(context);
    await this.run(context);
    if (JSON.stringify(memory) !== before) await saveMemory(tx, key, memory, this.clock.now());
  }

  /** A turn that failed: one apology in the customer's language, and a person to turn to. */
  async apologise(context: TurnContext): Promise<void> {
    const language = detectLanguage(context.activity.text ?? '', localeOf(context.activity.locale) ?? 'ko');
    const s = stringsFor(language);
    await say(context, sayCard(s.failure.turn, ['human_agent', 'cancel'], s, language));
  }

  protected override async onMembersAddedActivity(_added: unknown, context: TurnContext): Promise<void> {
    await this.welcome(context);
  }

  protected override async onEventActivity(context: TurnContext): Promise<void> {
    const { message } = turnOf(context);
    // Names mean nothing without the turn's mark: any channel may send an event of any name.
    if (message.kind === 'system') return this.handlerOf(message.name)?.take(context, message);
    if (context.activity.name === 'webchat/join') await this.join(context);
    if (context.activity.name === 'identity/returned') await this.goOn(context);
    if (context.activity.name === handOverEvent) this.handOver(context);
  }

  protected override onMessageActivity(context: TurnContext): Promise<void> {
    return this.converse(context);
  }

  private async converse(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    turn.memory.greeted = true;
    if (await this.parts.handoff?.takeMessage(context)) return;
    // The SDK gathers it anew in every turn, and it is the same each time: its scopes keep nothing.
    context.turnState.set(stateManagerConfiguration, this.stateManager);
    const dc = await this.dialogs.createContext(context);
    this.stateManager ??= context.turnState.get(stateManagerConfiguration);
    try {
      const result = await dc.continueDialog();
      if (result.status === DialogTurnStatus.empty) await dc.beginDialog(MainDialog.id);
    } catch (error) {
      throw dialogFailure(error);
    }
  }

  private handlerOf(name: string): SystemEventHandler | undefined {
    const { handoff, systemEvents = [] } = this.parts;
    return [...(handoff === undefined ? [] : [handoff]), ...systemEvents].find(({ names }) =>
      names.includes(name),
    );
  }

  /** The customer is back from the identity agency. Only who still waits for that hears of it. */
  private async goOn(context: TurnContext): Promise<void> {
    if (turnOf(context).message.kind === 'action') await this.converse(context);
  }

  /** Other channels may send an event of any name: only KakaoTalk has callbacks. */
  private handOver(context: TurnContext): void {
    const { channelId, conversation, value } = context.activity;
    if (channelId === kakaoChannel) enqueueCallback(turnOf(context).tx, conversation.id, value);
  }

  private async join(context: TurnContext): Promise<void> {
    const value = joinValue.safeParse(context.activity.value);
    const turn = turnOf(context);
    if (value.success && !turn.memory.greeted)
      turn.memory.locale = localeOf(value.data.language) ?? turn.memory.locale;
    await this.welcome(context);
  }

  /** Once a conversation, however often the page is loaded again. */
  private async welcome(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    if (turn.memory.greeted) return;
    turn.memory.greeted = true;
    const { s, locale } = wordsOf(turn);
    await say(context, welcomeReply(s, locale));
  }

  private async sayErased(context: TurnContext): Promise<void> {
    const { s, locale } = wordsOf(turnOf(context));
    await say(context, sayCard(s.manners.residentNumber, ['identity_check', 'unpaid_balance'], s, locale));
  }
}

/** The language somebody asks for, else the one they write; full-width letters are letters. */
function languageOf(text: string, before: Locale): Locale {
  return languageAskedFor(text) ?? detectLanguage(text.normalize('NFKC'), before);
}

/** "제 주민번호 … 이에요": what names the number is no question once it is gone. */
const erasedWithItsName = new RegExp(
  `(?:(?:제|내)\\s*)?(?:주민(?:등록)?\\s?번호[은는이가]?\\s*)?${erasedResidentNumber.replace(/[[\]]/g, '\\$&')}(?:\\s*(?:이에요|예요|입니다|이고요?|요)(?![가-힣]))?`,
  'g',
);

/** What happened on our own side. */
function systemMessage({ activity }: TurnContext): CustomerMessage {
  const { name = '', value } = activity;
  return { kind: 'system', name, value: value ?? null };
}

/** The message without what was erased from it: what is left may still be a question. */
function messageOf(context: TurnContext, facts: TurnFacts): CustomerMessage {
  const { activity } = context;
  if ((facts.activity.attachmentNames?.length ?? 0) > 0 && (activity.text ?? '').trim() === '')
    return { kind: 'attachment' };
  if (!facts.residentNumberErased) return customerMessage(activity);
  const rest = (activity.text ?? '').replace(erasedWithItsName, ' ');
  return /[\p{L}\d]{2}/u.test(rest) ? { kind: 'text', text: rest.trim() } : { kind: 'erased' };
}

/** The dialog stack lives in the conversation's memory, so that it commits with everything else. */
const dialogStack: StatePropertyAccessor<DialogState> = {
  get: async (context: TurnContext, defaultValue?: DialogState) => {
    const { memory } = turnOf(context);
    memory.dialogs ??= defaultValue as ConversationMemory['dialogs'];
    return memory.dialogs as DialogState;
  },
  set: async (context: TurnContext, value: DialogState) => {
    turnOf(context).memory.dialogs = value as ConversationMemory['dialogs'];
  },
  delete: async (context: TurnContext) => {
    turnOf(context).memory.dialogs = undefined;
  },
};
