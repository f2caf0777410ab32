import type { DemoClock } from './demoClock';
import { demoCustomers } from './demoCustomers';
import { byId } from './element';
import { HandsetFeed, type HandsetMessage } from './handsetFeed';
import type { LanguageChoice } from './language';

const storageKey = 'billGuide.customer';

export interface HandsetOptions {
  readonly choice: LanguageChoice;
  readonly clock: Pick<DemoClock, 'now' | 'dayOf' | 'timeOf'>;
  /** Puts a number into the chat's message box without sending it. */
  readonly typeIntoChat: (text: string) => void;
  readonly onFresh: (count: number) => void;
}

/** The drawn phone: which demo customer holds it, the time, and the text messages that reached the number. */
export class Handset {
  private readonly select = byId('customer', HTMLSelectElement);
  private readonly list = byId('messages', HTMLOListElement);
  private readonly empty = byId('no-messages', HTMLParagraphElement);
  private readonly announcer = byId('announcer', HTMLParagraphElement);
  private messages: readonly HandsetMessage[] = [];
  private readonly feed: HandsetFeed;

  constructor(private readonly options: HandsetOptions) {
    this.feed = new HandsetFeed({
      messages: (all, fresh) => this.show(all, fresh),
      absent: () => {
        this.empty.textContent = this.options.choice.strings.noHandset;
        this.empty.hidden = false;
      },
    });
    this.fillSelect();
    this.select.value = sessionStorage.getItem(storageKey) ?? '';
    if (this.select.selectedIndex < 0) this.select.selectedIndex = 0;
    this.select.addEventListener('change', () => {
      sessionStorage.setItem(storageKey, this.select.value);
      this.follow();
    });
    byId('use-number', HTMLButtonElement).addEventListener('click', () => {
      options.typeIntoChat(this.select.value);
      this.announce(options.choice.strings.placed);
    });
    options.choice.onChange(() => {
      this.fillSelect();
      this.describe();
      this.draw();
      this.tick();
    });
    this.tick();
    setInterval(() => this.tick(), 1_000);
    this.follow();
  }

  private follow(): void {
    this.messages = [];
    this.draw();
    this.describe();
    this.feed.follow(this.select.value);
  }

  private fillSelect(): void {
    const chosen = this.select.value;
    const { language } = this.options.choice;
    this.select.replaceChildren(
      ...demoCustomers.map(({ phone, short }) => new Option(`${phone} · ${short[language]}`, phone)),
    );
    if (chosen !== '') this.select.value = chosen;
  }

  private describe(): void {
    const customer = demoCustomers.find(({ phone }) => phone === this.select.value);
    const { language } = this.options.choice;
    byId('situation', HTMLParagraphElement).textContent = customer?.situation[language] ?? '';
  }

  private show(all: readonly HandsetMessage[], fresh: readonly HandsetMessage[]): void {
    const before = this.messages.map(({ id }) => id).join();
    this.messages = all;
    if (before !== all.map(({ id }) => id).join()) this.draw(new Set(fresh.map(({ id }) => id)));
    const newest = fresh[0];
    if (newest === undefined) return;
    this.announce(this.options.choice.strings.arrived(newest.text));
    this.options.onFresh(fresh.length);
  }

  private draw(fresh: ReadonlySet<string> = new Set()): void {
    this.empty.hidden = this.messages.length > 0;
    this.list.replaceChildren(...this.messages.map((message) => this.item(message, fresh.has(message.id))));
  }

  private item(message: HandsetMessage, isFresh: boolean): HTMLLIElement {
    const { strings } = this.options.choice;
    const { clock } = this.options;
    const item = document.createElement('li');
    item.className = isFresh ? 'message fresh' : 'message';
    const head = document.createElement('p');
    head.className = 'message-head';
    const sender = document.createElement('span');
    sender.textContent = strings.sms;
    const time = document.createElement('time');
    const { receivedAtMs } = message;
    time.dateTime = new Date(receivedAtMs).toISOString();
    const day = clock.dayOf(receivedAtMs);
    const isToday = day === clock.dayOf(clock.now());
    time.textContent = isToday ? clock.timeOf(receivedAtMs) : `${day} ${clock.timeOf(receivedAtMs)}`;
    head.append(sender, time);
    const text = document.createElement('p');
    text.className = 'message-text';
    const code = /\d{6}/.exec(message.text)?.[0];
    if (code === undefined) {
      text.textContent = message.text;
      item.append(head, text);
      return item;
    }
    const strong = document.createElement('strong');
    strong.textContent = code;
    const [before = '', ...after] = message.text.split(code);
    text.append(before, strong, after.join(code));
    item.append(head, text, this.copyButton(code));
    return item;
  }

  private copyButton(code: string): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = this.options.choice.strings.copyCode;
    button.addEventListener('click', async () => {
      const { strings } = this.options.choice;
      const copied = await copy(code);
      button.textContent = copied ? strings.copied : strings.copyCode;
      this.announce(copied ? strings.copied : strings.copyFailed);
    });
    return button;
  }

  /** Has a screen reader say it. */
  announce(text: string): void {
    this.announcer.textContent = text;
  }

  private tick(): void {
    const { clock } = this.options;
    const nowMs = clock.now();
    const time = clock.timeOf(nowMs, 'h23');
    setText('clock-small', time);
    setText('lock-clock', time);
    setText('lock-date', clock.dayOf(nowMs));
    setText('demo-date', clock.dayOf(nowMs));
  }
}

function setText(id: string, text: string): void {
  const element = byId(id, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}

/** Browsers let a page write to the clipboard only on safe origins, and may ask first. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
