import type { ChatStatus, ChatView } from '../chat/chatView';
import {
  type Conversation,
  eraseConversation,
  forgetConversation,
  keepConversation,
  keptConversation,
  newConversation,
} from '../chat/conversation';
import type { SpokenWords } from '../chat/spokenWords';
import { ConversationEnd, type EndStrings, erasedNote } from './conversationEnd';
import { byId } from './element';
import type { PageStrings } from './pageStrings';

type Shown = ChatStatus | 'reconnected' | 'erased';

/** The words and the language of the page around a conversation. */
export interface ChatWords {
  readonly locale: string;
  readonly strings: Pick<PageStrings, Shown | 'chatWait' | 'personQuestion'> & SpokenWords & EndStrings;
  onChange(listener: () => void): void;
}

/** A tab that was duplicated shows the same conversation: erased in one, it goes from all. */
const otherTabs = openChannel();

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('billGuide.erased');
  } catch {
    // Like storage, a browser may deny it to a frame of another site.
    return undefined;
  }
}

/** The conversation's place on the page: loads Web Chat when the page has painted, and says how the line is. */
export class ChatPanel {
  private readonly place = byId('chat', HTMLDivElement);
  private readonly line = byId('connection', HTMLParagraphElement);
  private readonly lineText = byId('connection-text', HTMLSpanElement);
  private readonly tools = byId('talk-tools', HTMLDivElement);
  private view: ChatView | undefined;
  private conversation: Conversation | undefined;
  private pendingText: string | undefined;
  private pendingQuestion: string | undefined;
  private wantsFocus = false;
  private attempt = 0;
  /** Whether the server has started this conversation, so that it can be resumed. */
  private resumable = false;

  constructor(private readonly choice: ChatWords) {
    choice.onChange(() => this.view?.setLocale(choice.locale, choice.strings));
    byId('restart', HTMLButtonElement).addEventListener('click', () => {
      forgetConversation();
      void this.start();
    });
    byId('person', HTMLButtonElement).addEventListener('click', () => {
      this.say(choice.strings.personQuestion);
      this.focus();
    });
    new ConversationEnd(
      () => choice.strings,
      () => this.erase(),
      () => this.showErased(true),
    );
    // The client renews its token in silence; a page that is left keeps the newest one.
    addEventListener('pagehide', () => this.keep());
    document.addEventListener('visibilitychange', () => this.keep());
    addEventListener('online', () => {
      if (this.line.dataset.state === 'failed') void this.start();
    });
    otherTabs?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === this.conversation?.conversationId) this.showErased(false);
    });
    void this.start();
  }

  /** Puts text into the message box, as soon as there is one. */
  type(text: string): void {
    if (this.view === undefined) this.pendingText = text;
    else this.view.type(text);
  }

  /** Says it in the customer's name, as soon as there is a conversation. */
  say(text: string): void {
    if (this.view === undefined) this.pendingQuestion = text;
    else this.view.say(text);
  }

  /** Moves the keyboard into the message box, as soon as there is one. */
  focus(): void {
    this.wantsFocus = true;
    this.giveFocus();
  }

  private giveFocus(): void {
    if (this.view === undefined || !this.resumable || !this.wantsFocus) return;
    this.wantsFocus = false;
    this.view.focus();
  }

  /** @throws when the server did not erase it; then it goes on */
  private async erase(): Promise<void> {
    const { conversation, view } = this;
    if (conversation !== undefined && view !== undefined)
      return eraseConversation({ conversationId: conversation.conversationId, token: view.token });
    // Without a line, what the tab kept is still on the server.
    const kept = keptConversation();
    if (kept !== undefined) await eraseConversation(kept);
  }

  private showErased(here: boolean): void {
    this.attempt += 1;
    if (here) otherTabs?.postMessage(this.conversation?.conversationId);
    forgetConversation();
    this.endView();
    const note = erasedNote(this.choice.strings, () => {
      void this.start();
      this.focus();
    });
    this.place.replaceChildren(note);
    this.tools.hidden = true;
    this.show('erased');
    if (here) note.querySelector('button')?.focus();
  }

  private async start(): Promise<void> {
    this.attempt += 1;
    const { attempt } = this;
    this.endView();
    this.tools.hidden = false;
    this.showWait('chatWait');
    this.show('connecting');
    try {
      const kept = keptConversation();
      const [{ ChatView }, conversation] = await Promise.all([
        import('../chat/chatView'),
        kept ?? newConversation(),
      ]);
      if (attempt !== this.attempt) return;
      this.conversation = conversation;
      this.openView(ChatView, conversation, kept !== undefined);
    } catch (error) {
      console.error(error);
      if (attempt !== this.attempt) return;
      this.showWait('failed');
      this.show('failed');
    }
  }

  private openView(View: typeof ChatView, conversation: Conversation, resume: boolean): void {
    const root = document.createElement('div');
    root.className = 'chat-root';
    this.place.replaceChildren(root);
    let wasOnline = false;
    let wasLost = false;
    this.view = new View({
      root,
      conversation,
      resume,
      locale: this.choice.locale,
      words: this.choice.strings,
      onStatus: (status) => {
        if (status === 'online') {
          wasOnline = true;
          this.resumable = true;
          this.keep();
          this.show(wasLost ? 'reconnected' : 'online');
          this.giveFocus();
          return;
        }
        wasLost ||= status === 'lost';
        const gone = status === 'expired' || status === 'failed';
        if (gone) {
          this.resumable = false;
          forgetConversation();
        }
        // What was kept is no longer valid: begin anew instead of troubling anybody with it.
        if (gone && resume && !wasOnline) queueMicrotask(() => void this.start());
        else this.show(status);
      },
    });
    if (this.pendingText !== undefined) this.view.type(this.pendingText);
    this.pendingText = undefined;
    if (this.pendingQuestion !== undefined) this.view.say(this.pendingQuestion);
    this.pendingQuestion = undefined;
  }

  /** In the place of the conversation, while there is none. */
  private showWait(words: 'chatWait' | 'failed'): void {
    const note = document.createElement('p');
    note.className = 'chat-wait';
    note.dataset.text = words;
    note.textContent = this.choice.strings[words];
    this.place.replaceChildren(note);
  }

  private endView(): void {
    this.view?.end();
    this.view = undefined;
    this.conversation = undefined;
    this.resumable = false;
  }

  private keep(): void {
    const { conversation, view } = this;
    if (conversation === undefined || view === undefined || !this.resumable) return;
    keepConversation({ conversationId: conversation.conversationId, token: view.token });
  }

  private show(status: Shown): void {
    this.line.dataset.state = status === 'reconnected' ? 'online' : status;
    this.lineText.dataset.text = status;
    this.lineText.textContent = this.choice.strings[status];
  }
}
