import { z } from 'zod';
import { isSafeAddress, secret } from './fields';

/** Who carries one-time codes. */
export type SmsConfig =
  | { readonly provider: 'demo' }
  | {
      readonly provider: 'solapi';
      readonly apiKey: string;
      readonly apiSecret: string;
      /** Digits only. */
      readonly sender: string;
    }
  | { readonly provider: 'webhook'; readonly url: string; readonly secret: string };

/** The settings of the SMS gateway, for the schema in `bot/config.ts`. */
export const smsSettings = {
  SMS_PROVIDER: z
    .enum(['demo', 'solapi', 'webhook'], { error: 'must be demo, solapi or webhook.' })
    .default('demo'),
  SOLAPI_API_KEY: secret.optional(),
  SOLAPI_API_SECRET: secret.optional(),
  SOLAPI_SENDER: z
    .string()
    .transform((number) => number.replace(/-/g, ''))
    .refine(
      (number) => /^\d{8,12}$/.test(number),
      'must be a registered sender number, such as 02-1234-5678.',
    )
    .optional(),
  SMS_WEBHOOK_URL: z
    .string()
    .refine(isSafeAddress, 'must be an https address without user name; http only on this machine.')
    .optional(),
  SMS_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{32,256}$/, 'must be 32 to 256 visible ASCII characters without spaces.')
    .optional(),
};

/** Which settings each SMS provider needs; those of another one are most likely a mistake. */
const smsSettingNames: Readonly<Record<SmsConfig['provider'], readonly string[]>> = {
  demo: [],
  solapi: ['SOLAPI_API_KEY', 'SOLAPI_API_SECRET', 'SOLAPI_SENDER'],
  webhook: ['SMS_WEBHOOK_URL', 'SMS_WEBHOOK_SECRET'],
};

/** What the chosen provider lacks, and what belongs to another. */
export function smsContradictions(given: Record<string, string>): string[] {
  const chosen = given.SMS_PROVIDER ?? 'demo';
  return Object.entries(smsSettingNames).flatMap(([name, needed]) => {
    const missing = needed.filter((setting) => !given[setting]);
    const set = needed.filter((setting) => given[setting]);
    if (name === chosen && missing.length > 0) return [`SMS_PROVIDER ${name} needs ${missing.join(', ')}.`];
    if (name !== chosen && set.length > 0)
      return [`SMS_PROVIDER is ${chosen}, but ${set.join(', ')} belongs to ${name}.`];
    return [];
  });
}

export function smsOf(data: z.output<z.ZodObject<typeof smsSettings>>): SmsConfig {
  const { SOLAPI_API_KEY = '', SOLAPI_API_SECRET = '', SOLAPI_SENDER = '' } = data;
  const { SMS_WEBHOOK_URL = '', SMS_WEBHOOK_SECRET = '' } = data;
  switch (data.SMS_PROVIDER) {
    case 'solapi':
      return {
        provider: 'solapi',
        apiKey: SOLAPI_API_KEY,
        apiSecret: SOLAPI_API_SECRET,
        sender: SOLAPI_SENDER,
      };
    case 'webhook':
      return { provider: 'webhook', url: SMS_WEBHOOK_URL, secret: SMS_WEBHOOK_SECRET };
    default:
      return { provider: 'demo' };
  }
}
