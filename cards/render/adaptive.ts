import type { Fact, Reply, ReplyAction, ReplyInput, Section } from '../reply';
import { iconUri } from './icons';
import { plainText } from './plainText';

/** A piece of Adaptive Card JSON. */
export type CardJson = { readonly [key: string]: unknown };

/**
 * A reply as an Adaptive Card 1.5. Uses only elements and enums that Web Chat 4.18's parser knows: an unknown
 * one would throw the whole card away there. Texts wrap, images carry altText, nothing speaks by colour alone.
 * @param forTeams puts what a button says into Teams' envelope, elsewhere it is a plain string; and the next questions
 * into the card
 */
export function adaptiveCard(reply: Reply, forTeams = false): CardJson {
  const action = (item: ReplyAction) => cardAction(item, forTeams);
  const body = [
    ...(reply.title === undefined ? [] : [heading(reply.title)]),
    ...(reply.headline === undefined ? [] : headline(reply.headline)),
    ...(reply.note === undefined
      ? []
      : [{ ...text(reply.note), isSubtle: true, spacing: 'Small', size: 'Small' }]),
    ...(reply.body ?? []).map((line) => text(line)),
    ...(reply.facts ?? []).map(factRow),
    ...(reply.sections ?? []).flatMap((one) => section(one, action)),
    ...(reply.input === undefined ? [] : input(reply.input)),
    ...(forTeams ? nextQuestions(reply, action) : []),
  ];
  const actions = (reply.actions ?? []).map(action);
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    speak: reply.speak ?? plainText(reply),
    fallbackText: plainText(reply),
    body,
    ...(actions.length === 0 ? {} : { actions }),
  };
}

function text(content: string): CardJson {
  return { type: 'TextBlock', text: escapeMarkdown(content), wrap: true };
}

function heading(content: string): CardJson {
  return { ...text(content), style: 'heading', size: 'Medium', weight: 'Bolder' };
}

function headline({ label, value }: { label: string; value: string }): CardJson[] {
  return [
    { ...text(label), style: 'heading', size: 'Default', weight: 'Bolder' },
    { ...text(value), size: 'ExtraLarge', weight: 'Bolder', spacing: 'None' },
  ];
}

function factRow(fact: Fact): CardJson {
  const label = [
    { ...text(fact.label), weight: 'Bolder' },
    ...(fact.detail === undefined
      ? []
      : [{ ...text(fact.detail), isSubtle: true, spacing: 'None', size: 'Small' }]),
  ];
  const tone = fact.mark?.tone;
  const value = [
    { ...text(fact.value), weight: 'Bolder', horizontalAlignment: 'Right' },
    ...(fact.mark === undefined
      ? []
      : [
          {
            ...text(fact.mark.word),
            size: 'Small',
            spacing: 'None',
            weight: 'Bolder',
            horizontalAlignment: 'Right',
            color: tone === 'attention' ? 'Attention' : tone === 'good' ? 'Good' : 'Default',
          },
        ]),
  ];
  return {
    type: 'Container',
    style: tone === 'attention' ? 'attention' : 'emphasis',
    spacing: 'Small',
    items: [
      {
        type: 'ColumnSet',
        columns: [
          ...(fact.mark === undefined ? [] : [iconColumn(fact.mark.icon)]),
          { type: 'Column', width: 'stretch', items: label },
          { type: 'Column', width: 'auto', items: value },
        ],
      },
    ],
  };
}

function section({ heading: title, rows }: Section, action: (item: ReplyAction) => CardJson): CardJson[] {
  return [
    { ...heading(title), size: 'Default', separator: true, spacing: 'Large' },
    ...rows.map((row) => ({
      type: 'ColumnSet',
      spacing: 'Small',
      columns: [
        iconColumn(row.icon),
        {
          type: 'Column',
          width: 'stretch',
          verticalContentAlignment: 'Center',
          items: [
            { ...text(row.name), weight: 'Bolder' },
            { ...text(row.detail), isSubtle: true, spacing: 'None', size: 'Small' },
          ],
        },
        ...(row.action === undefined
          ? []
          : [
              {
                type: 'Column',
                width: 'auto',
                verticalContentAlignment: 'Center',
                items: [{ type: 'ActionSet', actions: [action(row.action)] }],
              },
            ]),
      ],
    })),
  ];
}

function iconColumn(name: Parameters<typeof iconUri>[0]): CardJson {
  return {
    type: 'Column',
    width: 'auto',
    verticalContentAlignment: 'Center',
    items: [{ type: 'Image', url: iconUri(name), altText: '', width: '24px', height: '24px' }],
  };
}

function input(field: ReplyInput): CardJson[] {
  return [
    {
      type: 'Input.Text',
      id: field.id,
      label: field.label,
      placeholder: field.placeholder,
      isRequired: true,
      errorMessage: field.errorMessage,
      maxLength: field.maxLength,
      style: 'Tel',
    },
    {
      type: 'ActionSet',
      actions: [
        { type: 'Action.Submit', title: field.submit.label, data: field.submit.value, style: 'positive' },
      ],
    },
  ];
}

/** Teams shows six buttons of a set. */
function nextQuestions({ suggestions = [] }: Reply, action: (item: ReplyAction) => CardJson): CardJson[] {
  if (suggestions.length === 0) return [];
  const actions = suggestions.slice(0, 6).map(({ label, text }) => action({ kind: 'say', label, text }));
  return [{ type: 'ActionSet', spacing: 'Large', actions }];
}

function cardAction(item: ReplyAction, forTeams: boolean): CardJson {
  switch (item.kind) {
    case 'open':
      return { type: 'Action.OpenUrl', title: item.label, url: item.url };
    case 'call':
      return { type: 'Action.OpenUrl', title: item.label, url: `tel:${item.phoneNumber}` };
    case 'say':
      return {
        type: 'Action.Submit',
        title: item.label,
        // Teams shows and sends no plain string (learn.microsoft.com, "card actions").
        data: forTeams ? { msteams: { type: 'imBack', value: item.text } } : item.text,
      };
    case 'do':
      return { type: 'Action.Submit', title: item.label, data: item.value };
  }
}

/** TextBlocks render a Markdown subset; what we show is plain text. */
function escapeMarkdown(content: string): string {
  return content.replace(/([\\[\]*_])/g, '\\$1');
}
