import ReactWebChat, { createDirectLine, createStore } from 'botframework-webchat';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { agentBubble } from './agentBubble';
import { completeCards } from './cardCompletion';
import { cardTheme } from './cardTheme';
import { chatTheme } from './chatTheme';
import { CodeTime } from './codeTime';
import type { Conversation } from './conversation';
import { leavesToPerson, shownActivity } from './shownActivity';
import { mendSpokenRegions } from './spokenRegions';
import { type SpokenWords, spokenOverrides } from './spokenWords';
import { TranscriptEnd } from './transcriptEnd';
import { TypingSign } from './typingSign';
import { watchSockets } from './watchedSocket';
import { writtenLanguage } from './writtenLanguage';

export type ChatStatus = 'connecting' | 'online' | 'lost' | 'expired' | 'failed';

export interface ChatViewOptions {
  readonly root: HTMLElement;
  readonly conversation: Conversation;
  /** The server knows this conversation already: what was said is shown again. */
  readonly resume: boolean;
  readonly locale: string;
  readonly words: SpokenWords;
  readonly onStatus: (status: ChatStatus) => void;
}

interface StoreAction {
  readonly type: string;
  readonly payload?: { readonly activity?: unknown };
}

/** As the server names it: Web Chat ends the sign of typing with the next message of the same account. */
const bot = { id: 'bill-guide', name: '', role: 'bot' };

/** Numbers of directlinejs' `ConnectionStatus`. */
const statuses: readonly (ChatStatus | undefined)[] = [
  undefined,
  'connecting',
  'online',
  'expired',
  'failed',
  'expired',
];

const sendBox = '[data-id="webchat-sendbox-input"]';

/** Web Chat in an element of the page, talking to our own Direct Line. */
export class ChatView {
  private readonly directLine: ReturnType<typeof createDirectLine>;
  private readonly store: ReturnType<typeof createStore>;
  private readonly transcriptEnd: TranscriptEnd;
  private readonly codeTime = new CodeTime();
  private readonly typingSign = new TypingSign(() => this.showTyping());
  private readonly react: Root;
  private readonly stopCompleting: () => void;
  private readonly stopMending: () => void;
  /** Not yet said; undefined once it can be said at once. */
  private unsaid: string[] | undefined = [];
  private ended = false;
  private agentNamed: SpokenWords['agentNamed'];
  /** When the newest message was said, by the server's clock; ms since the epoch. */
  private newestMs = 0;

  constructor(private readonly options: ChatViewOptions) {
    const { root, conversation, resume, locale, words } = options;
    this.agentNamed = words.agentNamed;
    this.directLine = createDirectLine({
      token: conversation.token,
      domain: `${location.origin}/v3/directline`,
      // Without a streamUrl the client asks for one, and only then refreshes its token.
      ...(resume
        ? { conversationId: conversation.conversationId }
        : { conversationStartProperties: { locale } }),
    });
    this.directLine.connectionStatus$.subscribe((code) => this.report(statuses[code]));
    watchSockets(this.directLine, {
      opened: () => this.report('online'),
      closed: () => this.report('lost'),
    });
    this.stopCompleting = completeCards(root);
    this.stopMending = mendSpokenRegions(root);
    this.transcriptEnd = new TranscriptEnd(root);
    this.store = createStore({}, () => (next: (action: unknown) => unknown) => (action: StoreAction) => {
      const incoming = action.type === 'DIRECT_LINE/INCOMING_ACTIVITY';
      const result = next(incoming ? this.shown(action) : action);
      if (action.type === 'DIRECT_LINE/POST_ACTIVITY_PENDING') this.onSent(action.payload?.activity);
      // What is said before the store has its connection is lost without a word.
      if (action.type === 'DIRECT_LINE/CONNECT_FULFILLED') queueMicrotask(() => this.sayUnsaid());
      if (incoming) this.onIncoming(action.payload?.activity);
      return result;
    });
    this.react = createRoot(root);
    this.setLocale(locale, words);
  }

  /** Language of Web Chat's own words, and of what the customer sends from now on. */
  setLocale(locale: string, words: SpokenWords): void {
    this.agentNamed = words.agentNamed;
    this.react.render(
      createElement(ReactWebChat, {
        directLine: this.directLine,
        store: this.store,
        locale,
        overrideLocalizedStrings: spokenOverrides(words),
        styleOptions: chatTheme,
        adaptiveCardsHostConfig: cardTheme,
        activityMiddleware: [writtenLanguage, agentBubble(words.agentNamed)],
        role: 'form',
        // For an agent at the desk; the server passes it on at most, and keeps nothing of it.
        sendTypingIndicator: true,
      }),
    );
  }

  /** Puts text into the message box; sending is the customer's. */
  type(text: string): void {
    this.store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text } });
    this.options.root.querySelector<HTMLElement>(sendBox)?.focus();
  }

  /** Sends text as the customer's message, as soon as there is a connection. */
  say(text: string): void {
    if (this.unsaid !== undefined) this.unsaid.push(text);
    else this.store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text, method: 'code' } });
  }

  focus(): void {
    this.options.root.querySelector<HTMLElement>(sendBox)?.focus();
  }

  /** The token as it is now: the client renews it every 15 minutes. */
  get token(): string {
    const token: unknown = Reflect.get(this.directLine, 'token');
    return typeof token === 'string' ? token : this.options.conversation.token;
  }

  end(): void {
    this.ended = true;
    this.stopCompleting();
    this.stopMending();
    this.transcriptEnd.stop();
    this.codeTime.stop();
    this.typingSign.answered();
    this.directLine.end();
    this.react.unmount();
  }

  private onSent(activity: unknown): void {
    this.transcriptEnd.show();
    if (Reflect.get(Object(activity), 'type') === 'message') this.typingSign.asked();
  }

  private onIncoming(activity: unknown): void {
    this.codeTime.follow(activity);
    const { type, from, timestamp } = Object(activity);
    if (type !== 'message') return;
    this.newestMs = Math.max(this.newestMs, Date.parse(timestamp) || 0);
    if (from?.role !== 'bot') return;
    this.typingSign.answered(leavesToPerson(activity) ? 'person' : 'assistant');
  }

  private shown(action: StoreAction): StoreAction {
    const activity = shownActivity(action.payload?.activity, this.agentNamed);
    return { ...action, payload: { ...action.payload, activity } };
  }

  private showTyping(): void {
    if (this.ended) return;
    // Web Chat sorts by time: a sign that is later than the answer, by a clock that is ahead, would outlast it.
    const timestamp = new Date((this.newestMs || Date.now()) + 1).toISOString();
    const activity = { type: 'typing', id: `typing-${Date.now()}`, timestamp, from: bot, channelData: {} };
    this.store.dispatch({ type: 'DIRECT_LINE/INCOMING_ACTIVITY', payload: { activity } });
  }

  private sayUnsaid(): void {
    const unsaid = this.unsaid ?? [];
    this.unsaid = undefined;
    for (const text of unsaid) this.say(text);
  }

  private report(status: ChatStatus | undefined): void {
    if (status !== undefined && !this.ended) this.options.onStatus(status);
  }
}
