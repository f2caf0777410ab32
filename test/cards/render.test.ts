import { replyActivity } from '../../cards/render/activity';
import { adaptiveCard } from '../../cards/render/adaptive';
import { plainText } from '../../cards/render/plainText';
import type { Reply } from '../../cards/reply';
import { ko } from '../../strings/ko';
import { parseEvents } from './cardParser';
import { eucKrLength } from './eucKr';
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

  it('tells in plain text what can be said instead of pressed', () => {
    for (const action of reply.actions ?? []) {
      if (action.kind === 'say') expect(text).toContain(action.text);
      if (action.kind === 'do' && action.pressOnly !== true) expect(text).toContain(action.label);
      if (action.kind === 'do' && action.pressOnly === true) expect(text).not.toContain(`'${action.label}'`);
    }
  });

  it('fits into one long text message, in the letters that carriers know', () => {
    const sms = String(replyActivity(reply, 'sms').text);
    const bytes = eucKrLength(sms);
    expect(bytes).toBeLessThanOrEqual(2_000);
    expect(sms.replace(/\s/g, '')).toHaveLength(text.replace(/\s/g, '').length);
  });

  it.each(['slack', 'telegram', 'line', 'facebook'])('loses nothing in %s', (channelId) => {
    const { text: said = '', attachments = [] } = replyActivity(reply, channelId);
    const shown = `${said}\n${JSON.stringify(attachments)}`;
    for (const fact of reply.facts ?? []) expect(said).toContain(fact.value);
    for (const line of [reply.title, reply.note, ...(reply.body ?? [])])
      if (line) expect(said).toContain(line);
    for (const action of reply.actions ?? []) {
      if (action.kind === 'open') expect(shown).toContain(action.url);
      if (action.kind === 'call') expect(said.replaceAll('-', '')).toContain(action.phoneNumber);
      if (action.kind === 'do' || action.kind === 'say') expect(shown).toContain(action.label);
    }
    expect(JSON.stringify(attachments)).not.toContain('vnd.microsoft.card.adaptive');
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

  it.each(['sms', 'email', 'kakao', 'carrier-pigeon', '__proto__'])('is text in %s', (channelId) => {
    const activity = replyActivity(reply, channelId);
    expect(activity.attachments).toBeUndefined();
    expect(activity.text).toContain('77,300원');
  });

  it('is text with buttons where cards are simple', () => {
    const { text, attachments } = replyActivity(reply, 'slack');
    expect(text).toContain('77,300원');
    expect(attachments?.[0]?.contentType).toBe('application/vnd.microsoft.card.hero');
  });

  it('keeps the model for the channel that draws a whole turn', () => {
    expect(replyActivity(reply, 'kakao').channelData).toMatchObject({ reply });
    expect(JSON.stringify(replyActivity(reply, 'directline').channelData)).not.toContain('headline');
  });

  it('says in Teams what a button says through its envelope', () => {
    const say: Reply = {
      locale: 'ko',
      layout: 'card',
      actions: [{ kind: 'say', label: '처음', text: '처음으로' }],
    };
    expect(JSON.stringify(replyActivity(say, 'msteams'))).toContain(
      '"data":{"msteams":{"type":"imBack","value":"처음으로"}}',
    );
    expect(JSON.stringify(replyActivity(say, 'webchat'))).toContain('"data":"처음으로"');
  });

  it('has the next questions in the card itself in Teams, which drops them beside one', () => {
    const activity = replyActivity(reply, 'msteams');
    expect(activity.suggestedActions).toBeUndefined();
    const set = JSON.stringify(activity.attachments);
    for (const { text } of reply.suggestions ?? [])
      expect(set).toContain(JSON.stringify({ msteams: { type: 'imBack', value: text } }));
    expect(JSON.stringify(replyActivity(reply, 'webchat').attachments)).not.toContain('imBack');
  });

  it.each(['slack', 'telegram', 'line', 'facebook'])(
    'carries in %s what a button does as text',
    (channel) => {
      const { attachments } = replyActivity(reply, channel);
      const buttons: { type: string; value: unknown }[] = Object(attachments?.[0]?.content).buttons;
      expect(buttons.length).toBeGreaterThan(0);
      for (const { value } of buttons) expect(typeof value).toBe('string');
      expect(buttons).toContainEqual(expect.objectContaining({ type: 'postBack' }));
    },
  );

  it('becomes text in Teams when the card would be refused for its size', () => {
    const huge: Reply = {
      locale: 'ko',
      layout: 'card',
      body: Array(400).fill('요금을 내는 길이 아주 많아요. '.repeat(10)),
    };
    const activity = replyActivity(huge, 'msteams');
    expect(activity.attachments).toBeUndefined();
    expect(Buffer.byteLength(JSON.stringify(activity))).toBeLessThan(80_000);
    expect(String(activity.text)).toMatch(/\.…$/);
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

describe('a long text message', () => {
  it('is cut at a sentence, by bytes, and keeps only letters that carriers know', () => {
    const body = Array.from({ length: 60 }, (_, n) => `${n}번째 안내예요 🙂 — 35,000원을 내 주세요.`);
    const sms = String(replyActivity({ locale: 'ko', layout: 'text', body }, 'sms').text);
    expect(eucKrLength(sms)).toBeLessThanOrEqual(2_000);
    expect(eucKrLength(sms)).toBeGreaterThan(1_900);
    expect(sms).toMatch(/주세요\.…$/);
    expect(sms).toContain('- 35,000원');
  });
});
