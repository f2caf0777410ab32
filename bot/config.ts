import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { ConfigurationError } from '../services/errors';
import { isLoopbackHost } from '../services/loopback';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where customers reach the server, without a trailing slash. */
  readonly publicUrl: string;
  readonly store: { readonly kind: 'sqlite'; readonly path: string };
  readonly dataDir: string;
  readonly varDir: string;
  readonly billingProvider: 'demo';
  readonly smsProvider: 'demo';
  readonly microsoftApp: MicrosoftApp;
  /** Made at first start and kept in VAR_DIR when undefined. */
  readonly directLineSecret: string | undefined;
  /** Origins whose pages may ask for a Direct Line token, besides our own. */
  readonly widgetOrigins: readonly string[];
  readonly kakaoSkillSecret: string | undefined;
  /** Direct Line tokens handed to one address in a minute. */
  readonly tokenLimitPerMinute: number;
  /** Unfinished turns of one conversation beyond which messages are refused. */
  readonly turnQueueLimit: number;
  readonly logLevel: LogLevel;
}

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
  BILLING_PROVIDER: provider('BILLING_PROVIDER', ['tmf678']).default('demo'),
  TMF_BASE_URL: z.string().refine(isHttpUrl, 'must be an http or https address.').optional(),
  SMS_PROVIDER: provider('SMS_PROVIDER', ['solapi', 'webhook']).default('demo'),
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
    smsProvider: data.SMS_PROVIDER,
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

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** Only the demo provider is built in so far; `later` names those that come with a later version. */
function provider(name: string, later: readonly string[]) {
  return z.string().transform((value, ctx): 'demo' => {
    if (value !== 'demo') {
      const known = later.includes(value);
      const message = known
        ? `${value} comes with a later version; this version has only ${name}=demo.`
        : 'must be demo.';
      ctx.addIssue({ code: 'custom', message });
    }
    return 'demo';
  });
}

function storeUrl() {
  return z.string().transform((url, ctx): Config['store'] => {
    if (/^postgres(ql)?:/.test(url)) {
      const message = 'names PostgreSQL, which comes with a later version; use sqlite:./var/assistant.db.';
      ctx.addIssue({ code: 'custom', message });
    } else if (!/^sqlite:[^\0]+$/.test(url)) {
      ctx.addIssue({
        code: 'custom',
        message: 'must be sqlite: and the path of a file, such as sqlite:./var/assistant.db.',
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

function isOrigin(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && search + hash + username + password === '';
}
