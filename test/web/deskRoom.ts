import type { BrowserContextOptions, Page } from 'playwright-core';
import type { DemoVisitor } from '../../bot/cli/demoVisitor';
import { DeskVisitor } from '../../bot/cli/deskVisitor';
import { DeskAccounts } from '../../services/desk/deskAccounts';
import type { DeskRole } from '../../services/desk/deskApi';
import { Passwords } from '../../services/desk/password';
import { systemRandomness } from '../../services/randomness';
import { cheapWork } from '../services/desk/deskFixture';
import { DemoPage } from './demoPage';

/** A Tuesday morning: people are at the desk. */
const startMs = Date.parse('2026-11-24T10:30:00+09:00');

export const agentPassword = 'a quiet desk by the window';

/** The real server during opening hours, with customers on its page and agents at its desk. */
export class DeskRoom {
  private constructor(
    readonly demo: DemoPage,
    private readonly offsetMs: number,
  ) {}

  static async open(): Promise<DeskRoom> {
    const offsetMs = startMs - Date.now();
    return new DeskRoom(await DemoPage.open({}, { now: () => Date.now() + offsetMs }), offsetMs);
  }

  now = () => Date.now() + this.offsetMs;

  async customer(options: BrowserContextOptions = {}): Promise<DemoVisitor & { trouble: string[] }> {
    const visitor = await this.demo.visitor(options);
    await visitor.page.clock.install({ time: this.now() });
    return visitor;
  }

  /** @returns somebody who is signed in, with an account of their own */
  async agent(
    name: string,
    role: DeskRole = 'agent',
    options: BrowserContextOptions & { readonly language?: 'ko' | 'en' } = {},
  ): Promise<DeskVisitor & { trouble: string[] }> {
    const { language, ...context } = options;
    const oneTimePassword = await this.account(name, role);
    const { page, trouble } = await this.visitor(context);
    const desk = new DeskVisitor(page);
    await desk.signInFirst(
      this.demo.url,
      { name, oneTimePassword, password: agentPassword },
      { ...(language === undefined ? {} : { language }), nowMs: this.now },
    );
    return Object.assign(desk, { trouble });
  }

  /** @returns its password for the first login */
  async account(name: string, role: DeskRole): Promise<string> {
    const passwords = new Passwords(systemRandomness, cheapWork);
    const added = await new DeskAccounts(this.demo.store, passwords, { now: this.now }).add(name, role);
    if (added.status !== 'added') throw new Error(added.status);
    return added.password;
  }

  /** A browser of somebody's own, at the time of the room. */
  async visitor(options: BrowserContextOptions = {}): Promise<{ page: Page; trouble: string[] }> {
    const { page, trouble } = await this.demo.visitor(options);
    await page.clock.install({ time: this.now() });
    return { page, trouble };
  }

  /** A customer who has asked for a person and waits. */
  async waitingCustomer(
    before: (visitor: DemoVisitor) => Promise<void> = async () => undefined,
    options: BrowserContextOptions = {},
  ): Promise<DemoVisitor & { trouble: string[] }> {
    const visitor = await this.customer(options);
    await visitor.open(this.demo.url);
    await before(visitor);
    await visitor.say('상담원 연결해줘');
    return visitor;
  }

  /** A customer who has seen what they owe, and then asked for a person. @param total as the card shows it */
  verifiedCustomer(phone: string, total: string): Promise<DemoVisitor & { trouble: string[] }> {
    return this.waitingCustomer(async (visitor) => {
      await visitor.hold(phone);
      await visitor.showBalance('내 미납요금이 얼마예요?', phone, total);
    });
  }

  close(): Promise<void> {
    return this.demo.close();
  }
}
