import { ko } from '../../strings/ko';
import { DeskRoom } from './deskRoom';

let room: DeskRoom;
beforeAll(async () => {
  room = await DeskRoom.open();
}, 120_000);
afterAll(() => room?.close());

const patience = 60_000;

describe('a customer and an agent, each in a browser', () => {
  it(
    'talk with one another, from the wish for a person to the rating',
    async () => {
      const desk = await room.agent('minji');
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

      await desk.page.getByRole('button', { name: '상담 마치기' }).click();
      await desk.page.getByRole('button', { name: '마치기', exact: true }).click();
      await desk.page.getByText('마친 상담이에요.').first().waitFor();
      await customer.newestCard.getByText(ko.handoff.stars[4] ?? '').click();
      await desk.page.getByRole('img', { name: '다섯 점 가운데 5점' }).waitFor();
      expect([...desk.trouble, ...customer.trouble]).toEqual([]);
    },
    patience,
  );
});
