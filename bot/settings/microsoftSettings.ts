import { z } from 'zod';

export interface MicrosoftApp {
  /** '' switches authentication of the Bot Connector off; only on loopback. */
  readonly id: string;
  readonly password: string;
  readonly type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  readonly tenantId: string;
}

/** The bot registration's settings, under Bot Framework's own names, for the schema in `bot/config.ts`. */
export const microsoftSettings = {
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
};

export function microsoftAppOf(data: z.output<z.ZodObject<typeof microsoftSettings>>): MicrosoftApp {
  return {
    id: data.MicrosoftAppId,
    password: data.MicrosoftAppPassword,
    type: data.MicrosoftAppType,
    tenantId: data.MicrosoftAppTenantId,
  };
}

/** Settings that are fine alone but not together. */
export function microsoftContradictions(given: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, MicrosoftAppTenantId } = given;
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
