import { stringsFor } from '../../strings';
import type { Reply, ReplyAction } from '../reply';
import { billCard, factLines, headlineLine } from './kakaoBillCard';
import { kakaoButton, messageButton } from './kakaoButtons';
import {
  type KakaoButton,
  type KakaoOutput,
  type KakaoQuickReply,
  type KakaoResponse,
  type KakaoTextCard,
  kakaoLimits as limits,
} from './kakaoShapes';
import { actionText, plainTextBody, sectionLines } from './plainText';
import { shortened, splitText } from './splitText';

/** What one reply becomes: bubbles, and buttons that found no place on one of them. */
interface Bubbles {
  readonly outputs: readonly KakaoOutput[];
  readonly left: readonly KakaoQuickReply[];
}

/**
 * All replies of one turn as KakaoTalk's skill response 2.0, within every limit of `kakaoLimits`. A turn has three
 * bubbles: when its replies need more, the earlier ones become plain text. Quick replies are those of the last reply.
 */
export function kakaoResponse(replies: readonly Reply[]): KakaoResponse {
  const { outputs, left } = composed(replies);
  const suggestions = (replies.at(-1)?.suggestions ?? []).map(({ label, text }) =>
    messageButton(label, text),
  );
  const quickReplies = differing([...left, ...suggestions]).slice(0, limits.quickReplies);
  return {
    version: '2.0',
    template: { outputs, ...(quickReplies.length === 0 ? {} : { quickReplies }) },
  };
}

function composed(replies: readonly Reply[]): Bubbles {
  const rich = replies.map(richBubbles);
  for (let plain = 0; plain <= replies.length; plain += 1) {
    const text = replies
      .slice(0, plain)
      .map(plainTextBody)
      .filter((one) => one !== '')
      .join('\n\n');
    const first = simpleTexts(text);
    const rest = rich.slice(plain).flatMap(({ outputs }) => outputs);
    const whole = first.length + rest.length <= limits.outputs;
    if (!whole && plain < replies.length) continue;
    const outputs = whole ? [...first, ...rest] : cutTexts(text);
    const left = [
      ...replies.slice(0, plain).flatMap((reply) => sayable(reply)),
      ...rich.slice(plain).flatMap((bubbles) => bubbles.left),
    ];
    if (outputs.length > 0) return { outputs, left };
  }
  // A turn without words still needs a bubble, or KakaoTalk shows an error.
  const { nothing } = stringsFor(replies.at(-1)?.locale ?? 'ko').kakao;
  return { outputs: [{ simpleText: { text: nothing } }], left: [] };
}

function richBubbles(reply: Reply): Bubbles {
  const card = billCard(reply);
  const [section] = reply.sections ?? [];
  const rows = card !== undefined || section !== undefined ? (section?.rows ?? []) : [];
  const named = rows.every(({ name }) => name.trim() !== '');
  const asCarousel =
    reply.sections?.length === 1 && named && rows.length > 1 && rows.length <= limits.carousel.items;
  const { buttons, lines, left } = placed(reply, card?.room ?? limits.textCard.buttons);
  const ownLines = [
    ...(reply.title === undefined || card?.holds.has('title') ? [] : [reply.title]),
    ...(reply.headline === undefined || card?.holds.has('headline') ? [] : [headlineLine(reply.headline)]),
    ...spoken(reply),
    ...(card === undefined ? factLines(reply.facts ?? []) : []),
    ...(reply.note === undefined || card?.holds.has('note') ? [] : [reply.note]),
    ...lines,
    ...(asCarousel ? [section?.heading ?? ''] : (reply.sections ?? []).flatMap(sectionLines)),
  ].filter((line) => line.trim() !== '');
  const outputs: KakaoOutput[] = [
    ...(card === undefined
      ? textBubbles(ownLines, reply, buttons)
      : [card.output(buttons), ...simpleTexts(ownLines.join('\n'))]),
    ...(asCarousel ? [{ carousel: { type: 'textCard' as const, items: rows.map(rowCard) } }] : []),
  ];
  return { outputs, left };
}

/** What the reply says in sentences. Where KakaoTalk itself hands over, nobody is told that this is impossible. */
function spoken({ body = [], person }: Reply): string[] {
  return body.filter((line) => line !== person?.otherwise);
}

/** Text alone as a bubble; with a title or buttons as a card, or both when it is long. */
function textBubbles(lines: readonly string[], reply: Reply, buttons: readonly KakaoButton[]): KakaoOutput[] {
  const { title } = reply;
  const hasTitle = title !== undefined && lines[0] === title && title.length <= limits.textCard.title;
  const text = lines.join('\n');
  const description = (hasTitle ? lines.slice(1) : lines).join('\n');
  const fits = description.length <= limits.textCard.description;
  const shown = buttons.length === 0 ? {} : { buttons };
  if (!hasTitle && buttons.length === 0) return simpleTexts(text);
  if (fits && (hasTitle || description !== '')) {
    return [
      {
        textCard: {
          ...(hasTitle ? { title } : {}),
          ...(description === '' ? {} : { description }),
          ...shown,
        },
      },
    ];
  }
  if (buttons.length === 0) return simpleTexts(text);
  const { below } = stringsFor(reply.locale).kakao;
  return [...simpleTexts(text), { textCard: { title: below, ...shown } }];
}

function rowCard({
  name,
  detail,
  action,
}: NonNullable<Reply['sections']>[number]['rows'][number]): KakaoTextCard {
  const button = action === undefined ? undefined : kakaoButton(action);
  const place = button === undefined && action !== undefined ? `\n${actionText(action)}` : '';
  const description = shortened(`${detail}${place}`, limits.carousel.description);
  return {
    title: shortened(name, limits.textCard.title),
    ...(description === '' ? {} : { description }),
    ...(button === undefined ? {} : { buttons: [button] }),
  };
}

/** Buttons as far as there is room; of the rest, links and numbers as lines, and what can be said as quick replies. */
function placed(reply: Reply, room: number) {
  const { actions = [], person } = reply;
  const label = shortened(person?.label ?? '', limits.label);
  const operator: KakaoButton[] = label === '' ? [] : [{ label, action: 'operator' }];
  const fitting = actions.slice(0, room - operator.length);
  const rest = actions.slice(room - operator.length);
  const impossible = fitting.filter((action) => kakaoButton(action) === undefined);
  return {
    buttons: [...operator, ...fitting.flatMap((action) => kakaoButton(action) ?? [])],
    lines: [...impossible, ...rest].map(actionText).filter((text) => text !== ''),
    left: rest.flatMap(quickReplyOf),
  };
}

function sayable({ actions = [] }: Reply): KakaoQuickReply[] {
  return actions.flatMap(quickReplyOf);
}

function quickReplyOf(action: ReplyAction): KakaoQuickReply[] {
  const button = action.kind === 'say' || action.kind === 'do' ? kakaoButton(action) : undefined;
  return button?.action === 'message' ? [button] : [];
}

function simpleTexts(text: string): KakaoOutput[] {
  return splitText(text, limits.simpleText).map((piece) => ({ simpleText: { text: piece } }));
}

/** As much as three bubbles hold. */
function cutTexts(text: string): KakaoOutput[] {
  const pieces = splitText(text, limits.simpleText);
  const [first = '', second = '', ...rest] = pieces;
  return [first, second, shortened(rest.join('\n'), limits.simpleText)]
    .filter((piece) => piece !== '')
    .map((piece) => ({ simpleText: { text: piece } }));
}

function differing(quickReplies: readonly KakaoQuickReply[]): KakaoQuickReply[] {
  const seen = new Set<string>();
  return quickReplies.filter(({ label, messageText }) => {
    const isNew = !seen.has(messageText) && label !== '' && messageText !== '';
    seen.add(messageText);
    return isNew;
  });
}
