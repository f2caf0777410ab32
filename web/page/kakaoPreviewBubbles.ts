import type { PreviewStrings } from './kakaoPreviewStrings';

/** The parts of a skill response that we send; anything else is not drawn. */
interface Button {
  readonly label: string;
  readonly action: string;
  readonly webLinkUrl?: string;
  readonly phoneNumber?: string;
}
interface Card {
  readonly title?: string;
  readonly description?: string;
  readonly head?: { readonly title: string };
  readonly header?: { readonly title: string };
  readonly itemList?: readonly { readonly title: string; readonly description: string }[];
  readonly itemListSummary?: { readonly title: string; readonly description: string };
  readonly items?: readonly { readonly title: string; readonly description?: string }[];
  readonly buttons?: readonly Button[];
}
export interface SkillResponse {
  readonly template: {
    readonly outputs: readonly {
      readonly simpleText?: { readonly text: string };
      readonly textCard?: Card;
      readonly itemCard?: Card;
      readonly listCard?: Card;
      readonly carousel?: { readonly items: readonly Card[] };
    }[];
    readonly quickReplies?: readonly { readonly label: string }[];
  };
}

/** A skill response as KakaoTalk shows it, nearly. Links and numbers work; what KakaoTalk would send is only shown. */
export function kakaoRoom({ template }: SkillResponse, strings: PreviewStrings): HTMLElement {
  const room = made('div', 'kakao-room');
  for (const { simpleText, textCard, itemCard, listCard, carousel } of template.outputs) {
    if (simpleText !== undefined) room.append(bubble(made('p', '', simpleText.text)));
    for (const card of [textCard, itemCard, listCard]) if (card !== undefined) room.append(cardBubble(card));
    if (carousel !== undefined) {
      const row = made('div', 'kakao-carousel');
      // Scrolled with the keyboard too.
      row.tabIndex = 0;
      row.setAttribute('role', 'group');
      row.setAttribute('aria-label', strings.more);
      row.append(...carousel.items.map(cardBubble));
      room.append(row);
    }
  }
  if (template.quickReplies !== undefined) {
    const list = made('ul', 'kakao-quick');
    list.setAttribute('aria-label', strings.quickReplies);
    list.append(...template.quickReplies.map(({ label }) => made('li', '', label)));
    room.append(list);
  }
  return room;
}

function cardBubble(card: Card): HTMLElement {
  const title = card.title ?? card.head?.title ?? card.header?.title;
  const parts: HTMLElement[] = [];
  if (title !== undefined) parts.push(made('p', 'kakao-title', title));
  if (card.description !== undefined) parts.push(made('p', '', card.description));
  const rows = [...(card.itemList ?? [])];
  if (rows.length > 0 || card.itemListSummary !== undefined) {
    const list = made('dl', '');
    list.append(...rows.map((row) => termRow(row, '')));
    if (card.itemListSummary !== undefined) list.append(termRow(card.itemListSummary, ' kakao-sum'));
    parts.push(list);
  }
  if (card.items !== undefined) {
    const list = made('ul', '');
    for (const item of card.items) {
      const entry = made('li', '');
      entry.append(made('p', 'kakao-title', item.title));
      if (item.description !== undefined) entry.append(made('p', 'kakao-small', item.description));
      list.append(entry);
    }
    parts.push(list);
  }
  return bubble(...parts, ...(card.buttons ?? []).map(buttonLine));
}

function termRow({ title, description }: { title: string; description: string }, more: string): HTMLElement {
  const row = made('div', `kakao-row${more}`);
  row.append(made('dt', '', title), made('dd', '', description));
  return row;
}

function buttonLine({ label, action, webLinkUrl, phoneNumber }: Button): HTMLElement {
  const address = action === 'webLink' ? webLinkUrl : action === 'phone' ? `tel:${phoneNumber}` : undefined;
  if (address === undefined || !/^(https?:|tel:)/.test(address)) return made('span', 'kakao-button', label);
  const link = document.createElement('a');
  link.className = 'kakao-button';
  link.textContent = label;
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}

function bubble(...content: HTMLElement[]): HTMLElement {
  const frame = made('div', 'kakao-bubble');
  frame.append(...content);
  return frame;
}

export function made(tag: string, className: string, text?: string): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
