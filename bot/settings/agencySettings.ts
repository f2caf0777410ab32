import { z } from 'zod';
import { portOneBaseUrl } from '../../services/identity/portOneAgency';
import { isLoopbackHost } from '../../services/loopback';
import { isOrigin, secret } from './fields';

export type AgencyConfig =
  | { readonly kind: 'demo' | 'none' }
  | {
      readonly kind: 'portone';
      readonly apiSecret: string;
      readonly storeId: string;
      readonly channelKey: string;
      readonly baseUrl: string;
      /** PortOne's test channels verify nobody: accepted on a loopback HOST only. */
      readonly allowTestChannel: boolean;
      /** Shared with the line system, which digests the holders' CI with it; 32 bytes. */
      readonly holderDigestKey: Buffer;
    };

/** The settings of the identity agency, for the schema in `bot/config.ts`. */
export const agencySettings = {
  IDENTITY_AGENCY: z
    .enum(['demo', 'portone', 'none'], { error: 'must be demo, portone or none.' })
    .optional(),
  PORTONE_API_SECRET: secret.optional(),
  PORTONE_STORE_ID: z
    .string()
    .regex(/^store-[\w-]{1,80}$/, 'must be the id of the store, such as store-01234567-….')
    .optional(),
  PORTONE_CHANNEL_KEY: z
    .string()
    .regex(/^channel-key-[\w-]{1,80}$/, 'must be the key of the channel, such as channel-key-01234567-….')
    .optional(),
  PORTONE_BASE_URL: z
    .string()
    .refine(isOrigin, 'must be an http or https address without path, such as https://api.portone.io.')
    .default(portOneBaseUrl),
  HOLDER_DIGEST_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be 32 random bytes in base64url (43 characters).')
    .optional(),
};

/** Without a word of its own: the demo agency where only this machine can reach it, none elsewhere. */
export function agencyOf(
  data: z.output<z.ZodObject<typeof agencySettings>> & { readonly HOST: string },
): AgencyConfig {
  const onLoopback = isLoopbackHost(data.HOST);
  const kind = data.IDENTITY_AGENCY ?? (onLoopback ? 'demo' : 'none');
  if (kind !== 'portone') return { kind };
  return {
    kind,
    // `agencyContradictions` has refused the start when one of these is missing.
    apiSecret: data.PORTONE_API_SECRET ?? '',
    storeId: data.PORTONE_STORE_ID ?? '',
    channelKey: data.PORTONE_CHANNEL_KEY ?? '',
    baseUrl: data.PORTONE_BASE_URL,
    allowTestChannel: onLoopback,
    holderDigestKey: Buffer.from(data.HOLDER_DIGEST_KEY ?? '', 'base64url'),
  };
}

/** What PORTONE_* settings lack, or have too much. */
export function agencyContradictions(given: Record<string, string>): string[] {
  const { HOST = '127.0.0.1', IDENTITY_AGENCY, PORTONE_BASE_URL } = given;
  const needed = ['PORTONE_API_SECRET', 'PORTONE_STORE_ID', 'PORTONE_CHANNEL_KEY', 'HOLDER_DIGEST_KEY'];
  const problems: string[] = [];
  if (IDENTITY_AGENCY === 'portone') {
    const missing = needed.filter((name) => !given[name]);
    if (missing.length > 0) problems.push(`IDENTITY_AGENCY portone needs ${missing.join(', ')}.`);
  } else if (given.PORTONE_API_SECRET) {
    problems.push('PORTONE_API_SECRET is set, but IDENTITY_AGENCY is not portone.');
  }
  if (IDENTITY_AGENCY === 'demo' && !isLoopbackHost(HOST))
    problems.push('IDENTITY_AGENCY demo lets everybody verify as anybody: only with a loopback HOST.');
  if (PORTONE_BASE_URL && URL.canParse(PORTONE_BASE_URL)) {
    const { protocol, hostname } = new URL(PORTONE_BASE_URL);
    if (protocol === 'http:' && !isLoopbackHost(hostname))
      problems.push('PORTONE_BASE_URL must be https: the secret goes with every request.');
  }
  return problems;
}
