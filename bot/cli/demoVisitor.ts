import type { Locator, Page } from 'playwright-core';

/** Uses the demo page as a customer would: reads what is shown, types, presses buttons. */
export class DemoVisitor {
  constructor(readonly page: Page) {}

  /** Opens the page and waits until the assistant has greeted. */
  async open(url: string, language: 'ko' | 'en' = 'ko'): Promise<void> {
    await this.page.goto(language === 'ko' ? url : `${url}/?lang=en`);
    await this.bubbles.first().waitFor();
  }

  /** Everything that was said, oldest first. */
  get bubbles(): Locator {
    return this.page.locator('#chat .webchat__bubble');
  }

  get sendBox(): Locator {
    return this.page.locator('[data-id="webchat-sendbox-input"]');
  }

  /** The newest field of that name in a card. */
  field(id: 'phone' | 'code'): Locator {
    return this.page.locator(`#chat [id="${id}"] input`).last();
  }

  get newestCard(): Locator {
    return this.page.locator('#chat .ac-adaptiveCard').last();
  }

  /** Buttons with the natural next questions. */
  get suggestions(): Locator {
    return this.page.locator('.webchat__suggested-action');
  }

  async say(text: string): Promise<void> {
    await this.sendBox.fill(text);
    await this.sendBox.press('Enter');
  }

  /** Chooses a demo customer on the handset; on narrow screens the sheet must be open. */
  async hold(phone: string): Promise<void> {
    await this.page.locator('#customer').selectOption(phone);
  }

  /** The code of the newest message on the handset. */
  async codeOnHandset(): Promise<string> {
    const code = this.page.locator('#messages .message').first().locator('strong');
    await code.waitFor({ state: 'attached' });
    return (await code.textContent()) ?? '';
  }

  /** Gives the number that the card asks for, and waits for the field for the code. */
  async givePhone(phone: string): Promise<void> {
    await this.field('phone').fill(phone);
    await this.newestCard.locator('.ac-pushButton').click();
    await this.field('code').waitFor();
  }

  async giveCode(code: string): Promise<void> {
    await this.field('code').fill(code);
    await this.newestCard.locator('.ac-pushButton').click();
  }

  /** From the question to the card with the balance. @param total as the card shows it, such as 77,300 */
  async showBalance(question: string, phone: string, total: string): Promise<void> {
    await this.say(question);
    await this.field('phone').waitFor();
    await this.givePhone(phone);
    await this.giveCode(await this.codeOnHandset());
    await this.newestCard.getByText(total).first().waitFor();
  }
}
