import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { SiteTokenSettings } from '../channels/directLine/siteTokens';
import type { TmfOptions } from '../services/billing/tmf/tmfOptions';
import { tmfContradictions, tmfOptionsOf, tmfSettings } from '../services/billing/tmf/tmfSettings';
import { ConfigurationError } from '../services/errors';
import { isLoopbackHost } from '../services/loopback';
import { type AgencyConfig, agencyContradictions, agencyOf, agencySettings } from './settings/agencySettings';
import { callerContradictions, callerSettings, siteTokenSettings } from './settings/callerSettings';
import {
  type ChatwootConfig,
  chatwootContradictions,
  chatwootOf,
  chatwootSettings,
} from './settings/chatwootSettings';
import { type DeskConfig, deskConfigOf, deskContradictions, deskSettings } from './settings/deskSettings';
import { isOrigin, origins, secret, wholeNumber } from './settings/fields';
import { type HandoffConfig, handoffOf, handoffSettings } from './settings/handoffSettings';
import {
  type KakaoEventConfig,
  kakaoEventContradictions,
  kakaoEventOf,
  kakaoEventSettings,
} from './settings/kakaoEventSettings';
import {
  type MicrosoftApp,
  microsoftAppOf,
  microsoftContradictions,
  microsoftSettings,
} from './settings/microsoftSettings';
import {
  type ObservabilityConfig,
  observabilityOf,
  observabilitySettings,
} from './settings/observabilitySettings';
import { reminderSettings } from './settings/reminderSettings';
import {
  type SecondOpinionConfig,
  secondOpinionConfig,
  secondOpinionContradictions,
  secondOpinionSettings,
} from './settings/secondOpinionSettings';
import { type SmsConfig, smsContradictions, smsOf, smsSettings } from './settings/smsSettings';

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
  readonly sms: SmsConfig;
  /** Opens acr2; `none` leaves it closed. */
  readonly identityAgency: AgencyConfig;
  readonly microsoftApp: MicrosoftApp;
  /** Made at first start and kept in VAR_DIR when undefined. */
  readonly directLineSecret: string | undefined;
  /** Origins whose pages may ask for a Direct Line token, besides our own. */
  readonly widgetOrigins: readonly string[];
  readonly kakaoSkillSecret: string | undefined;
  readonly handoff: HandoffConfig;
  /** Undefined: people do not sit in Chatwoot. */
  readonly chatwoot: ChatwootConfig | undefined;
  readonly desk: DeskConfig;
  /** Undefined: the bot does not speak first in KakaoTalk. */
  readonly kakaoEvents: KakaoEventConfig | undefined;
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
  /** Reminders that this process lets out in a second. */
  readonly remindersPerSecond: number;
  readonly logLevel: LogLevel;
  readonly observability: ObservabilityConfig;
}

export type LogLevel = z.output<typeof logLevel>;

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent.',
});

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
  ...smsSettings,
  ...agencySettings,
  ...microsoftSettings,
  DIRECT_LINE_SECRET: secret.optional(),
  WIDGET_ORIGINS: origins().default([]),
  ...callerSettings,
  ...secondOpinionSettings,
  ...reminderSettings,
  KAKAO_SKILL_SECRET: secret.optional(),
  ...handoffSettings,
  ...chatwootSettings,
  ...deskSettings,
  ...kakaoEventSettings,
  TOKEN_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000).default(120),
  TURN_QUEUE_LIMIT: wholeNumber(1, 1_000_000).default(2_000),
  LOG_LEVEL: logLevel.default('info'),
  ...observabilitySettings,
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
    sms: smsOf(data),
    identityAgency: agencyOf(data),
    microsoftApp: microsoftAppOf(data),
    directLineSecret: data.DIRECT_LINE_SECRET,
    widgetOrigins: data.WIDGET_ORIGINS,
    kakaoSkillSecret: data.KAKAO_SKILL_SECRET,
    handoff: handoffOf(data),
    chatwoot: chatwootOf(data),
    desk: deskConfigOf(data),
    kakaoEvents: kakaoEventOf(data),
    tokenLimitPerMinute: data.TOKEN_LIMIT_PER_MINUTE,
    trustedProxies: data.TRUSTED_PROXIES,
    siteTokens: siteTokenSettings(data),
    secondOpinion: secondOpinionConfig(data),
    turnQueueLimit: data.TURN_QUEUE_LIMIT,
    remindersPerSecond: data.REMINDERS_PER_SECOND,
    logLevel: data.LOG_LEVEL,
    observability: observabilityOf(data),
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

/** Settings that are fine alone but not together. */
function contradictions(given: Record<string, string>): string[] {
  const problems: string[] = [];
  const { HOST = '127.0.0.1', MicrosoftAppId } = given;
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
    ...smsContradictions(given),
    ...agencyContradictions(given),
    ...microsoftContradictions(given),
    ...tmfContradictions(given),
    ...callerContradictions(given),
    ...secondOpinionContradictions(given),
    ...deskContradictions(given),
    ...kakaoEventContradictions(given),
    ...chatwootContradictions(given),
  );
  return problems;
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
