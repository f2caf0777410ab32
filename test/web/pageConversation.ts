import type { Page } from 'playwright-core';
import { z } from 'zod';

const keptByTab = z.object({ conversationId: z.string(), token: z.string() });

/** The conversation of a customer's page, reached past what the page lets its customer send. */
export class PageConversation {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Waits until the page has one. @param server its address */
  static async of(page: Page, server: string): Promise<PageConversation> {
    await page.waitForFunction(() => sessionStorage.getItem('billGuide.conversation') !== null);
    const kept: unknown = await page.evaluate(() =>
      JSON.parse(sessionStorage.getItem('billGuide.conversation') ?? '{}'),
    );
    const { conversationId, token } = keptByTab.parse(kept);
    return new PageConversation(`${server}/v3/directline/conversations/${conversationId}`, token);
  }

  /** @returns the status of the answer */
  async post(activity: object): Promise<number> {
    const response = await fetch(`${this.url}/activities`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return response.status;
  }

  /** @returns the status of the answer */
  async upload(name: string, file: Blob): Promise<number> {
    const form = new FormData();
    form.append('file', file, name);
    const response = await fetch(`${this.url}/upload?userId=me`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.token}` },
      body: form,
    });
    return response.status;
  }
}
