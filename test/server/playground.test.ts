import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../bot/cli/browser';
import { ko } from '../../strings/ko';
import { Playground, type PlaygroundChannel } from './playgroundProcess';
import { ServerProcess } from './serverProcess';

describe('Microsoft’s own client', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'server-playground-'));
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([ServerProcess.start(folder), launchBrowser(process.env)]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The code in the newest SMS. It leaves right after the answer. */
  async function codeSentTo(phoneNumber: string): Promise<string> {
    const handset = await fetch(`${server.url}/demo/handset?phone=${phoneNumber}`);
    const { messages }: { messages: { text: string }[] } = await handset.json();
    return messages.at(-1)?.text.match(/\b\d{6}\b/)?.[0] ?? codeSentTo(phoneNumber);
  }

  it.each<[PlaygroundChannel, string, string]>([
    ['webchat', '01000001001', '77,300원'],
    ['msteams', '01000001003', '31,000원'],
    ['directline', '01000001006', '88,000원'],
  ])(
    'as %s shows an answer and, once verified, what is owed',
    async (channel, phone, owed) => {
      const client = await Playground.start(browser, channel, server.url, folder);
      try {
        await client.shows(/안녕하세요, 요금길잡이예요/);
        await client.say('연체료가 붙나요?');
        await client.shows('납부 기한을 넘기면 연체료가 붙어요.');
        await client.say(ko.topics.unpaid_balance.text);
        await client.shows(/휴대폰 번호를 적어/);
        const { phoneLabel, phoneSubmit, codeLabel, codeSubmit } = ko.stepUp;
        await client.enter(phoneLabel, phone, phoneSubmit);
        await client.shows(/인증번호 6자리/);
        await client.enter(codeLabel, await codeSentTo(phone), codeSubmit);
        await client.shows(owed);
        // Its log panel says how each call went.
        expect(await client.text()).not.toMatch(/(?:message|Update) *[45]\d\d/);
      } finally {
        await client.stop();
      }
    },
    40_000,
  );

  it('as a group in Teams shows an answer, and nobody’s balance', async () => {
    const client = await Playground.start(browser, 'msteams', server.url, folder);
    try {
      await client.open('Group Chat');
      await client.sayTo('Test Bot', '연체료가 붙나요?');
      await client.shows('납부 기한을 넘기면 연체료가 붙어요.');
      await client.sayTo('Test Bot', '내 미납요금이 얼마예요?');
      await client.shows(/여러 사람이 있는 대화/);
      expect(await client.text()).not.toMatch(/휴대폰 번호를 적어/);
    } finally {
      await client.stop();
    }
  }, 40_000);
});
