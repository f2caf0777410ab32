import { ko } from '../../strings/ko';
import { DeskRoom } from './deskRoom';

let room: DeskRoom;
beforeAll(async () => {
  room = await DeskRoom.open();
}, 120_000);
afterAll(() => room?.close());

const patience = 90_000;

describe('a customer and an agent, each in a browser', () => {
  it(
    'talk with one another, from the wish for a person to the rating',
    async () => {
      const desk = await room.agent('nari');
      const customer = await room.verifiedCustomer('010-0000-1001', '77,300');

      await desk.waiting.getByText('상담원을 찾음').waitFor();
      await desk.claimFirst();
      // Nobody asks again what is known: verified, how long ago, what is owed, which line.
      const info = desk.page.locator('.info');
      await info.getByText('문자로 확인').waitFor();
      await info.getByText('77,300원').first().waitFor();
      await info.locator('.digits').getByText('010-****-1001').waitFor();

      await desk.say('안녕하세요, 무엇을 도와드릴까요?');
      await customer.bubbles.getByText('무엇을 도와드릴까요?').waitFor();
      await customer.say('어제 냈는데 아직 남아 있대요');
      await desk.bubbles.getByText('어제 냈는데 아직 남아 있대요').waitFor();
      // Once, on both sides.
      expect(await desk.bubbles.getByText('무엇을 도와드릴까요?').count()).toBe(1);
      expect(await customer.bubbles.getByText('무엇을 도와드릴까요?').count()).toBe(1);

      await desk.resolve();
      await desk.page.getByText('마친 상담이에요.').first().waitFor();
      await customer.newestCard.getByText(ko.handoff.stars[4] ?? '').click();
      await desk.page.getByRole('img', { name: '다섯 점 가운데 5점' }).waitFor();
      expect([...desk.trouble, ...customer.trouble]).toEqual([]);
    },
    patience,
  );
});

describe('an agent at the desk', () => {
  it(
    'finds a ready answer, puts it into the message with its source, and sends it',
    async () => {
      const desk = await room.agent('minji');
      const { page } = desk;
      const customer = await room.waitingCustomer();
      await desk.claimFirst();
      // The field takes the keyboard a frame after it is there.
      await page.locator('#reply:focus').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await page.locator('#answers-search:focus').waitFor();
      await page.keyboard.type('연체료가 붙나요?');
      await page.locator('.answers li').first().waitFor();
      await page.keyboard.press('Enter');
      await desk.spoken.getByText('답을 적는 칸에 넣었어요.').waitFor();
      expect(await page.locator('.composer .sources').textContent()).toMatch(/S\d+/);
      const text = await desk.reply.inputValue();
      expect(text).toContain('연체료');
      await desk.reply.press('Enter');
      const [firstLine = ''] = text.split('\n');
      await customer.bubbles.getByText(firstLine).first().waitFor();
      expect(await page.locator('.composer .sources').count()).toBe(0);
    },
    patience,
  );

  it(
    'hands a conversation with its notes to a colleague, who returns it to the bot with a summary',
    async () => {
      const first = await room.agent('haneul');
      const second = await room.agent('dahee');
      const customer = await room.waitingCustomer();
      await first.claimFirst();
      await first.page.locator('#new-note').fill('어제 은행에서 내셨대요');
      await first.page.getByRole('button', { name: '메모 남기기' }).click();
      await first.page.locator('.note-text').waitFor();
      expect(await customer.bubbles.getByText('어제 은행에서 내셨대요').count()).toBe(0);

      await first.page.getByRole('button', { name: '넘기기', exact: true }).click();
      await first.page.getByRole('radio', { name: /dahee/ }).check();
      await first.page.getByRole('dialog').getByRole('button', { name: '넘기기' }).click();
      await first.page.getByText('다른 상담원에게 넘긴 상담이에요.').first().waitFor();

      await second.spoken.getByText('다른 상담원이 상담을 넘겨주었어요.').waitFor();
      await second.mine.first().click();
      await second.page.locator('.note-text').getByText('어제 은행에서 내셨대요').waitFor();
      await second.page.getByRole('button', { name: '봇에게 돌려주기' }).click();
      await second.page.locator('#summary').fill('7월 요금은 오늘 안에 반영돼요.');
      await second.page.getByRole('button', { name: '돌려주기', exact: true }).click();
      await customer.bubbles.getByText('7월 요금은 오늘 안에 반영돼요.').waitFor();
      await second.page.getByText('봇에게 돌려준 상담이에요.').first().waitFor();
    },
    patience,
  );

  it(
    'sees the full number for a moment, only with a reason',
    async () => {
      const desk = await room.agent('bora');
      await room.verifiedCustomer('010-0000-1003', '31,000원');
      await desk.claimFirst();
      const digits = desk.page.locator('.digits');
      await digits.getByText('010-****-1003').waitFor();
      await desk.page.getByRole('button', { name: '번호 보기' }).click();
      await desk.page.getByRole('button', { name: '기록하고 보기' }).click();
      expect(await digits.textContent()).toBe('010-****-1003');
      await desk.page.locator('#unmask-reason').fill('본인 회선이 맞는지 되묻기');
      await desk.page.getByRole('button', { name: '기록하고 보기' }).click();
      await digits.getByText(/010-?0000-?1003/).waitFor();
      await desk.page.clock.fastForward(61_000);
      await digits.getByText('010-****-1003').waitFor();
    },
    patience,
  );

  it(
    'sees that the customer types, and the customer that the agent does',
    async () => {
      const desk = await room.agent('sejin');
      const customer = await room.waitingCustomer();
      await desk.claimFirst();
      await customer.sendBox.pressSequentially('음', { delay: 50 });
      await desk.page.getByText('고객이 적고 있어요…').waitFor();
      // Before the first word of the agent, too, the dots say that somebody writes, and nothing else.
      const dots = customer.page.locator('.webchat__typing-indicator');
      await customer.say('보고 계세요?');
      await desk.bubbles.getByText('보고 계세요?').waitFor();
      await customer.page.clock.fastForward(1_500);
      expect(await dots.count()).toBe(0);
      await desk.reply.pressSequentially('네, ');
      await dots.waitFor();
    },
    patience,
  );

  it(
    'is too late for a conversation that a colleague has taken, and is told so',
    async () => {
      const slow = await room.agent('jiwoo');
      const quick = await room.agent('soyeon');
      await room.waitingCustomer();
      await slow.waiting.first().click();
      await slow.page.locator('.preview').waitFor();
      await slow.page.route('**/claim', async (route) => {
        await quick.claimFirst();
        await route.continue();
      });
      await slow.page.locator('.preview .primary').click();
      await slow.page.locator('.toast').getByText('다른 상담원이 먼저 받았어요.').waitFor();
      expect(await slow.mine.count()).toBe(0);
    },
    patience,
  );
});

describe('a supervisor', () => {
  it(
    'sees load and waits, reads along in a conversation, downloads the table, in English',
    async () => {
      const agent = await room.agent('yuna');
      await room.waitingCustomer();
      await agent.claimFirst();
      await agent.say('천천히 말씀해 주세요.');
      const lead = await room.agent('hyejin', 'supervisor', { language: 'en', acceptDownloads: true });
      const { page } = lead;
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await page.getByRole('button', { name: 'Overview' }).click();
      const row = page.getByRole('row', { name: /yuna/ });
      await row.getByText('here', { exact: true }).waitFor();
      const downloaded = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download CSV' }).click();
      expect((await downloaded).suggestedFilename()).toMatch(/\.csv$/);

      await row.getByRole('button').first().click();
      await lead.bubbles.getByText('천천히 말씀해 주세요.').waitFor();
      await page.getByText('yuna has this conversation. You can read along.').waitFor();
      expect(await lead.reply.count()).toBe(0);
      await page.getByRole('button', { name: '한국어' }).click();
      await page.getByText('yuna님이 상담하고 있어요.').waitFor();
    },
    patience,
  );
});
