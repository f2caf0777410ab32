import ReactWebChat, { createDirectLine, createStore } from 'botframework-webchat';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { completeCards } from './cardCompletion';
import { cardTheme } from './cardTheme';
import { chatTheme } from './chatTheme';
import type { Conversation } from './conversation';
import { TranscriptEnd } from './transcriptEnd';
import { watchSockets } from './watchedSocket';

export type ChatStatus = 'connecting' | 'online' | 'lost' | 'expired' | 'failed';

export interface ChatViewOptions {
  readonly root: HTMLElement;
  readonly conversation: Conversation;
  /** The server knows this conversation already: what was said is shown again. */
  readonly resume: boolean;
  readonly locale: string;
  readonly onStatus: (status: ChatStatus) => void;
}

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
  private readonly react: Root;
  private readonly stopCompleting: () => void;
  private ended = false;

  constructor(private readonly options: ChatViewOptions) {
    const { root, conversation, resume, locale } = options;
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
    this.transcriptEnd = new TranscriptEnd(root);
    this.store = createStore({}, () => (next: (action: unknown) => unknown) => (action: { type: string }) => {
      const result = next(action);
      if (action.type === 'DIRECT_LINE/POST_ACTIVITY_PENDING') this.transcriptEnd.show();
      return result;
    });
    this.react = createRoot(root);
    this.setLocale(locale);
  }

  /** Language of Web Chat's own words, and of what the customer sends from now on. */
  setLocale(locale: string): void {
    this.react.render(
      createElement(ReactWebChat, {
        directLine: this.directLine,
        store: this.store,
        locale,
        styleOptions: chatTheme,
        adaptiveCardsHostConfig: cardTheme,
        role: 'form',
      }),
    );
  }

  /** Puts text into the message box; sending is the customer's. */
  type(text: string): void {
    this.store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text } });
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
    this.transcriptEnd.stop();
    this.directLine.end();
    this.react.unmount();
  }

  private report(status: ChatStatus | undefined): void {
    if (status !== undefined && !this.ended) this.options.onStatus(status);
  }
}
