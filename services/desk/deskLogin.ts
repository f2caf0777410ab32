import type { Clock } from '../clock';
import type { Randomness } from '../randomness';
import { type DeskAccounts, kept } from './deskAccounts';
import { auditDesk, type DeskAuditEvent } from './deskAudit';
import type { DeskStore } from './deskStore';
import { type DeskUser, deskNameOf } from './deskUser';
import type { LoginLimits } from './loginLimits';
import type { Passwords } from './password';
import { base32, otpauthUri, totpSecretBytes, totpStepOf } from './totp';

/** Hides authenticator secrets in the store. */
export interface SecretBox {
  seal(plain: Buffer): string;
  /** @throws StoreUnavailableError when it was sealed with another key or has been changed */
  open(sealed: string): Buffer;
}

export interface DeskLoginDeps {
  readonly store: Pick<DeskStore, 'appendJournal'>;
  readonly accounts: DeskAccounts;
  readonly passwords: Passwords;
  readonly limits: LoginLimits;
  readonly secrets: SecretBox;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, 'bytes'>;
  /** The name beside the account in an authenticator app. */
  readonly issuer: string;
}

export type LoginOutcome =
  | { readonly status: 'ok' | 'enrol'; readonly user: DeskUser }
  | { readonly status: 'codeNeeded' | 'wrongLogin' | 'wrongCode' | 'busy' }
  | { readonly status: 'locked'; readonly waitMs: number };

/** Signs people in with a password and the code of an authenticator app, which the first login enrols. */
export class DeskLogin {
  constructor(private readonly deps: DeskLoginDeps) {}

  /**
   * @param address the network that the attempt comes from
   * @returns the same, after the same work, for a wrong password and for a name that nobody has
   */
  async login(
    given: { readonly name: string; readonly password: string; readonly code?: string },
    address: string,
  ): Promise<LoginOutcome> {
    const { accounts, passwords, limits, clock } = this.deps;
    const name = deskNameOf(given.name);
    const waitMs = await limits.take(name, address, clock.now());
    const user = await accounts.find(name);
    const note = (event: DeskAuditEvent) => this.note(user?.name ?? '', address, event);
    if (waitMs > 0) {
      await note({ kind: 'deskSignInRefused', reason: 'locked' });
      return { status: 'locked', waitMs };
    }
    const found = await passwords.check(given.password, user?.password);
    if (found === 'busy') return { status: 'busy' };
    const tooLate = (user?.oneTimeUntilMs ?? clock.now()) < clock.now();
    if (user === undefined || found === 'wrong' || tooLate) {
      await note({ kind: 'deskSignInRefused', reason: 'wrongLogin' });
      return { status: 'wrongLogin' };
    }
    if (user.totp === undefined) {
      await limits.forgive(name, address, clock.now());
      await note({ kind: 'deskSignedIn', by: 'password', enrolling: true });
      return { status: 'enrol', user };
    }
    if (given.code === undefined || given.code === '') {
      // No failure of this address, but no clean slate for the account either: that comes with the code.
      await limits.forgiveAddress(address, clock.now());
      return { status: 'codeNeeded' };
    }
    const signedIn = await this.redeemCode(user, given.code);
    if (signedIn === undefined) {
      await note({ kind: 'deskSignInRefused', reason: 'wrongCode' });
      return { status: 'wrongCode' };
    }
    await limits.forgive(name, address, clock.now());
    await note({ kind: 'deskSignedIn', by: 'password', enrolling: false });
    return { status: 'ok', user: signedIn };
  }

  /** A new secret for their authenticator app; counts once a code has confirmed it. */
  async beginEnrolment(name: string): Promise<{ secret: string; otpauthUri: string } | undefined> {
    const { accounts, randomness, secrets, issuer } = this.deps;
    const secret = randomness.bytes(totpSecretBytes);
    const begun = await accounts.change(name, (user) => {
      if (user === undefined || user.totp !== undefined) return { result: false };
      return kept(true, { ...user, pendingTotp: secrets.seal(secret) });
    });
    if (!begun) return undefined;
    return { secret: base32(secret), otpauthUri: otpauthUri(secret, issuer, deskNameOf(name)) };
  }

  /**
   * The first code of the app, and a password of their own in place of the one-time one.
   * @param address guesses count as failed logins
   */
  async confirmEnrolment(
    name: string,
    code: string,
    newPassword: string | undefined,
    address: string,
  ): Promise<
    | { status: 'ok'; user: DeskUser }
    | { status: 'wrongCode' | 'passwordNeeded' | 'notBegun' }
    | { status: 'locked'; waitMs: number }
  > {
    const { accounts, secrets, passwords, limits, clock } = this.deps;
    const before = await accounts.find(name);
    if (before?.pendingTotp === undefined) return { status: 'notBegun' };
    const sealed = before.pendingTotp;
    if (before.oneTimeUntilMs !== undefined && newPassword === undefined) return { status: 'passwordNeeded' };
    const waitMs = await limits.take(before.name, address, clock.now());
    if (waitMs > 0) return { status: 'locked', waitMs };
    const step = totpStepOf(secrets.open(sealed), code, clock.now(), -1);
    if (step === undefined) return { status: 'wrongCode' };
    const password = newPassword === undefined ? before.password : await passwords.hash(newPassword);
    const user = await accounts.change<DeskUser | undefined>(name, (now) => {
      // Somebody has begun anew meanwhile, or an administrator has reset the account.
      if (now?.pendingTotp !== sealed || now.epoch !== before.epoch) return { result: undefined };
      const { pendingTotp: _, oneTimeUntilMs: _used, ...rest } = now;
      const enrolled = { ...rest, password, totp: { sealed, lastStep: step }, epoch: now.epoch + 1 };
      return kept(enrolled, enrolled);
    });
    if (user === undefined) return { status: 'notBegun' };
    await limits.forgive(user.name, address, clock.now());
    await this.note(user.name, address, { kind: 'deskEnrolled' });
    return { status: 'ok', user };
  }

  /** Takes a code once: the second of two at the same moment finds it used. */
  private redeemCode(user: DeskUser, code: string): Promise<DeskUser | undefined> {
    const { accounts, secrets, clock } = this.deps;
    return accounts.change<DeskUser | undefined>(user.name, (now) => {
      if (now?.totp === undefined || now.epoch !== user.epoch) return { result: undefined };
      const step = totpStepOf(secrets.open(now.totp.sealed), code, clock.now(), now.totp.lastStep);
      if (step === undefined) return { result: undefined };
      const used = { ...now, totp: { ...now.totp, lastStep: step } };
      return kept(used, used);
    });
  }

  private note(agent: string, network: string, event: DeskAuditEvent): Promise<void> {
    return auditDesk(this.deps.store, { agent, network }, event, this.deps.clock.now());
  }
}
