import { StepUpRequired } from '../../services/errors';
import { requireLevel } from '../../services/identity/proof';
import { AgencyTalk } from '../dialogs/agencyFixture';
import { minuteMs } from '../services/identity/identityDesk';

const needsAgency = (talk: AgencyTalk, proof: Parameters<typeof requireLevel>[0]) => () =>
  requireLevel(proof, 'acr2', talk.clock.now());

describe('T14: an intercepted SMS (the femtocells of 2025)', () => {
  it('opens no detail: acr1 is refused at acr2, however fresh', async () => {
    const talk = new AgencyTalk();
    await talk.proveByCode();
    const proof = await talk.proof();
    expect(proof?.facts.acr).toBe('acr1');
    expect(needsAgency(talk, proof)).toThrow(StepUpRequired);
    expect(() => requireLevel(proof, 'acr1', talk.clock.now())).not.toThrow();
  });

  it('is not helped by a second code, a forged return or a press on every button', async () => {
    const talk = new AgencyTalk();
    await talk.proveByCode();
    for (const action of [
      'agency.returned',
      'agency.check',
      'agency.begun',
      'agency.verified',
      'stepUp.code',
    ])
      await talk.press(action);
    await talk.comeBack();
    await talk.say('번호 바꾸기');
    await talk.proveByCode();
    expect(needsAgency(talk, await talk.proof())).toThrow(StepUpRequired);
  });

  it('is not helped by who steals the phone number but not the identity', async () => {
    const talk = new AgencyTalk();
    await talk.play(await talk.proveByCode(), 'somebodyElse');
    await talk.comeBack();
    expect(talk.result).toEqual({ status: 'refused' });
    expect(needsAgency(talk, await talk.proof())).toThrow(StepUpRequired);
  });

  it('leaves the agency nothing to open without a code', async () => {
    const talk = new AgencyTalk();
    const { service, binding, turns } = talk;
    expect(await turns.run((tx) => service.startAgency(tx, binding, 'ko'))).toEqual({ status: 'codeFirst' });
    expect(await turns.run((tx) => service.checkAgency(tx, binding))).toEqual({ status: 'codeFirst' });
  });
});

describe('T3: a verification that is used again', () => {
  it('raises nothing after acr2 has run out', async () => {
    const talk = new AgencyTalk();
    await talk.play(await talk.proveByCode(), 'holder');
    await talk.comeBack();
    talk.clock.move(5 * minuteMs + 1);
    const again = await talk.turns.run((tx) => talk.service.checkAgency(tx, talk.binding));
    expect(again.status).toBe('noChallenge');
    expect(needsAgency(talk, await talk.proof())).toThrow(StepUpRequired);
  });

  it('raises nothing after a sign-out', async () => {
    const talk = new AgencyTalk();
    const asked = await talk.proveByCode();
    await talk.turns.run((tx) => talk.service.signOut(tx, talk.binding));
    await expect(talk.play(asked, 'holder')).rejects.toThrow('the link does not open');
    const checked = await talk.turns.run((tx) => talk.service.checkAgency(tx, talk.binding));
    expect(checked).toEqual({ status: 'codeFirst' });
  });
});

describe("T30: under 14, or another person's line", () => {
  it.each([
    ['somebodyElse', '명의자로 확인되지 않아서'],
    ['child', '보호자 동의가 필요해서'],
  ] as const)('shows nothing to %s, blames nobody and names a person to turn to', async (outcome, words) => {
    const talk = new AgencyTalk();
    const asked = await talk.proveByCode();
    await talk.play(asked, outcome);
    const replies = await talk.activities({ type: 'event', value: { action: 'agency.returned' } });
    expect(JSON.stringify(replies)).toContain(words);
    expect(JSON.stringify(replies.at(-1)?.suggestedActions)).toContain('상담원과 이야기');
    expect(talk.result).toEqual({ status: 'refused' });
  });
});

describe('what is written down of a verification', () => {
  it('names neither person nor CI nor birth date, and says in the audit log how it ended', async () => {
    const talk = new AgencyTalk();
    await talk.play(await talk.proveByCode(), 'somebodyElse');
    await talk.comeBack();
    await talk.say('자세히');
    expect(talk.turns.dump()).not.toMatch(/demo:person|person-|1958|2020-03/);
    const bodies = talk.turns.journal.map(({ body }) => JSON.stringify(body)).join('\n');
    expect(bodies).toContain('"reason":"otherPerson"');
    expect(bodies).toContain('"by":"agency"');
  });
});
