import { stringsFor } from '../../strings';
import type { Fact, Reply } from '../reply';
import { type KakaoButton, type KakaoOutput, kakaoLimits as limits } from './kakaoShapes';
import { factLine } from './plainText';

/** A reply's figures as a card. */
export interface BillCard {
  /** Which parts of the reply the card shows; all others must be said beside it. */
  readonly holds: ReadonlySet<'title' | 'headline' | 'note'>;
  /** How many buttons it takes. */
  readonly room: number;
  output(buttons: readonly KakaoButton[]): KakaoOutput;
}

/** One bill as an item card, several as a list; undefined when a figure would not fit and must be text. */
export function billCard(reply: Reply): BillCard | undefined {
  const facts = reply.facts ?? [];
  const [only] = facts;
  if (only === undefined || facts.length > limits.listCard.items) return undefined;
  return facts.length === 1 ? itemCard(reply, only) : listCard(reply, facts);
}

export function headlineLine({ label, value }: { label: string; value: string }): string {
  return `${label} ${value}`;
}

export function factLines(facts: readonly Fact[]): string[] {
  return facts.map(factLine);
}

function itemCard({ title, headline, note, locale }: Reply, fact: Fact): BillCard | undefined {
  const { row } = stringsFor(locale).kakao;
  const head = headline?.label ?? title ?? row.head;
  const showsHead = fitsIn(head, limits.itemCard.head);
  const summed = headline !== undefined && isSum(headline.value);
  const amountIsSaid = summed && headline.value === fact.value;
  const noteFits = note !== undefined && fitsIn(note, limits.itemCard.itemDescription);
  const itemList = [
    { title: row.item, description: fact.label },
    ...(headline !== undefined && !summed && headline.value !== fact.value
      ? [{ title: row.total, description: headline.value }]
      : []),
    ...(amountIsSaid ? [] : [{ title: row.amount, description: fact.value }]),
    ...(fact.mark === undefined ? [] : [{ title: row.state, description: fact.mark.word }]),
    ...(fact.detail === undefined ? [] : [{ title: row.detail, description: fact.detail }]),
    ...(noteFits ? [{ title: row.basis, description: note }] : []),
  ].filter(({ description }) => description !== '');
  if (itemList.some(({ description }) => !fitsIn(description, limits.itemCard.itemDescription)))
    return undefined;
  const holds = new Set<'title' | 'headline' | 'note'>();
  if (showsHead && headline === undefined && title !== undefined) holds.add('title');
  if (showsHead && headline !== undefined) holds.add('headline');
  if (noteFits) holds.add('note');
  return {
    holds,
    room: limits.itemCard.buttons,
    output: (buttons) => ({
      itemCard: {
        head: { title: showsHead ? head : row.head },
        itemList,
        itemListAlignment: 'right',
        ...(summed ? { itemListSummary: { title: row.total, description: headline.value } } : {}),
        ...(buttons.length === 0 ? {} : { buttons }),
      },
    }),
  };
}

function listCard({ title, headline, locale }: Reply, facts: readonly Fact[]): BillCard | undefined {
  const { row } = stringsFor(locale).kakao;
  const items = facts.map(({ label, value, detail, mark }) => {
    const description = [mark?.word, detail].filter((part) => part !== undefined && part !== '').join(' · ');
    return { title: `${label} ${value}`.trim(), ...(description === '' ? {} : { description }) };
  });
  const tooLong = items.some(
    (item) =>
      !fitsIn(item.title, limits.listCard.itemTitle) ||
      (item.description ?? '').length > limits.listCard.itemDescription,
  );
  if (tooLong) return undefined;
  const wanted = headline === undefined ? title : headlineLine(headline);
  const header = wanted !== undefined && fitsIn(wanted, limits.listCard.header) ? wanted : undefined;
  const held = headline === undefined ? 'title' : 'headline';
  return {
    holds: new Set(header === undefined ? [] : [held]),
    room: limits.listCard.buttons,
    output: (buttons) => ({
      listCard: {
        header: { title: header ?? row.head },
        items,
        ...(buttons.length === 0 ? {} : { buttons }),
      },
    }),
  };
}

/** An empty text suppresses a card in KakaoTalk. */
function fitsIn(text: string, limit: number): boolean {
  return text.trim() !== '' && text.length <= limit;
}

/** The summary row takes digits, separators and the currency alone. */
function isSum(value: string): boolean {
  return /^-?[\d,.]+원$/.test(value) && value.length <= limits.itemCard.summary;
}
