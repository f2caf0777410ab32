import { asksForNewLink, cannotVerify, saysFinished } from '../../dialogs/agencyWords';
import { IdentityAgencyUnavailableError } from '../../services/errors';
import { minuteMs } from '../services/identity/identityDesk';
import { AgencyTalk } from './agencyFixture';

describe('details by an identity agency', () => {
  it('asks for the agency after the code, and goes on by itself when the holder comes back', async () => {
    const talk = new AgencyTalk();
    const asked = await talk.proveByCode();
    expect(JSON.stringify(asked)).toContain('본인 인증하기');
    expect(talk.result).toBeUndefined();

    await talk.play(asked, 'holder');
    expect(await talk.comeBack()).toEqual([]);

    expect(talk.result).toMatchObject({ status: 'verified', proof: { facts: { acr: 'acr2' } } });
  });

  it('also goes on when the customer says or presses that it is done', async () => {
    for (const done of ['다 했어요', '확인했어요', '네', 'agency.check']) {
      const talk = new AgencyTalk();
      await talk.play(await talk.proveByCode(), 'holder');
      await (done.startsWith('agency.') ? talk.press(done) : talk.say(done));
      expect(talk.result?.status).toBe('verified');
    }
  });

  it('asks at once for the agency when the code was proved before', async () => {
    const talk = new AgencyTalk();
    await talk.send({ text: '내 요금' }, { required: 'acr1' });
    await talk.proveByCode();
    expect(talk.result).toMatchObject({ status: 'verified', proof: { facts: { acr: 'acr1' } } });

    const [asked] = await talk.say('자세히 보여 주세요');
    expect(asked).toContain('명의자 본인만');
    expect(asked).toContain('https://bill.example.kr/identity/start?t=');
  });

  it('asks nothing again within five minutes, and the agency again after them', async () => {
    const talk = new AgencyTalk();
    await talk.play(await talk.proveByCode(), 'holder');
    await talk.comeBack();
    talk.clock.move(5 * minuteMs);
    talk.result = undefined;
    expect(await talk.say('내역')).toEqual([]);
    expect(talk.result).toMatchObject({ status: 'verified' });

    talk.clock.move(1);
    expect((await talk.proof())?.facts.acr).toBe('acr1');
    expect((await talk.say('내역'))[0]).toContain('본인 인증');
  });

  it('waits when the verification is not finished, and is silent when a page was merely closed', async () => {
    const talk = new AgencyTalk();
    await talk.proveByCode();
    expect(await talk.comeBack()).toEqual([]);
    expect((await talk.press('agency.check'))[0]).toContain('아직 인증이 끝나지 않았어요');
    expect(talk.waits).toBe(true);
    expect((await talk.proof())?.facts.acr).toBe('acr1');
  });

  it('offers another try after a failed one', async () => {
    const talk = new AgencyTalk();
    await talk.play(await talk.proveByCode(), 'givenUp');
    expect((await talk.comeBack())[0]).toContain('다시 해 보시겠어요');
    const again = await talk.activities({ value: { action: 'agency.again' } });
    await talk.play(again, 'holder');
    await talk.comeBack();
    expect(talk.result?.status).toBe('verified');
  });

  it('says that the agency cannot be reached, loses nothing, and opens nothing', async () => {
    const talk = new AgencyTalk({
      agency: { result: () => Promise.reject(new IdentityAgencyUnavailableError('down')) },
    });
    await talk.proveByCode();
    expect((await talk.press('agency.check'))[0]).toContain('하신 인증은 그대로 남아 있어요');
    expect(talk.waits).toBe(true);
    expect((await talk.proof())?.facts.acr).toBe('acr1');
  });

  it('begins with the code again when that has run out meanwhile', async () => {
    const talk = new AgencyTalk();
    await talk.play(await talk.proveByCode(), 'holder');
    talk.clock.move(10 * minuteMs + 1);
    expect((await talk.press('agency.check'))[0]).toContain('휴대폰 번호');
    expect(await talk.proof()).toBeUndefined();
  });

  it('lets the customer stay in the app longer than the chat may be idle', async () => {
    const talk = new AgencyTalk();
    const asked = await talk.proveByCode();
    talk.clock.move(7 * minuteMs);
    await talk.play(asked, 'holder');
    await talk.comeBack();
    expect(talk.result).toMatchObject({ status: 'verified', proof: { facts: { acr: 'acr2' } } });
  });

  it('takes a no, and no app, for an answer, and names other ways', async () => {
    for (const text of ['아니요', 'PASS 앱이 없어요', '안 할래요']) {
      const talk = new AgencyTalk();
      await talk.proveByCode();
      expect((await talk.say(text))[0]).toContain('인증하지 않아도 괜찮아요');
      expect(talk.result).toEqual({ status: 'refused' });
    }
  });

  it('stops after five links in an hour, and says when it goes on', async () => {
    const talk = new AgencyTalk();
    await talk.proveByCode();
    for (let times = 0; times < 4; times += 1) await talk.press('agency.again');
    expect((await talk.press('agency.again'))[0]).toMatch(/오늘 .*부터 다시 할 수 있어요/);
    expect(talk.result).toEqual({ status: 'refused' });
  });

  it('says what works instead on a server without an agency', async () => {
    const talk = new AgencyTalk({ agency: false });
    const [reply] = await talk.proveByCode();
    expect(reply?.text ?? reply?.summary).toContain('자세한 내역까지 보여 드리지는 못해요');
    expect(talk.result).toEqual({ status: 'refused' });
  });

  it('speaks English', async () => {
    const talk = new AgencyTalk({ locale: 'en' });
    const asked = await talk.proveByCode();
    expect(JSON.stringify(asked)).toContain('Verify that it is me');
    await talk.play(asked, 'holder');
    await talk.say("I've finished");
    expect(talk.result?.status).toBe('verified');
  });
});

describe('what customers say while they verify themselves', () => {
  it.each([
    '다 했어요',
    '네 인증했어요',
    '본인 인증 완료했어요',
    '인증 끝났어요',
    '방금 하고 왔어요',
    'done',
    'I have verified',
    'I finished',
  ])('"%s" means that it is finished', (text) => expect(saysFinished(text)).toBe(true));
  it.each([
    '아직 안 했어요',
    '아직이요',
    '못 했어요',
    'not done yet',
    '얼마예요?',
    '인증이 뭐예요?',
    '확인하고 싶어요',
  ])('"%s" does not', (text) => expect(saysFinished(text)).toBe(false));
  it.each([
    '링크 새로 받기',
    '링크가 안 열려요',
    '화면이 안 떠요',
    '다시 해 볼게요',
    'Get a new link',
    'the link does not work',
  ])('"%s" asks for a new link', (text) => expect(asksForNewLink(text)).toBe(true));
  it.each(['패스 앱 없어요', 'PASS가 없는데요', '인증 못 하겠어요', '안 할래요', "I don't have PASS"])(
    '"%s" means that it cannot be done',
    (text) => expect(cannotVerify(text)).toBe(true),
  );
  it('reads no long message as one of these', () => {
    const long = '다 했어요 링크 새로 패스 앱 없어요 '.repeat(5);
    expect([saysFinished(long), asksForNewLink(long), cannotVerify(long)]).toEqual([false, false, false]);
  });
});
