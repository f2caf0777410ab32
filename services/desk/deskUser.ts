import { z } from 'zod';
import { deskRole } from './deskApi';
import { passwordHash } from './password';

/** Somebody who works at the desk: record `deskUser/<name>`. */
export const deskUser = z.object({
  name: z.string(),
  role: deskRole,
  createdAtMs: z.number(),
  /** Grows with every change of what signs them in: sessions of before are over. */
  epoch: z.number().int(),
  /** Absent: signs in at the company's login (OIDC) alone. */
  password: passwordHash.optional(),
  /** The password is for one login, until this moment; then they choose their own. */
  oneTimeUntilMs: z.number().optional(),
  /** The authenticator app's secret, sealed, and the newest step whose code was used. */
  totp: z.object({ sealed: z.string(), lastStep: z.number().int() }).optional(),
  /** A secret that no code has confirmed yet, sealed. */
  pendingTotp: z.string().optional(),
  /** Who they are at the company's login: issuer and subject. */
  oidcSubject: z.string().optional(),
});
export type DeskUser = z.output<typeof deskUser>;

export const deskUserPrefix = 'deskUser/';

/** One spelling of a name, whatever the keyboard: `Kim` and `kim` are the same person. */
export function deskNameOf(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

export function deskUserKey(name: string): string {
  return `${deskUserPrefix}${deskNameOf(name)}`;
}

export function isDeskName(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u.test(text);
}
