import type { Locator, Page } from 'playwright-core';
import { totpAt } from '../../services/desk/totp';

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Uses the agents' desk as an agent would: reads what is shown, types, presses buttons. */
export class DeskVisitor {
  constructor(readonly page: Page) {}

  /** The first login of a new account: enrols an authenticator app and takes a password of its own. */
  async signInFirst(
    url: string,
    login: { readonly name: string; readonly oneTimePassword: string; readonly password: string },
    options: { readonly language?: 'ko' | 'en'; readonly nowMs?: () => number } = {},
  ): Promise<void> {
    const { page } = this;
    await page.goto(`${url}/desk${options.language === 'en' ? '?lang=en' : ''}`);
    await page.locator('#name').fill(login.name);
    await page.locator('#password').fill(login.oneTimePassword);
    await page.locator('#password').press('Enter');
    const secret = (await page.locator('.secret code').textContent()) ?? '';
    await page.locator('#new-password').fill(login.password);
    await page.locator('#code').fill(authenticatorCode(secret, (options.nowMs ?? Date.now)()));
    await page.locator('#code').press('Enter');
    await page.locator('.rooms, .nothing').first().waitFor();
  }

  /** The cards of the conversations that wait, oldest first. */
  get waiting(): Locator {
    return this.page.locator('section[aria-labelledby="waiting-title"] .card');
  }

  get mine(): Locator {
    return this.page.locator('section[aria-labelledby="mine-title"] .card');
  }

  get bubbles(): Locator {
    return this.page.locator('.transcript .bubble');
  }

  get reply(): Locator {
    return this.page.locator('#reply');
  }

  /** What a screen reader was told last. */
  get spoken(): Locator {
    return this.page.locator('.desk > .unseen[role="status"]');
  }

  /** Takes the conversation that has waited longest. */
  async claimFirst(): Promise<void> {
    await this.waiting.first().click();
    await this.page.locator('.preview .primary').click();
    await this.reply.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.reply.press('Enter');
  }

  /** Ends the conversation that is open, in a desk that speaks Korean. */
  async resolve(): Promise<void> {
    await this.page.getByRole('button', { name: '상담 마치기' }).click();
    await this.page.getByRole('button', { name: '마치기', exact: true }).click();
  }
}

/** What an authenticator app shows. @param secret in base32, as the desk shows it for typing */
export function authenticatorCode(secret: string, nowMs: number): string {
  const bits = [...secret.replaceAll(' ', '')]
    .map((letter) => base32Letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return totpAt(Buffer.from(bytes), nowMs);
}
