import { z } from 'zod';
import { isLoopbackHost } from '../../loopback';
import type { TmfOptions } from './tmfOptions';
import type { TmfCredentials } from './tmfToken';

const name = z
  .string()
  .regex(/^[\w.@-]{1,64}$/, 'must be a name of up to 64 letters, digits, dots and dashes.');
const secret = z.string().regex(/^[\x21-\x7e]{1,4096}$/, 'must be visible ASCII characters without spaces.');
const place = z.string().regex(/^[^\s#?]{1,300}$/, 'must be an address, or a path under TMF_BASE_URL.');

/** The settings of `BILLING_PROVIDER=tmf678`, for the schema in `bot/config.ts`. */
export const tmfSettings = {
  TMF_BASE_URL: z
    .string()
    .refine(isSafeAddress, 'must be an https address, or http on a loopback host.')
    .optional(),
  TMF_VERSION: z.enum(['v4', 'v5'], { error: 'must be v4 or v5.' }).default('v4'),
  TMF_BILL_URL: place.optional(),
  TMF_ACCOUNT_URL: place.default('tmf-api/accountManagement/v4/'),
  TMF_PRODUCT_URL: place.default('tmf-api/productInventory/v4/'),
  TMF_PAYMENT_URL: place.default('tmf-api/payment/v4/'),
  TMF_PAYMENT_METHOD_URL: place.default('none'),
  TMF_TOKEN: secret.optional(),
  TMF_TOKEN_URL: z
    .string()
    .refine(isSafeAddress, 'must be an https address, or http on a loopback host.')
    .optional(),
  TMF_CLIENT_ID: secret.optional(),
  TMF_CLIENT_SECRET: secret.optional(),
  TMF_PHONE_CHARACTERISTIC: name.default('msisdn'),
  TMF_PHONE_FORMAT: z.enum(['national', 'e164'], { error: 'must be national or e164.' }).default('national'),
  TMF_SIM_CHANGE_CHARACTERISTIC: name.default('simChangedAt'),
  TMF_SIM_CHANGE_UNKNOWN: z
    .enum(['refuse', 'allow'], { error: 'must be refuse or allow.' })
    .default('refuse'),
  TMF_HOLDER_DIGEST_CHARACTERISTIC: name.default('holderDigest'),
  TMF_ACCOUNT_SCOPE: z.enum(['customer', 'line'], { error: 'must be customer or line.' }).default('customer'),
  TMF_UNISSUED_STATES: z
    .string()
    .regex(/^[\w,\s-]{0,300}$/, 'must be states separated by commas, such as new,onHold,validated.')
    .default('new,onHold,validated'),
} as const;

export type TmfSettings = z.output<z.ZodObject<typeof tmfSettings>>;

/**
 * @returns undefined without `TMF_BASE_URL`
 */
export function tmfOptionsOf(settings: TmfSettings): TmfOptions | undefined {
  const { TMF_BASE_URL: root, TMF_VERSION: version } = settings;
  if (root === undefined) return undefined;
  const at = (where: string) => folder(new URL(where, folder(root)).href);
  const optional = (where: string) => (where === 'none' ? undefined : at(where));
  return {
    billUrl: at(settings.TMF_BILL_URL ?? `tmf-api/customerBillManagement/${version}/`),
    accountUrl: at(settings.TMF_ACCOUNT_URL),
    productUrl: at(settings.TMF_PRODUCT_URL),
    paymentUrl: optional(settings.TMF_PAYMENT_URL),
    paymentMethodUrl: optional(settings.TMF_PAYMENT_METHOD_URL),
    version,
    credentials: credentialsOf(settings),
    phoneCharacteristic: settings.TMF_PHONE_CHARACTERISTIC,
    phoneFormat: settings.TMF_PHONE_FORMAT,
    simChangeCharacteristic: settings.TMF_SIM_CHANGE_CHARACTERISTIC,
    holderDigestCharacteristic: settings.TMF_HOLDER_DIGEST_CHARACTERISTIC,
    simChangeUnknown: settings.TMF_SIM_CHANGE_UNKNOWN,
    accountScope: settings.TMF_ACCOUNT_SCOPE,
    unissuedStates: settings.TMF_UNISSUED_STATES.split(',')
      .map((state) => state.trim())
      .filter((state) => state !== ''),
  };
}

/**
 * Settings that are fine alone but not together, a sentence each.
 * @param given the settings that are set, as text
 */
export function tmfContradictions(given: Readonly<Record<string, string>>): string[] {
  if (given.BILLING_PROVIDER !== 'tmf678') return [];
  const problems: string[] = [];
  const root = given.TMF_BASE_URL;
  if (!root) problems.push('BILLING_PROVIDER tmf678 needs TMF_BASE_URL.');
  const oauth = ['TMF_TOKEN_URL', 'TMF_CLIENT_ID', 'TMF_CLIENT_SECRET'] as const;
  const missing = oauth.filter((setting) => !given[setting]);
  if (missing.length > 0 && missing.length < oauth.length)
    problems.push(
      `${missing.join(' and ')} must be set together with ${oauth.filter((one) => given[one]).join(' and ')}.`,
    );
  if (given.TMF_TOKEN && missing.length < oauth.length)
    problems.push('TMF_TOKEN and TMF_TOKEN_URL are two ways to the same end; set one.');
  const places = [
    'TMF_BILL_URL',
    'TMF_ACCOUNT_URL',
    'TMF_PRODUCT_URL',
    'TMF_PAYMENT_URL',
    'TMF_PAYMENT_METHOD_URL',
  ];
  for (const setting of places) {
    const where = given[setting];
    if (!where || where === 'none' || !root || !URL.canParse(root)) continue;
    if (!URL.canParse(where, root) || !isSafeAddress(new URL(where, root).href))
      problems.push(`${setting} must lead to an https address, or http on a loopback host.`);
  }
  return problems;
}

function credentialsOf(settings: TmfSettings): TmfCredentials {
  const { TMF_TOKEN: token, TMF_TOKEN_URL: tokenUrl, TMF_CLIENT_ID: clientId } = settings;
  const clientSecret = settings.TMF_CLIENT_SECRET;
  if (tokenUrl !== undefined && clientId !== undefined && clientSecret !== undefined)
    return { kind: 'oauth2', tokenUrl, clientId, clientSecret };
  return token === undefined ? { kind: 'none' } : { kind: 'token', token };
}

/** Bills and tokens travel here: in clear text only where nobody else listens. */
function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username + password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname.replace(/^\[|\]$/g, '')));
}

function folder(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
