import type { z } from 'zod';
import {
  acceptedAnswer,
  agentsAnswer,
  cannedAnswers,
  type DeskErrorCode,
  deskApiPath,
  deskCsrfHeader,
  deskError,
  handoffAnswer,
  type LoginRequest,
  loadAnswer,
  loginAnswer,
  notesAnswer,
  queueAnswer,
  type SessionAnswer,
  sessionAnswer,
  type TotpConfirmRequest,
  type TransferRequest,
  totpAnswer,
  unmaskAnswer,
} from '../../services/desk/deskApi';
import { nothing } from './nothing';

/** Why the server did not do it: its own code, or `offline` when it was not reached. */
export class Refused extends Error {
  constructor(
    readonly code: DeskErrorCode | 'offline',
    readonly retryAfterSeconds?: number,
  ) {
    super(code);
  }
}

export type RefusalCode = Refused['code'];

export const exportAddress = `${deskApiPath}/export.csv`;
export const oidcAddress = `${deskApiPath}/oidc/start`;

/** A new key for one act: sent again with it, the act has one effect. */
export const newKey = () => crypto.randomUUID();

/** The desk's server over HTTP. Every method throws Refused, and nothing else. */
export class DeskClient {
  private csrf = '';

  /** @param onSignedOut the session has ended, whatever was asked */
  constructor(private readonly onSignedOut: () => void) {}

  async session(): Promise<SessionAnswer> {
    const session = await this.get('session', sessionAnswer);
    this.csrf = session.csrf;
    return session;
  }

  login = (request: LoginRequest) => this.post('login', loginAnswer, request);
  logout = () => this.post('logout', nothing, {});
  totp = () => this.post('totp', totpAnswer, {});
  confirmTotp = (request: TotpConfirmRequest) => this.post('totp/confirm', nothing, request);

  queue = () => this.get('queue', queueAnswer);
  handoff = (id: string) => this.get(at(id), handoffAnswer);
  claim = (id: string, key: string) => this.post(`${at(id)}/claim`, handoffAnswer, { key });
  message = (id: string, key: string, text: string) =>
    this.post(`${at(id)}/messages`, acceptedAnswer, { key, text });
  note = (id: string, key: string, text: string) => this.post(`${at(id)}/notes`, notesAnswer, { key, text });
  transfer = (id: string, key: string, to: TransferRequest['to']) =>
    this.post(`${at(id)}/transfer`, nothing, { key, to });
  giveBack = (id: string, key: string, summary: string) =>
    this.post(`${at(id)}/return`, nothing, { key, summary });
  resolve = (id: string, key: string) => this.post(`${at(id)}/resolve`, nothing, { key });
  unmask = (id: string, key: string, reason: string) =>
    this.post(`${at(id)}/unmask`, unmaskAnswer, { key, reason });

  answers = (question: string, language: 'ko' | 'en') =>
    this.get(`answers?${new URLSearchParams({ q: question, lang: language })}`, cannedAnswers);
  agents = () => this.get('agents', agentsAnswer);
  load = () => this.get('load', loadAnswer);

  private get<T>(path: string, answer: z.ZodType<T>): Promise<T> {
    return this.call(path, answer, { method: 'GET' });
  }

  private post<T>(path: string, answer: z.ZodType<T>, body: object): Promise<T> {
    return this.call(path, answer, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [deskCsrfHeader]: this.csrf },
      body: JSON.stringify(body),
    });
  }

  private async call<T>(path: string, answer: z.ZodType<T>, request: RequestInit): Promise<T> {
    const response = await fetch(`${deskApiPath}/${path}`, { ...request, credentials: 'same-origin' }).catch(
      () => undefined,
    );
    if (response === undefined) throw new Refused('offline');
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) {
      const read = answer.safeParse(body);
      // An answer of another version of the server: this page is too old for it, or too new.
      if (!read.success) throw new Refused('unavailable');
      return read.data;
    }
    const refusal = deskError.safeParse(body);
    const code = refusal.success ? refusal.data.error.code : 'unavailable';
    if (code === 'signedOut') this.onSignedOut();
    throw new Refused(code, refusal.success ? refusal.data.error.retryAfterSeconds : undefined);
  }
}

function at(id: string): string {
  return `handoffs/${encodeURIComponent(id)}`;
}
