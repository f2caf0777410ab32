import { DeskAccounts } from '../../../services/desk/deskAccounts';
import { DeskLogin } from '../../../services/desk/deskLogin';
import { DeskSessions } from '../../../services/desk/deskSessions';
import { LoginLimits } from '../../../services/desk/loginLimits';
import { Passwords } from '../../../services/desk/password';
import { totpAt } from '../../../services/desk/totp';
import { streamsOf } from '../../../services/journal/journal';
import { systemRandomness } from '../../../services/randomness';
import type { JsonValue, TurnStore } from '../../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';

/** Passwords are slow on purpose; tests make many. */
export const cheapWork = { cost: 16, blockSize: 1, parallel: 1 };

export const ownPassword = '우리집 강아지는 복슬강아지';

/** Accounts, login and sessions on a store in memory, with a clock that tests move. */
export class DeskFixture {
  nowMs = Date.parse('2026-11-23T09:00:00+09:00');
  readonly clock = { now: () => this.nowMs };
  readonly store: TurnStore = openEmbeddedTurnStore({ file: ':memory:', clock: this.clock });
  readonly passwords = new Passwords(systemRandomness, cheapWork);
  readonly accounts = new DeskAccounts(this.store, this.passwords, this.clock);
  readonly login = new DeskLogin({
    store: this.store,
    accounts: this.accounts,
    passwords: this.passwords,
    limits: new LoginLimits(this.store),
    secrets: {
      seal: (plain) => plain.toString('base64'),
      open: (sealed) => Buffer.from(sealed, 'base64'),
    },
    clock: this.clock,
    randomness: systemRandomness,
    issuer: 'desk',
  });
  readonly sessions = new DeskSessions({
    store: this.store,
    accounts: this.accounts,
    clock: this.clock,
    randomness: systemRandomness,
    csrfKey: Buffer.alloc(32, 7),
  });

  /** Somebody who has enrolled, with the codes of their app. */
  async enrolled(name: string): Promise<{ code(): string }> {
    const added = await this.accounts.add(name, 'agent');
    if (added.status !== 'added') throw new Error(added.status);
    await this.login.beginEnrolment(name);
    const secret = Buffer.from((await this.accounts.find(name))?.pendingTotp ?? '', 'base64');
    const code = () => totpAt(secret, this.nowMs);
    const confirmed = await this.login.confirmEnrolment(name, code(), ownPassword, '192.0.2.1');
    expect(confirmed.status).toBe('ok');
    this.nowMs += 60_000;
    return { code };
  }

  /** Bodies of all audit rows, in no particular order. */
  async audited(): Promise<JsonValue[]> {
    const rows = await Promise.all(streamsOf('audit').map((one) => this.store.readJournal(one, 0, 1_000)));
    return rows.flat().map(({ body }) => body);
  }
}
