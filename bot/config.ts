import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { SiteTokenSettings } from '../channels/directLine/siteTokens';
import type { TmfOptions } from '../services/billing/tmf/tmfOptions';
import { tmfContradictions, tmfOptionsOf, tmfSettings } from '../services/billing/tmf/tmfSettings';
import { ConfigurationError } from '../services/errors';
import { portOneBaseUrl } from '../services/identity/portOneAgency';
import { isLoopbackHost } from '../services/loopback';
import { callerContradictions, callerSettings, siteTokenSettings } from './callerSettings';
import {
  type SecondOpinionConfig,
  secondOpinionConfig,
  secondOpinionContradictions,
  secondOpinionSettings,
} from './secondOpinionSettings';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where customers reach the server, without a trailing slash. */
  readonly publicUrl: string;
  readonly store:
    | { readonly kind: 'sqlite'; readonly path: string }
    /** The address may hold a password: never logged, never repeated. */
    | { readonly kind: 'postgres'; readonly url: string };
  readonly dataDir: string;
  readonly varDir: string;
  readonly billingProvider: 'demo' | 'tmf678';
  /** Undefined as long as TMF_BASE_URL is unset. */
  readonly tmf: TmfOptions | undefined;
  readonly sms: SmsSettings;
  /** Opens acr2; `none` leaves it closed. */
  readonly identityAgency: IdentityAgencyConfig;
  readonly microsoftApp: MicrosoftApp;
  /** Made at first start and kept in VAR_DIR when undefined. */
  readonly directLineSecret: string | undefined;
  /** Origins whose pages may ask for a Direct Line token, besides our own. */
  readonly widgetOrigins: readonly string[];
  readonly kakaoSkillSecret: string | undefined;
  /** Direct Line tokens handed to one address in a minute. */
  readonly tokenLimitPerMinute: number;
  /** Proxies of our own, whose X-Forwarded-For is believed: addresses and networks. */
  readonly trustedProxies: readonly string[];
  /** The site whose signed-in customers start the chat at their line. */
  readonly siteTokens: SiteTokenSettings | undefined;
  /** Whom to ask about messages that are not surely understood; undefined: nobody. */
  readonly secondOpinion: SecondOpinionConfig | undefined;
  /** Unfinished turns of one conversation beyond which messages are refused. */
  readonly turnQueueLimit: number;
  readonly logLevel: LogLevel;
}

/** Who carries one-time codes. */
export type SmsSettings =
  | { readonly provider: 'demo' }
  | {
      readonly provider: 'solapi';
      readonly apiKey: string;
      readonly apiSecret: string;
      /** Digits only. */
      readonly sender: string;
    }
  | { readonly provider: 'webhook'; readonly url: string; readonly secret: string };

export type IdentityAgencyConfig =
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

export interface MicrosoftApp {
  /** '' switches authentication of the Bot Connector off; only on loopback. */
  readonly id: string;
  readonly password: string;
  readonly type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  readonly tenantId: string;
}

export type LogLevel = z.output<typeof logLevel>;

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent.',
});

const secret = z
  .string()
  .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 visible ASCII characters without spaces.');
const directory = z.string().refine((path) => !path.includes('\0'), 'must be the path of a folder.');

/** Every setting; `.env.example` lists the same names. Values are text, as the environment has them. */
const settings = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address, such as 127.0.0.1.')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3978),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an http or https address without path, such as https://bill.example.kr.')
    .optional(),
  STORE_URL: storeUrl().optional(),
  DATA_DIR: directory.default('./data'),
  VAR_DIR: directory.default('./var'),
  BILLING_PROVIDER: z.enum(['demo', 'tmf678'], { error: 'must be demo or tmf678.' }).default('demo'),
  ...tmfSettings,
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
    .refine(isSafeWebhook, 'must be an https address without user name; http only on this machine.')
    .optional(),
  SMS_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{32,256}$/, 'must be 32 to 256 visible ASCII characters without spaces.')
    .optional(),
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
  MicrosoftAppId: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be the app id of the bot registration.')
    .default(''),
  MicrosoftAppPassword: z.string().default(''),
  MicrosoftAppType: z
    .enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI'], {
      error: 'must be MultiTenant, SingleTenant or UserAssignedMSI.',
    })
    .default('MultiTenant'),
  MicrosoftAppTenantId: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be the id of the tenant.')
    .default(''),
  DIRECT_LINE_SECRET: secret.optional(),
  WIDGET_ORIGINS: origins().default([]),
  ...callerSettings,
  ...secondOpinionSettings,
  KAKAO_SKILL_SECRET: secret.optional(),
  TOKEN_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000).default(120),
  TURN_QUEUE_LIMIT: wholeNumber(1, 1_000_000).default(2_000),
  LOG_LEVEL: logLevel.default('info'),
});

/** Names of all settings. */
export const settingNames: readonly string[] = Object.keys(settings.shape);

/**
 * Reads the settings. An empty value counts as unset.
 * @param env usually `readEnvironment()`
 * @throws ConfigurationError with one sentence for every wrong variable; values are never repeated
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given: Record<string, string> = {};
  for (const name of settingNames) {
    const value = env[name]?.trim();
    if (value) given[name] = value;
  }
  const parsed = settings.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  problems.push(...contradictions(given));
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL?.replace(/\/$/, '') ?? serverUrl(data.HOST, data.PORT),
    // Without an address of its own the database lies beside the secrets that open it.
    store: data.STORE_URL ?? { kind: 'sqlite', path: `${data.VAR_DIR}/assistant.db` },
    dataDir: data.DATA_DIR,
    varDir: data.VAR_DIR,
    billingProvider: data.BILLING_PROVIDER,
    tmf: tmfOptionsOf(data),
    sms: smsSettings(data),
    identityAgency: identityAgency(data),
    microsoftApp: {
      id: data.MicrosoftAppId,
      password: data.MicrosoftAppPassword,
      type: data.MicrosoftAppType,
      tenantId: data.MicrosoftAppTenantId,
    },
    directLineSecret: data.DIRECT_LINE_SECRET,
    widgetOrigins: data.WIDGET_ORIGINS,
    kakaoSkillSecret: data.KAKAO_SKILL_SECRET,
    tokenLimitPerMinute: data.TOKEN_LIMIT_PER_MINUTE,
    trustedProxies: data.TRUSTED_PROXIES,
    siteTokens: siteTokenSettings(data),
    secondOpinion: secondOpinionConfig(data),
    turnQueueLimit: data.TURN_QUEUE_LIMIT,
    logLevel: data.LOG_LEVEL,
  };
}

/**
 * The process's environment over the variables of `.env` in the working directory, if there is one.
 * @throws ConfigurationError when `.env` exists but cannot be read
 */
export function readEnvironment(
  directory = process.cwd(),
  own: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  let text: string;
  try {
    text = readFileSync(join(directory, '.env'), 'utf8');
  } catch (cause) {
    if (Object(cause).code === 'ENOENT') return { ...own };
    throw new ConfigurationError('The file .env in the working directory cannot be read.', { cause });
  }
  return { ...parseEnv(text), ...own };
}

/** `http://host:port`, IPv6 in brackets. */
export function serverUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Without a word of its own: the demo agency where only this machine can reach it, none elsewhere. */
function identityAgency(data: z.output<typeof settings>): IdentityAgencyConfig {
  const onLoopback = isLoopbackHost(data.HOST);
  const kind = data.IDENTITY_AGENCY ?? (onLoopback ? 'demo' : 'none');
  if (kind !== 'portone') return { kind };
  return {
    kind,
    // `contradictions` has refused the start when one of these is missing.
    apiSecret: data.PORTONE_API_SECRET ?? '',
    storeId: data.PORTONE_STORE_ID ?? '',
    channelKey: data.PORTONE_CHANNEL_KEY ?? '',
    baseUrl: data.PORTONE_BASE_URL,
    allowTestChannel: onLoopback,
    holderDigestKey: Buffer.from(data.HOLDER_DIGEST_KEY ?? '', 'base64url'),
  };
}

/** What PORTONE_* settings lack, or have too much. */
function agencyContradictions(given: Record<string, string>): string[] {
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

/** Settings that are fine alone but not together. */
function contradictions(given: Record<string, string>): string[] {
  const problems: string[] = [];
  const {
    HOST = '127.0.0.1',
    MicrosoftAppId,
    MicrosoftAppPassword,
    MicrosoftAppType,
    MicrosoftAppTenantId,
  } = given;
  if (!isLoopbackHost(HOST)) {
    const causes = [
      ...(MicrosoftAppId ? [] : ['MicrosoftAppId is empty, so anybody could speak for any customer']),
      ...((given.BILLING_PROVIDER ?? 'demo') === 'demo' ? ['BILLING_PROVIDER is demo'] : []),
      ...((given.SMS_PROVIDER ?? 'demo') === 'demo'
        ? ['SMS_PROVIDER is demo, which shows codes to everybody']
        : []),
    ];
    if (causes.length > 0) {
      problems.push(`HOST must be a loopback address such as 127.0.0.1 as long as ${causes.join(', and ')}.`);
    }
  }
  problems.push(
    ...missingSmsSettings(given),
    ...callerContradictions(given),
    ...secondOpinionContradictions(given),
  );
  problems.push(...agencyContradictions(given));
  problems.push(...tmfContradictions(given));
  if (MicrosoftAppPassword && !MicrosoftAppId)
    problems.push('MicrosoftAppPassword is set, but MicrosoftAppId is empty.');
  if (MicrosoftAppType === 'SingleTenant' || MicrosoftAppType === 'UserAssignedMSI') {
    if (!MicrosoftAppId) problems.push(`MicrosoftAppType ${MicrosoftAppType} needs MicrosoftAppId.`);
    if (!MicrosoftAppTenantId)
      problems.push(`MicrosoftAppType ${MicrosoftAppType} needs MicrosoftAppTenantId.`);
  }
  if (MicrosoftAppType === 'SingleTenant' && !MicrosoftAppPassword) {
    problems.push('MicrosoftAppType SingleTenant needs MicrosoftAppPassword.');
  }
  if (MicrosoftAppType === 'UserAssignedMSI' && MicrosoftAppPassword) {
    problems.push('MicrosoftAppType UserAssignedMSI goes without MicrosoftAppPassword.');
  }
  return problems;
}

/** Which settings each SMS provider needs; those of another one are most likely a mistake. */
const smsSettingNames: Readonly<Record<SmsSettings['provider'], readonly string[]>> = {
  demo: [],
  solapi: ['SOLAPI_API_KEY', 'SOLAPI_API_SECRET', 'SOLAPI_SENDER'],
  webhook: ['SMS_WEBHOOK_URL', 'SMS_WEBHOOK_SECRET'],
};

function missingSmsSettings(given: Record<string, string>): string[] {
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

function smsSettings(data: z.output<typeof settings>): SmsSettings {
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

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

function storeUrl() {
  return z.string().transform((url, ctx): Config['store'] => {
    if (/^postgres(ql)?:\/\/[^/]+\/[^/]+$/.test(url) && URL.canParse(url)) return { kind: 'postgres', url };
    if (!/^sqlite:[^\0]+$/.test(url)) {
      ctx.addIssue({
        code: 'custom',
        message:
          'must be sqlite: and the path of a file, such as sqlite:./var/assistant.db, or postgres://user:password@host:5432/database.',
      });
    }
    return { kind: 'sqlite', path: url.slice('sqlite:'.length) };
  });
}

function origins() {
  return z.string().transform((list, ctx) => {
    const found = list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (!found.every(isOrigin)) {
      const message =
        'must be origins separated by commas, such as https://www.example.kr,https://help.example.kr.';
      ctx.addIssue({ code: 'custom', message });
      return [];
    }
    return found.map((origin) => new URL(origin).origin);
  });
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}

/** A code must not travel in the clear, nor a password stand in an address. */
function isSafeWebhook(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username + password !== '') return false;
  return protocol === 'https:' || isLoopbackHost(hostname);
}

function isOrigin(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && search + hash + username + password === '';
}
