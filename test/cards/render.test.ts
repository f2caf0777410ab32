import { replyActivity } from '../../cards/render/activity';
import { adaptiveCard } from '../../cards/render/adaptive';
import { plainText } from '../../cards/render/plainText';
import { ko } from '../../strings/ko';
import { parseEvents } from './cardParser';
import { everyReply } from './everyReply';

describe('the parser used as judge', () => {
  it('objects to an unknown element', () => {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Hologram' }] };
    expect(parseEvents(card)).not.toEqual([]);
  });
});

describe.each(everyReply())('%s', (_name, reply) => {
  const card = adaptiveCard(reply);
  const text = plainText(reply);
  const words = JSON.stringify(card);

  it('is a card that Web Chat takes without a complaint', () => {
    expect(parseEvents(card)).toEqual([]);
  });

  it('stays under the 80 KB that Teams takes', () => {
    expect(Buffer.byteLength(JSON.stringify(replyActivity(reply, 'msteams')))).toBeLessThan(80_000);
  });

  it('says in plain text every fact, amount and place the card shows', () => {
    for (const fact of reply.facts ?? []) {
      for (const part of [fact.label, fact.value, fact.detail, fact.mark?.word])
        if (part) expect(text).toContain(part);
    }
    for (const part of [reply.title, reply.headline?.value, reply.note, ...(reply.body ?? [])]) {
      if (part) expect(text).toContain(part);
    }
    for (const { heading, rows } of reply.sections ?? []) {
      expect(text).toContain(heading);
      for (const row of rows) expect(text).toContain(`${row.name}: ${row.detail}`);
    }
    const numbers = (from: string) => new Set(from.match(/\d[\d,.-]*\d|\d/g) ?? []);
    const shown = [
      reply.headline?.value,
      ...(reply.facts ?? []).flatMap(({ value, detail }) => [value, detail]),
    ].join(' ');
    for (const number of numbers(shown)) expect(numbers(text)).toContain(number);
  });

  it('names every link and number of a button in the plain text too', () => {
    const rows = (reply.sections ?? []).flatMap((section) => section.rows);
    for (const action of [
      ...(reply.actions ?? []),
      ...rows.flatMap((row) => (row.action ? [row.action] : [])),
    ]) {
      if (action.kind === 'open') expect(text).toContain(action.url);
      if (action.kind === 'call') expect(text.replaceAll('-', '')).toContain(action.phoneNumber);
    }
  });

  it('wraps every text and gives every picture an alternative', () => {
    const blocks = words.match(/\{"type":"TextBlock"[^{}]*\}/g) ?? [];
    expect(blocks.every((block) => block.includes('"wrap":true'))).toBe(true);
    const images = words.match(/\{"type":"Image"[^{}]*\}/g) ?? [];
    expect(images.every((image) => image.includes('"altText"'))).toBe(true);
  });

  it('leaves no gap in a sentence', () => {
    expect(`${text}${words}`).not.toMatch(/undefined|\[object|NaN|\$\{/);
  });
});

describe('a reply as an activity', () => {
  const reply = everyReply().find(([name]) => name === 'owesTwo (ko)')?.[1];
  if (reply === undefined) throw new Error('there is no balance reply');

  it('is a card where cards are drawn, with its words beside it', () => {
    const activity = replyActivity(reply, 'directline');
    expect(activity.attachments?.[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(activity.summary).toContain('77,300원');
    expect(activity.speak).toContain('칠만칠천삼백 원');
  });

  it('is text elsewhere', () => {
    const activity = replyActivity(reply, 'sms');
    expect(activity.attachments).toBeUndefined();
    expect(activity.text).toContain('77,300원');
  });

  it('offers the next questions as quick replies that say what they ask', () => {
    const actions = replyActivity(reply, 'directline').suggestedActions?.actions ?? [];
    expect(actions.map(({ value }) => value)).toContain(ko.topics.pay_methods.text);
  });

  it('shows user-made punctuation as it is', () => {
    const card = adaptiveCard({
      locale: 'ko',
      layout: 'card',
      body: ['[눌러](https://evil.example) **굵게**'],
    });
    expect(JSON.stringify(card)).toContain('\\\\[눌러\\\\]');
  });
});
