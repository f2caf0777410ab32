import { DeskRoom } from './deskRoom';

let room: DeskRoom;
beforeAll(async () => {
  room = await DeskRoom.open();
}, 120_000);
afterAll(() => room?.close());

const patience = 120_000;

describe('a desk that loses its line', () => {
  it(
    'says so, comes back by itself, shows what was said meanwhile and sends what was written, each once',
    async () => {
      const desk = await room.agent('minji');
      const customer = await room.waitingCustomer();
      await desk.claimFirst();
      await desk.say('무엇이 궁금하세요, 고객님?');
      await customer.bubbles.getByText('무엇이 궁금하세요, 고객님?').waitFor();

      await desk.page.context().setOffline(true);
      await desk.page.locator('.line[data-state="lost"]').waitFor();
      await desk.spoken.getByText('연결이 끊겼어요').waitFor();
      await customer.say('그 사이에 한 말 하나');
      await customer.say('그 사이에 한 말 둘');
      await desk.say('끊긴 동안 쓴 말 하나');
      await desk.say('끊긴 동안 쓴 말 둘');
      await desk.page.getByText('연결되면 보낼게요').first().waitFor();

      await desk.page.context().setOffline(false);
      await desk.page.locator('.line[data-state="back"]').waitFor({ timeout: 30_000 });
      await desk.bubbles.getByText('그 사이에 한 말 둘').waitFor();
      await customer.bubbles.getByText('끊긴 동안 쓴 말 둘').waitFor();
      await desk.page.locator('.said[data-status]').first().waitFor({ state: 'detached' });

      const shown = await desk.bubbles.allTextContents();
      const meanwhile = shown.filter((text) => /그 사이에|끊긴 동안/.test(text));
      expect(meanwhile.sort()).toEqual([
        '그 사이에 한 말 둘',
        '그 사이에 한 말 하나',
        '끊긴 동안 쓴 말 둘',
        '끊긴 동안 쓴 말 하나',
      ]);
      const heard = (await customer.bubbles.allTextContents()).filter((text) => text.includes('끊긴 동안'));
      expect(heard.map((text) => /하나|둘/.exec(text)?.[0])).toEqual(['하나', '둘']);
    },
    patience,
  );

  it(
    'keeps the conversation when the server is restarted under it',
    async () => {
      const desk = await room.agent('haneul');
      const customer = await room.waitingCustomer();
      await desk.claimFirst();
      await desk.say('재시작 전의 말');
      await customer.bubbles.getByText('재시작 전의 말').waitFor();

      await room.demo.restart(async () => {
        await desk.page.locator('.line[data-state="lost"]').waitFor();
      });
      await desk.page.locator('.line[data-state="back"]').waitFor({ timeout: 40_000 });
      await desk.say('재시작 뒤의 말');
      await customer.bubbles.getByText('재시작 뒤의 말').waitFor({ timeout: 40_000 });

      expect(await desk.bubbles.getByText('재시작 전의 말').count()).toBe(1);
      expect(await desk.bubbles.getByText('재시작 뒤의 말').count()).toBe(1);
    },
    patience,
  );

  it(
    'asks to sign in again when the session has ended elsewhere',
    async () => {
      const desk = await room.agent('dahee');
      const second = await desk.page.context().newPage();
      await second.goto(`${room.demo.url}/desk`);
      await second.getByRole('button', { name: '나가기' }).click();
      await desk.page.getByText('로그인 시간이 끝났어요.').waitFor({ timeout: 30_000 });
    },
    patience,
  );
});
