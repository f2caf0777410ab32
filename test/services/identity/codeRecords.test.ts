import { identityPolicy } from '../../../services/identity/identityPolicy';
import {
  challengeKey,
  codeEntryKey,
  sessionKey,
  storedLineId,
} from '../../../services/identity/identityRecords';
import { aBinding, hourMs, IdentityDesk, lineIdOf, minuteMs, wrongCode } from './identityDesk';

const phone = '01012345678';
const me = aBinding();
const lineId = lineIdOf(phone);
const base64url = (length: number) => expect.stringMatching(new RegExp(`^[\\w-]{${length}}$`));

describe('what a code leaves behind', () => {
  it('is a challenge for half an hour, and one outbox entry', async () => {
    const desk = new IdentityDesk();
    const nowMs = desk.clock.now();
    await desk.send(me, phone, '203.0.113.7');
    expect(desk.turns.expiryOf(challengeKey(me))).toBe(nowMs + 30 * minuteMs);
    const challenge = Object(desk.turns.value(challengeKey(me)));
    expect(challenge).toEqual({
      nonce: base64url(22),
      lineId: storedLineId(lineId),
      numberDigest: base64url(43),
      sendId: base64url(24),
      addressDigest: base64url(43),
      purpose: 'acr1',
      digits: 6,
      sentAtMs: nowMs,
      seenAtMs: nowMs,
      expiresAtMs: nowMs + 3 * minuteMs,
      triesLeft: 3,
    });
    const { nonce } = challenge;
    expect(desk.entries()).toEqual([
      {
        key: codeEntryKey(nonce),
        kind: 'sms',
        notBeforeMs: 0,
        payload: {
          challengeNonce: nonce,
          lineId: storedLineId(lineId),
          binding: me,
          purpose: 'acr1',
          digits: 6,
          expiresAtMs: nowMs + 3 * minuteMs,
          language: 'ko',
        },
      },
    ]);
  });

  it('holds no address where the channel knows none, and the digest tells addresses apart', async () => {
    const addressDigest = async (address?: string) => {
      const desk = new IdentityDesk();
      await desk.send(me, phone, address);
      return Object(desk.turns.value(challengeKey(me))).addressDigest;
    };
    expect(await addressDigest()).toBeNull();
    expect(await addressDigest('203.0.113.7')).not.toBe(await addressDigest('203.0.113.8'));
  });

  it('remembers a wrong try, its time, and for how long to remember', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const before = Object(desk.turns.value(challengeKey(me)));
    const sentMs = desk.clock.now();
    desk.clock.move(minuteMs);
    expect(await desk.check(me, 'abcdef')).toEqual({ status: 'wrong', triesLeft: 2 });
    expect(desk.turns.value(challengeKey(me))).toEqual({
      ...before,
      triesLeft: 2,
      seenAtMs: desk.clock.now(),
    });
    expect(desk.turns.expiryOf(challengeKey(me))).toBe(sentMs + 30 * minuteMs);
  });

  it('is a session once it is proved, and no challenge any more', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const { nonce } = Object(desk.turns.value(challengeKey(me)));
    const nowMs = desk.clock.now();
    const result = await desk.check(me, await desk.lastCode());
    const facts = { binding: me, lineId, acr: 'acr1', authTimeMs: nowMs, lastUsedMs: nowMs };
    expect(result).toEqual({ status: 'verified', proof: { facts } });
    expect(desk.turns.value(challengeKey(me))).toBeUndefined();
    const session = { nonce, lineId, acr: 'acr1', authTimeMs: nowMs, expiresAtMs: nowMs + 10 * minuteMs };
    expect(desk.turns.value(sessionKey(me))).toEqual({ ...session, lastUsedMs: nowMs });
    desk.clock.move(minuteMs);
    expect((await desk.proof(me))?.facts).toEqual({ ...facts, lastUsedMs: nowMs + minuteMs });
    expect(desk.turns.value(sessionKey(me))).toEqual({ ...session, lastUsedMs: nowMs + minuteMs });
    expect(desk.turns.expiryOf(sessionKey(me))).toBe(nowMs + 10 * minuteMs);
  });
});

describe('a code', () => {
  it('is good until three minutes are over, not at their end', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.clock.move(3 * minuteMs);
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
    desk.clock.setBack(1);
    // By time that really passed it is as old as before.
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
    // Another process has the wall clock alone.
    expect((await desk.restarted().check(me, code)).status).toBe('verified');
  });

  it('is void when the clock went back behind its sending or the last try', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.clock.setBack(1);
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
    desk.clock.move(minuteMs);
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'wrong', triesLeft: 2 });
    desk.clock.setBack(1);
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
    desk.clock.move(1);
    expect((await desk.check(me, code)).status).toBe('verified');
  });

  it('opens nothing once its line is suspended or its time is over for another process', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.lines.changed.set(phone, { status: 'suspended' });
    expect(await desk.check(me, code)).toEqual({ status: 'wrong', triesLeft: 2 });
    desk.lines.changed.clear();
    desk.clock.move(3 * minuteMs);
    expect(await desk.restarted().check(me, code)).toEqual({ status: 'expired' });
  });

  it('can be tried three times, and the third wrong one says that it is void', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    const results = [];
    for (let tries = 0; tries < 3; tries += 1) results.push(await desk.check(me, wrongCode(code)));
    expect(results).toEqual([
      { status: 'wrong', triesLeft: 2 },
      { status: 'wrong', triesLeft: 1 },
      { status: 'exhausted' },
    ]);
    expect(await desk.check(me, code)).toEqual({ status: 'exhausted' });
    expect(desk.evaluatedFailures()).toBe(3);
  });

  it('that is short is void while long ones are asked for, and a long one is not', async () => {
    const desk = new IdentityDesk({ policy: { fleetFailures: 1 } });
    await desk.send(me, phone);
    const short = await desk.lastCode();
    const stranger = aBinding({ conversationId: 'stranger' });
    await desk.send(stranger, '01000000001');
    await desk.check(stranger, 'abcdef');
    expect(await desk.check(me, short)).toEqual({ status: 'expired' });
    expect(await desk.resend(me)).toMatchObject({ codeLength: 8 });
    expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
  });
});

describe('a code to a line that a site vouches for', () => {
  const sendTo = (desk: IdentityDesk, id: string) =>
    desk.turns.run((tx) => desk.service.sendCodeToLine(tx, me, id, 'ko'));

  it('goes to its number, and counts with the codes that were asked for by number', async () => {
    const desk = new IdentityDesk();
    expect(await sendTo(desk, lineId)).toMatchObject({ status: 'sent', sendsLeft: 2 });
    expect((await desk.messages()).map(({ phoneNumber }) => phoneNumber)).toEqual([phone]);
    expect(await desk.send(me, phone)).toMatchObject({ sendsLeft: 1 });
    expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
  });

  it('is counted by id where nobody has the line', async () => {
    const desk = new IdentityDesk();
    for (const id of ['line--', 'line-!'])
      expect(await sendTo(desk, id)).toMatchObject({ status: 'sent', sendsLeft: 2 });
  });

  it('can be announced by the number’s mask', async () => {
    const desk = new IdentityDesk();
    desk.lines.maskedNumberOf = async () => '010-****-5678';
    expect(await desk.service.maskedNumberOf(lineId)).toBe('010-****-5678');
  });
});

describe('a proof', () => {
  it('ends ten minutes after the code, and five minutes after it was last used', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    for (let times = 0; times < 2; times += 1) {
      desk.clock.move(5 * minuteMs);
      expect(await desk.proof(me)).toBeDefined();
    }
    desk.clock.move(1);
    expect(await desk.proof(me)).toBeUndefined();
    expect(desk.turns.keys()).not.toContain(sessionKey(me));
    await desk.verify(me, phone);
    desk.clock.move(5 * minuteMs + 1);
    expect(await desk.proof(me)).toBeUndefined();
  });

  it('ends by time that really passed, and with the session of another process by the clock', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    for (const minutes of [4, 4, 2]) {
      desk.clock.move(minutes * minuteMs);
      expect(await desk.proof(me)).toBeDefined();
    }
    desk.clock.move(1);
    desk.clock.setBack(1);
    expect(await desk.restarted().proof(me)).toBeDefined();
    expect(await desk.proof(me)).toBeUndefined();
    const other = new IdentityDesk();
    await other.verify(me, phone);
    other.clock.move(10 * minuteMs + 1);
    expect(await other.restarted().proof(me)).toBeUndefined();
  });

  it('is as old as itself, not as the one before it', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(8 * minuteMs);
    const other = aBinding({ conversationId: 'other' });
    await desk.verify(other, '01000000001');
    desk.clock.move(3 * minuteMs);
    expect(await desk.proof(me)).toBeUndefined();
    expect(await desk.proof(other)).toBeDefined();
  });

  it('and challenge are gone after signing out', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    await desk.send(me, phone);
    await desk.signOut(me);
    expect(await desk.proof(me)).toBeUndefined();
    expect(await desk.resend(me)).toEqual({ status: 'noChallenge' });
    expect(await desk.check(me, '000000')).toEqual({ status: 'noChallenge' });
  });
});

describe('the audit log of a step-up', () => {
  it('tells who was challenged, refused, verified and signed out, with the line’s id alone', async () => {
    const desk = new IdentityDesk();
    await desk.signOut(me);
    await desk.check(me, '000000');
    await desk.send(me, phone);
    const code = await desk.lastCode();
    await desk.check(me, wrongCode(code));
    await desk.check(me, code);
    await desk.signOut(me);
    await desk.signOut(me);
    await desk.send(me, phone);
    desk.clock.move(3 * minuteMs);
    await desk.check(me, '000000');
    expect(desk.audited()).toEqual([
      { kind: 'refused', by: 'sms', reason: 'noChallenge', line: null },
      { kind: 'challenged', by: 'sms', line: lineId },
      { kind: 'refused', by: 'sms', reason: 'wrong', line: lineId },
      { kind: 'verified', by: 'sms', line: lineId, acr: 'acr1' },
      { kind: 'signedOut' },
      { kind: 'challenged', by: 'sms', line: lineId },
      { kind: 'refused', by: 'sms', reason: 'expired', line: lineId },
    ]);
  });

  it('tells which limit stopped a code, and that a number led to no line', async () => {
    const desk = new IdentityDesk();
    desk.lines.unknown.add(phone);
    for (let n = 0; n < 4; n += 1) await desk.send(me, phone);
    expect(desk.audited()).toEqual([
      ...Array.from({ length: 3 }, () => ({ kind: 'challenged', by: 'sms', line: null })),
      { kind: 'challengeLimited', limit: 'line' },
    ]);
  });
});

describe('the limits in force', () => {
  it('are those that docs/decisions/0005 and the threat tests reckon with', () => {
    expect(identityPolicy).toEqual({
      codeDigits: 6,
      codeDigitsUnderAttack: 8,
      codeLifetimeMs: 3 * minuteMs,
      challengeMemoryMs: 30 * minuteMs,
      triesPerChallenge: 3,
      sendsPerLine: 3,
      sendsPerLineWindowMs: 24 * hourMs + 3 * minuteMs,
      numbersPerConversation: 3,
      numbersPerConversationWindowMs: hourMs,
      sendsPerAddress: 30,
      sendsPerAddressWindowMs: hourMs,
      simChangeQuarantineMs: 72 * hourMs,
      fleetFailures: 150,
      fleetWindowMs: 10 * minuteMs,
    });
  });
});
