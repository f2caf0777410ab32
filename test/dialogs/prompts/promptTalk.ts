import { ConversationState, MemoryStorage, TestAdapter, type TurnContext } from 'botbuilder';
import { type Dialog, DialogSet, DialogTurnStatus, type PromptOptions } from 'botbuilder-dialogs';

/** Sunday 22 November 2026, 14:30 in Seoul. */
export const promptClock = { now: () => Date.parse('2026-11-22T14:30:00+09:00') };

const notYet = Symbol('no result yet');

/** One prompt in the SDK's own dialog set and adapter; its state goes through storage between turns. */
export class PromptTalk {
  result: unknown = notYet;
  private readonly storage = new MemoryStorage();
  private readonly adapter: TestAdapter;

  constructor(
    prompt: Dialog,
    private readonly locale: string,
    options: PromptOptions = {},
  ) {
    const state = new ConversationState(this.storage);
    const dialogs = new DialogSet(state.createProperty('dialogs'));
    dialogs.add(prompt);
    this.adapter = new TestAdapter(async (context: TurnContext) => {
      const dc = await dialogs.createContext(context);
      const turn = await dc.continueDialog();
      if (turn.status === DialogTurnStatus.empty) await dc.prompt(prompt.id, options);
      if (turn.status === DialogTurnStatus.complete) this.result = turn.result;
      await state.saveChanges(context);
    });
  }

  get waits(): boolean {
    return this.result === notYet;
  }

  /** Everything that is kept between turns, as text. */
  async kept(): Promise<string> {
    return JSON.stringify(this.storage);
  }

  /** The sentences that come back. */
  async say(text: string): Promise<string[]> {
    const before = this.adapter.activeQueue.length;
    await this.adapter.receiveActivity({ type: 'message', text, locale: this.locale });
    const replies = this.adapter.activeQueue.splice(before);
    this.lastSuggestions = replies.flatMap(
      ({ suggestedActions }) => suggestedActions?.actions.map(({ title }) => title) ?? [],
    );
    return replies.map(({ text: words }) => words ?? '');
  }

  lastSuggestions: string[] = [];
}
