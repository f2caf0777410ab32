import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { systemRandomness } from '../../services/randomness';
import type { App } from '../compose';
import { deskAccounts } from '../desk/registerDesk';
import { DemoVisitor } from './demoVisitor';
import { DeskVisitor } from './deskVisitor';

/** Where a picture of the desk is taken. */
export interface DeskScene {
  readonly app: Pick<App, 'store'>;
  readonly url: string;
  /** The agent's. */
  readonly page: Page;
  readonly browser: Browser;
  /** The server's clock, epoch ms. */
  readonly now: () => number;
}

interface DeskPicture {
  readonly name: string;
  readonly options: BrowserContextOptions;
  readonly atDesk: (scene: DeskScene) => Promise<void>;
}

const viewport = { width: 1400, height: 860 };

async function signedIn(scene: DeskScene, name: string, language: 'ko' | 'en'): Promise<DeskVisitor> {
  const deps = { store: scene.app.store, clock: { now: scene.now }, randomness: systemRandomness };
  const added = await deskAccounts(deps).accounts.add(name, 'supervisor');
  if (added.status !== 'added') throw new Error(`${name}: ${added.status}`);
  const desk = new DeskVisitor(scene.page);
  await desk.signInFirst(
    scene.url,
    { name, oneTimePassword: added.password, password: 'a quiet desk by the window' },
    { language, nowMs: scene.now },
  );
  return desk;
}

async function customer(scene: DeskScene, language: 'ko' | 'en' = 'ko'): Promise<DemoVisitor> {
  const context = await scene.browser.newContext({ timezoneId: 'Asia/Seoul' });
  const page = await context.newPage();
  await page.clock.install({ time: scene.now() });
  const visitor = new DemoVisitor(page);
  await visitor.open(scene.url, language);
  return visitor;
}

async function askAndWait(visitor: DemoVisitor, question: string, wish: string): Promise<void> {
  await visitor.say(question);
  await visitor.bubbles.nth(2).waitFor();
  await visitor.say(wish);
}

async function threeWait(scene: DeskScene, desk: DeskVisitor): Promise<DemoVisitor> {
  await askAndWait(await customer(scene), '연체료가 붙나요?', '상담원 연결해줘');
  await askAndWait(await customer(scene, 'en'), 'When does my line stop?', 'Let me talk to a person');
  const verified = await customer(scene);
  await verified.showBalance('내 미납요금이 얼마예요?', '010-0000-1001', '77,300');
  await verified.say('상담원 연결해줘');
  await desk.waiting.nth(2).waitFor();
  return verified;
}

/** Takes the verified customer and talks with them for a while. */
async function talk(
  desk: DeskVisitor,
  visitor: DemoVisitor,
  said: { readonly agent: string; readonly customer: string; readonly note: string },
): Promise<void> {
  await desk.waiting.nth(2).click();
  await desk.page.locator('.preview .primary').click();
  await desk.reply.waitFor();
  await desk.say(said.agent);
  await visitor.bubbles.getByText(said.agent).waitFor();
  await visitor.say(said.customer);
  await desk.bubbles.getByText(said.customer).waitFor();
  await desk.page.locator('#new-note').fill(said.note);
  await desk.page.locator('.notes .secondary').click();
  await desk.page.locator('.note-text').waitFor();
  await desk.page.locator('.info').evaluate((panel) => panel.scrollTo(0, 0));
}

const words = {
  agent: '안녕하세요, 상담원 민지예요. 요금 내역은 보고 있으니 편하게 말씀해 주세요.',
  customer: '9월분은 지난주에 은행에서 냈어요. 아직도 남아 있다고 나와요.',
  note: '9월분 35,000원 은행 납부, 반영 확인 필요',
};

export const deskPictures: readonly DeskPicture[] = [
  {
    name: 'desk-queue',
    options: { viewport },
    atDesk: async (scene) => {
      const desk = await signedIn(scene, '민지', 'ko');
      await threeWait(scene, desk);
      await scene.page.clock.fastForward(95_000);
      await desk.waiting.first().click();
    },
  },
  {
    name: 'desk-conversation',
    options: { viewport, colorScheme: 'dark' },
    atDesk: async (scene) => {
      const desk = await signedIn(scene, '민지', 'ko');
      await talk(desk, await threeWait(scene, desk), words);
    },
  },
  {
    name: 'desk-en',
    options: { viewport, locale: 'en-US' },
    atDesk: async (scene) => {
      const desk = await signedIn(scene, 'minji', 'en');
      await talk(desk, await threeWait(scene, desk), words);
      await scene.page.locator('.composer .secondary').click();
      await scene.page.locator('#answers-search').fill('냈는데 왜 미납으로 나와요?');
      await scene.page.locator('.answers li').first().waitFor();
    },
  },
];
