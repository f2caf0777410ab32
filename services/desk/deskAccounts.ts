import type { Clock } from '../clock';
import type { JsonValue } from '../turn/turnStore';
import type { DeskRole } from './deskApi';
import { changeRecord, type DeskStore, type RecordChange } from './deskStore';
import { type DeskUser, deskNameOf, deskUser, deskUserKey, deskUserPrefix, isDeskName } from './deskUser';
import type { Passwords } from './password';

/** A one-time password that nobody used is worth nothing after three days. */
const oneTimeMs = 72 * 3_600_000;
const pageSize = 200;

/** The people who may work at the desk. */
export class DeskAccounts {
  private readonly watchers = new Set<(name: string) => void>();

  constructor(
    private readonly store: Pick<DeskStore, 'readRecord' | 'writeRecords' | 'listRecords'>,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  /**
   * Calls back after each change that ends somebody's sessions, made by this object. Those of other processes show
   * in the store alone.
   * @returns the unsubscriber
   */
  watch(watcher: (name: string) => void): () => void {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }

  /** @returns a password for their first login, within three days, which is kept nowhere in the clear */
  async add(
    name: string,
    role: DeskRole,
  ): Promise<{ status: 'added'; password: string } | { status: 'exists' | 'wrongName' }> {
    const own = deskNameOf(name);
    if (!isDeskName(own)) return { status: 'wrongName' };
    const { password, credentials } = await this.oneTime();
    const nowMs = this.clock.now();
    const status = await this.change<'added' | 'exists'>(own, (user) => {
      if (user !== undefined) return { result: 'exists' };
      return kept('added', { name: own, role, createdAtMs: nowMs, epoch: nowMs, ...credentials });
    });
    return status === 'added' ? { status, password } : { status };
  }

  /** A new one-time password, and no authenticator app: they sign in as at the first time. */
  async reset(name: string): Promise<{ status: 'reset'; password: string } | { status: 'unknown' }> {
    const { password, credentials } = await this.oneTime();
    const status = await this.change<'reset' | 'unknown'>(name, (user) => {
      if (user === undefined) return { result: 'unknown' };
      const { totp: _old, pendingTotp: _pending, ...rest } = user;
      return kept('reset', { ...rest, ...credentials, epoch: user.epoch + 1 });
    });
    return status === 'reset' ? { status, password } : { status };
  }

  /** Their sessions end with them. */
  async remove(name: string): Promise<'removed' | 'unknown'> {
    const result = await changeRecord<'removed' | 'unknown'>(
      this.store,
      deskUserKey(name),
      this.clock.now(),
      (value) => (value === undefined ? { result: 'unknown' } : { result: 'removed', change: 'delete' }),
    );
    if (result === 'removed') this.tell(name);
    return result;
  }

  async find(name: string): Promise<DeskUser | undefined> {
    return deskUser.safeParse((await this.store.readRecord(deskUserKey(name))).value).data;
  }

  /** All of them, by name. */
  async list(): Promise<DeskUser[]> {
    const users: DeskUser[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.store.listRecords(deskUserPrefix, after, pageSize);
      for (const { value } of page) {
        const user = deskUser.safeParse(value);
        if (user.success) users.push(user.data);
      }
      after = page.at(-1)?.key;
      if (page.length < pageSize || after === undefined) return users;
    }
  }

  /**
   * Whoever the company's login (OIDC) has let in. The role is what it says today; another one ends older sessions.
   * @returns 'taken' when the name is that of somebody else
   */
  async fromOidc(
    name: string,
    subject: string,
    role: DeskRole,
  ): Promise<{ status: 'known'; user: DeskUser } | { status: 'taken' | 'wrongName' }> {
    const own = deskNameOf(name);
    if (!isDeskName(own)) return { status: 'wrongName' };
    const nowMs = this.clock.now();
    return this.change<{ status: 'known'; user: DeskUser } | { status: 'taken' }>(own, (user) => {
      if (user === undefined) {
        const fresh = { name: own, role, createdAtMs: nowMs, epoch: nowMs, oidcSubject: subject };
        return kept({ status: 'known', user: fresh }, fresh);
      }
      if (user.oidcSubject !== subject) return { result: { status: 'taken' } };
      if (user.role === role) return { result: { status: 'known', user } };
      const changed = { ...user, role, epoch: user.epoch + 1 };
      return kept({ status: 'known', user: changed }, changed);
    });
  }

  /** Changes one user with compare-and-set; `decide` may be called several times. */
  async change<Result>(
    name: string,
    decide: (user: DeskUser | undefined) => RecordChange<Result>,
  ): Promise<Result> {
    let hasEnded = false;
    const result = await changeRecord(this.store, deskUserKey(name), this.clock.now(), (value) => {
      const user = deskUser.safeParse(value).data;
      const decided = decide(user);
      hasEnded = user !== undefined && endsSessions(user, decided.change);
      return decided;
    });
    if (hasEnded) this.tell(name);
    return result;
  }

  private tell(name: string): void {
    for (const watcher of this.watchers) watcher(deskNameOf(name));
  }

  private async oneTime() {
    const password = this.passwords.oneTime();
    const oneTimeUntilMs = this.clock.now() + oneTimeMs;
    return { password, credentials: { password: await this.passwords.hash(password), oneTimeUntilMs } };
  }
}

/** Sessions belong to an epoch of their user: of another one there are none. */
function endsSessions({ epoch }: DeskUser, change: RecordChange<unknown>['change']): boolean {
  if (change === undefined) return false;
  return change === 'delete' || deskUser.safeParse(change.value).data?.epoch !== epoch;
}

/** A change to this user, and what to answer. */
export function kept<Result>(result: Result, user: DeskUser): RecordChange<Result> {
  const entries = Object.entries(user).filter(([, value]) => value !== undefined);
  return { result, change: { value: Object.fromEntries(entries) as { [key: string]: JsonValue } } };
}
