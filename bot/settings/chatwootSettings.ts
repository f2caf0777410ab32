import { z } from 'zod';
import { isOrigin, isSafeAddress, secret } from './fields';

/** People who sit in Chatwoot. */
export interface ChatwootConfig {
  readonly baseUrl: string;
  readonly inboxIdentifier: string;
  readonly hmacToken: string | undefined;
  readonly webhookSecret: string | undefined;
  readonly webhookPath: string | undefined;
  readonly acceptOn: 'message' | 'assignment';
}

/** For the schema in `bot/config.ts`. */
export const chatwootSettings = {
  CHATWOOT_URL: z
    .string()
    .refine(
      (url) => isOrigin(url) && isSafeAddress(url),
      'must be an https address without path, such as https://chat.example.kr (http on this machine only).',
    )
    .optional(),
  CHATWOOT_INBOX_IDENTIFIER: z
    .string()
    .regex(/^[\w-]{8,128}$/, 'must be the identifier of an inbox of type API.')
    .optional(),
  CHATWOOT_HMAC_TOKEN: secret.optional(),
  CHATWOOT_WEBHOOK_SECRET: secret.optional(),
  CHATWOOT_WEBHOOK_PATH: z
    .string()
    .regex(/^[\w-]{32,128}$/, 'must be 32 to 128 letters, digits, - or _, which nobody can guess.')
    .optional(),
  CHATWOOT_ACCEPT_ON: z
    .enum(['message', 'assignment'], { error: 'must be message or assignment.' })
    .default('message'),
};

/** Undefined unless HANDOFF_PROVIDER is chatwoot. */
export function chatwootOf(
  data: z.output<z.ZodObject<typeof chatwootSettings>> & { readonly HANDOFF_PROVIDER: string },
): ChatwootConfig | undefined {
  const { CHATWOOT_URL: baseUrl, CHATWOOT_INBOX_IDENTIFIER: inboxIdentifier } = data;
  if (data.HANDOFF_PROVIDER !== 'chatwoot' || baseUrl === undefined || inboxIdentifier === undefined)
    return undefined;
  return {
    baseUrl,
    inboxIdentifier,
    hmacToken: data.CHATWOOT_HMAC_TOKEN,
    webhookSecret: data.CHATWOOT_WEBHOOK_SECRET,
    webhookPath: data.CHATWOOT_WEBHOOK_PATH,
    acceptOn: data.CHATWOOT_ACCEPT_ON,
  };
}

/** Settings that are fine alone but not together. */
export function chatwootContradictions(given: Readonly<Record<string, string>>): string[] {
  if (given.HANDOFF_PROVIDER !== 'chatwoot') return [];
  const missing = ['CHATWOOT_URL', 'CHATWOOT_INBOX_IDENTIFIER'].filter((name) => !given[name]);
  return [
    ...missing.map((name) => `${name} is needed as long as HANDOFF_PROVIDER is chatwoot.`),
    ...(given.CHATWOOT_WEBHOOK_SECRET || given.CHATWOOT_WEBHOOK_PATH
      ? []
      : ['CHATWOOT_WEBHOOK_SECRET is needed (or CHATWOOT_WEBHOOK_PATH, where Chatwoot does not sign).']),
  ];
}
