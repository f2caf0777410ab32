import { z } from 'zod';
import { isNetwork } from '../../channels/clientAddresses';
import type { SiteTokenSettings } from '../../channels/directLine/siteTokens';
import { isSafeAddress } from './fields';

/** Settings about who calls: proxies that are believed, and the site whose customers are signed in. */
export const callerSettings = {
  TRUSTED_PROXIES: networks().default([]),
  SITE_TOKEN_JWKS_URL: z
    .string()
    .refine(isSafeAddress, 'must be an https address without user name; http only on this machine.')
    .optional(),
  SITE_TOKEN_ISSUER: z.string().max(256).optional(),
  SITE_TOKEN_AUDIENCE: z.string().max(256).optional(),
};

const siteTokenNames = ['SITE_TOKEN_JWKS_URL', 'SITE_TOKEN_ISSUER', 'SITE_TOKEN_AUDIENCE'] as const;

/** One sentence when only some of the site token's settings are given. */
export function callerContradictions(given: Record<string, string>): string[] {
  const missing = siteTokenNames.filter((name) => !given[name]);
  if (missing.length === 0 || missing.length === siteTokenNames.length) return [];
  return [`${missing.join(' and ')} must be set too, or no setting of the site token at all.`];
}

/** undefined: there is no site whose tokens are taken. */
export function siteTokenSettings(data: {
  SITE_TOKEN_JWKS_URL?: string;
  SITE_TOKEN_ISSUER?: string;
  SITE_TOKEN_AUDIENCE?: string;
}): SiteTokenSettings | undefined {
  const { SITE_TOKEN_JWKS_URL: jwksUrl, SITE_TOKEN_ISSUER: issuer, SITE_TOKEN_AUDIENCE: audience } = data;
  if (jwksUrl === undefined || issuer === undefined || audience === undefined) return undefined;
  return { jwksUrl, issuer, audience };
}

function networks() {
  return z.string().transform((list, ctx): readonly string[] => {
    const found = list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (found.every(isNetwork)) return found;
    const message = 'must be addresses or networks separated by commas, such as 10.0.0.0/8,2001:db8::1.';
    ctx.addIssue({ code: 'custom', message });
    return [];
  });
}
