import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { StepUpRequired } from '../../../services/errors';
import { mintProof } from '../../../services/identity/proof';
import { requireGrant, StandingGrant, StandingGrants } from '../../../services/identity/standingGrant';
import { aBinding, minuteMs, repeatableRandomness, startMs } from './identityDesk';

const dayMs = 86_400_000;
const lifetimeMs = 397 * dayMs;
const secret = Buffer.alloc(32, 5);
const me = aBinding();
/** As every version has to derive it: a grant outlives many updates. */
const key = Buffer.from(hkdfSync('sha256', secret, '', 'standing grant v1', 32));
const aad = Buffer.from('["directline","conversation-1","dl_user-1"]');
const facts = { lineId: 'line-1', grantedAtMs: startMs, expiresAtMs: startMs + lifetimeMs };

const grants = () => new StandingGrants(secret, repeatableRandomness('grants'));
const aProof = (authTimeMs = startMs) =>
  mintProof({ binding: me, lineId: 'line-1', acr: 'acr1', authTimeMs, lastUsedMs: authTimeMs });

/** Seals whatever it is given in the published form: version, nonce, tag, body. */
function sealed(body: string, parts: { version?: number } = {}): string {
  const nonce = Buffer.alloc(12, 9);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(parts.version ?? 1), nonce, cipher.getAuthTag(), encrypted]).toString(
    'base64url',
  );
}

function refusalOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof StepUpRequired) return [error.acr, error.reason, error.maxAgeMs];
    throw error;
  }
  return undefined;
}

describe('a standing grant', () => {
  it('keeps in text what was proved, for 397 days', () => {
    const text = grants().issue(aProof(), startMs);
    expect(text).toMatch(/^[\w-]+$/);
    const bytes = Buffer.from(text, 'base64url');
    expect(bytes[0]).toBe(1);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 });
    decipher.setAAD(aad).setAuthTag(bytes.subarray(13, 29));
    const body = Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString();
    expect(JSON.parse(body)).toEqual(facts);
    expect(bytes.toString('latin1')).not.toContain('line-1');
  });

  it('is another text each time', () => {
    const maker = grants();
    expect(maker.issue(aProof(), startMs)).not.toBe(maker.issue(aProof(), startMs));
  });

  it('opens for who was given it, from then on until its end', () => {
    const text = grants().issue(aProof(), startMs);
    const open = (nowMs: number) => grants().open(text, me, nowMs)?.facts;
    const expected = { ...facts, binding: me };
    for (const nowMs of [startMs, startMs + lifetimeMs - 1]) expect(open(nowMs)).toEqual(expected);
    for (const nowMs of [startMs - 1, startMs + lifetimeMs]) expect(open(nowMs)).toBeUndefined();
  });

  it.each([
    ['channel', { channelId: 'kakao' }],
    ['conversation', { conversationId: 'conversation-2' }],
    ['user', { userId: 'dl_user-2' }],
  ])('does not open for another %s', (_, parts) => {
    const text = grants().issue(aProof(), startMs);
    expect(grants().open(text, aBinding(parts), startMs)).toBeUndefined();
  });

  it('does not open with another secret', () => {
    const text = grants().issue(aProof(), startMs);
    const stranger = new StandingGrants(Buffer.alloc(32, 6), repeatableRandomness('grants'));
    expect(stranger.open(text, me, startMs)).toBeUndefined();
  });

  it('does not open when one byte of it is another, or missing', () => {
    const bytes = Buffer.from(grants().issue(aProof(), startMs), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(grants().open(changed.toString('base64url'), me, startMs)).toBeUndefined();
      const cut = bytes.subarray(0, at).toString('base64url');
      expect(grants().open(cut, me, startMs)).toBeUndefined();
    }
  });

  it.each([
    ['the empty text', '', undefined],
    ['another version', JSON.stringify(facts), { version: 2 }],
    ['nothing', '', {}],
    ['no JSON', 'x', {}],
    ['no line', JSON.stringify({ ...facts, lineId: '' }), {}],
    ['an odd line', JSON.stringify({ ...facts, lineId: 7 }), {}],
    ['half a millisecond', JSON.stringify({ ...facts, grantedAtMs: startMs - 0.5 }), {}],
    ['no beginning', JSON.stringify({ ...facts, grantedAtMs: undefined }), {}],
    ['half a millisecond at its end', JSON.stringify({ ...facts, expiresAtMs: startMs + 0.5 }), {}],
    ['no end', JSON.stringify({ ...facts, expiresAtMs: undefined }), {}],
  ])('does not open of %s', (_, body, parts) => {
    const text = parts === undefined ? body : sealed(body, parts);
    expect(grants().open(text, me, startMs)).toBeUndefined();
  });

  it('opens of what another version of us sealed', () => {
    const opened = grants().open(sealed(JSON.stringify({ ...facts, lineId: 'l' })), me, startMs);
    expect(opened?.facts.lineId).toBe('l');
  });

  it('is given for a fresh proof alone', () => {
    expect(refusalOf(() => grants().issue(undefined, startMs))).toEqual(['acr1', 'missing', 10 * minuteMs]);
    const late = startMs + 10 * minuteMs + 1;
    expect(refusalOf(() => grants().issue(aProof(), late))).toEqual(['acr1', 'tooOld', 10 * minuteMs]);
  });

  it('can be changed by nobody', () => {
    const opened = grants().open(sealed(JSON.stringify(facts)), me, startMs);
    for (const part of [opened, opened?.facts, opened?.facts.binding])
      expect(part !== undefined && Object.isFrozen(part)).toBe(true);
  });
});

describe('the gate of a grant', () => {
  const opened = () => {
    const grant = grants().open(sealed(JSON.stringify(facts)), me, startMs);
    if (grant === undefined) throw new Error('it does not open');
    return grant;
  };

  it('opens for one that was opened here, as long as it lasts', () => {
    for (const nowMs of [startMs, startMs + lifetimeMs - 1])
      expect(requireGrant(opened(), nowMs)).toEqual({ ...facts, binding: me });
    for (const nowMs of [startMs - 1, startMs + lifetimeMs])
      expect(refusalOf(() => requireGrant(opened(), nowMs))).toEqual(['acr1', 'tooOld', 10 * minuteMs]);
  });

  it('stays shut for one that somebody made', () => {
    const made = new StandingGrant({ ...facts, binding: me });
    expect(refusalOf(() => requireGrant(made, startMs))).toEqual(['acr1', 'wrongBinding', 10 * minuteMs]);
  });
});
