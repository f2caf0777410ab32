import { StepUpRequired } from '../../../services/errors';
import { Proof, requireLevel } from '../../../services/identity/proof';
import { aBinding, hourMs, IdentityDesk, lineIdOf, minuteMs, secondMs } from './identityDesk';

const phone = '01012345678';
const me = aBinding();

describe('a verified session', () => {
  it('opens nothing by any order of steps that leaves out the right code (T16)', async () => {
    type Step = (desk: IdentityDesk) => Promise<unknown>;
    const steps: Step[] = [
      (desk) => desk.send(me, phone),
      (desk) => desk.resend(me),
      (desk) => desk.check(me, ''),
      (desk) => desk.check(me, 'undefined'),
      (desk) => desk.signOut(me),
      (desk) => desk.proof(me),
    ];
    for (const order of permutations(steps)) {
      const desk = new IdentityDesk();
      for (const step of order) {
        await step(desk);
        const proof = await desk.proof(me);
        expect(proof).toBeUndefined();
        expect(() => requireLevel(proof, 'acr1', desk.clock.now())).toThrow(StepUpRequired);
      }
    }
  });

  it('takes the line from the verified session, whatever facts somebody makes up (T17)', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, phone);
    const forged = new Proof({ ...proof.facts, lineId: 'line-of-somebody-else' });
    expect(() => requireLevel(forged, 'acr1', desk.clock.now())).toThrow(StepUpRequired);
    expect(() => Object.assign(proof.facts, { lineId: 'line-of-somebody-else' })).toThrow(TypeError);
    expect((await desk.proof(me))?.facts.lineId).toBe(lineIdOf(phone));
  });

  it('belongs to one channel, conversation and user (T18)', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    const strangers = [
      aBinding({ channelId: 'kakao' }),
      aBinding({ conversationId: 'conversation-2' }),
      aBinding({ userId: 'dl_user-2' }),
      aBinding({ userId: '' }),
      aBinding({ conversationId: 'conversation-1/dl_user-1', userId: '' }),
      aBinding({ channelId: 'directline/conversation-1', conversationId: 'dl_user-1', userId: '' }),
      aBinding({ userId: '__proto__' }),
    ];
    for (const stranger of strangers) expect(await desk.proof(stranger)).toBeUndefined();
    expect(await desk.proof(me)).toBeDefined();
  });

  it('keeps hostile ids apart in its keys (T18)', async () => {
    const hostile = [
      'a/b',
      'a%2Fb',
      'a',
      'b',
      '',
      '/',
      '..',
      '\u0000',
      '\ud800',
      '\udfff',
      '\\ud800',
      '"',
      '\\"',
      '%',
      '한글',
      'a|b',
    ];
    const desk = new IdentityDesk({ policy: { numbersPerConversation: 1_000 } });
    const bindings = hostile.flatMap((conversationId) =>
      hostile.map((userId) => aBinding({ conversationId, userId })),
    );
    for (const [index, binding] of bindings.entries()) {
      await desk.verify(binding, `0105555${String(index).padStart(4, '0')}`);
      desk.clock.move(1);
    }
    for (const [index, binding] of bindings.entries()) {
      expect((await desk.proof(binding))?.facts.lineId).toBe(
        lineIdOf(`0105555${String(index).padStart(4, '0')}`),
      );
    }
  });

  it('ends ten minutes after the proof, however busy the customer is (T20)', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, phone);
    for (let second = 0; second < 600; second += 200) {
      desk.clock.move(200 * secondMs);
      expect(await desk.proof(me)).toBeDefined();
    }
    desk.clock.move(secondMs);
    expect(await desk.proof(me)).toBeUndefined();
    expect(() => requireLevel(proof, 'acr1', desk.clock.now())).toThrow(StepUpRequired);
    expect(desk.turns.keys().filter((key) => key.startsWith('session'))).toEqual([]);
  });

  it('ends after five idle minutes (T20)', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(5 * minuteMs);
    expect(await desk.proof(me)).toBeDefined();
    desk.clock.move(5 * minuteMs);
    expect(await desk.proof(me)).toBeDefined();

    const idle = new IdentityDesk();
    await idle.verify(me, phone);
    idle.clock.move(5 * minuteMs + 1);
    expect(await idle.proof(me)).toBeUndefined();
  });

  it('ends when the clock jumps back, for good (T20)', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(-hourMs);
    expect(await desk.proof(me)).toBeUndefined();
    desk.clock.move(hourMs);
    expect(await desk.proof(me)).toBeUndefined();
  });

  it('is gone after signing out, together with a code on its way (T20)', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(minuteMs);
    await desk.send(me, phone);
    const code = await desk.lastCode();
    await desk.signOut(me);
    expect(await desk.proof(me)).toBeUndefined();
    expect(await desk.check(me, code)).toEqual({ status: 'noChallenge' });
  });
});

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.filter((_, other) => other !== index))) yield [item, ...rest];
  }
}
