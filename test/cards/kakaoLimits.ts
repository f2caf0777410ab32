import { z } from 'zod';

/** Characters as the strictest reading counts them: UTF-16 units. Empty texts make KakaoTalk drop a card. */
const text = (limit: number) => z.string().min(1).max(limit);
const label = text(14);
const message = z.strictObject({
  label,
  action: z.literal('message'),
  messageText: text(1_000),
  extra: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const button = z.union([
  message,
  z.strictObject({ label, action: z.literal('webLink'), webLinkUrl: z.url({ protocol: /^https?$/ }) }),
  z.strictObject({ label, action: z.literal('phone'), phoneNumber: text(20) }),
  z.strictObject({ label, action: z.literal('operator') }),
]);
const buttons = (most: number) => z.array(button).min(1).max(most).optional();
const textCard = (description: number) =>
  z
    .strictObject({
      title: text(50).optional(),
      description: text(description).optional(),
      buttons: buttons(3),
    })
    .refine((card) => card.title !== undefined || card.description !== undefined);

const output = z.union([
  z.strictObject({ simpleText: z.strictObject({ text: text(1_000) }) }),
  z.strictObject({ textCard: textCard(400) }),
  z.strictObject({
    itemCard: z.strictObject({
      head: z.strictObject({ title: text(15) }),
      itemList: z
        .array(z.strictObject({ title: text(6), description: text(40) }))
        .min(1)
        .max(10),
      itemListAlignment: z.enum(['left', 'right']),
      itemListSummary: z
        .strictObject({ title: text(6), description: text(14).regex(/^-?[\d,.]+원$/) })
        .optional(),
      buttons: buttons(3),
    }),
  }),
  z.strictObject({
    listCard: z.strictObject({
      header: z.strictObject({ title: text(15) }),
      items: z
        .array(z.strictObject({ title: text(36), description: text(40).optional() }))
        .min(1)
        .max(5),
      buttons: buttons(2),
    }),
  }),
  z.strictObject({
    carousel: z.strictObject({
      type: z.literal('textCard'),
      items: z.array(textCard(128)).min(1).max(10),
    }),
  }),
]);

const skillResponse = z.strictObject({
  version: z.literal('2.0'),
  template: z.strictObject({
    outputs: z.array(output).min(1).max(3),
    quickReplies: z.array(message).min(1).max(10).optional(),
  }),
});

/** What KakaoTalk would not show of a skill response, by its published limits; empty when all is well. */
export function kakaoViolations(response: unknown): string[] {
  const parsed = skillResponse.safeParse(response);
  return parsed.success ? [] : parsed.error.issues.map((issue) => JSON.stringify(issue).slice(0, 400));
}

/** Every text of a response that a customer can see, addresses of links and dialled numbers included. */
export function visibleKakaoText(response: unknown): string {
  const found: string[] = [];
  const visit = (value: unknown, name = ''): void => {
    if (typeof value === 'string') {
      if (!['version', 'type', 'action', 'itemListAlignment'].includes(name)) found.push(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, name);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) if (key !== 'extra') visit(item, key);
  };
  visit(response);
  return found.join('\n');
}
