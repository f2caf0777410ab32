import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const portOneSecret = 'secret-for-tests-0123456789';
export const portOneStore = 'store-00000000-0000-4000-8000-000000000001';
export const portOneChannel = 'channel-key-00000000-0000-4000-8000-000000000002';

const at = '2026-11-22T08:20:00.000Z';

/** A verified one as PortOne documents it (`VerifiedIdentityVerification`); the person is invented. */
export function aVerification(id: string, parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    status: 'VERIFIED',
    id,
    channel: {
      type: 'LIVE',
      id: 'channel-id-1',
      key: portOneChannel,
      name: 'identity',
      pgProvider: 'DANAL',
      pgMerchantId: 'merchant',
    },
    verifiedCustomer: {
      id: 'customer-1',
      name: '홍길동',
      birthDate: '1958-03-01',
      gender: 'MALE',
      isForeigner: false,
      ci: 'Q0ktb2YtYW4taW52ZW50ZWQtcGVyc29u',
      di: 'RElvZmFuaW52ZW50ZWRwZXJzb24',
    },
    requestedAt: at,
    updatedAt: at,
    statusChangedAt: at,
    verifiedAt: at,
    pgTxId: 'tx-1',
    pgRawResponse: '{"RETURNCODE":"0000"}',
    version: 'V2',
    ...parts,
  };
}

export function anUnfinished(id: string, status: 'READY' | 'FAILED'): Record<string, unknown> {
  const { verifiedCustomer: _, verifiedAt: __, pgRawResponse: ___, ...common } = aVerification(id);
  const failure = { reason: '사용자가 인증을 취소하였습니다.', pgCode: 'C001', pgMessage: '취소' };
  return { ...common, status, requestedCustomer: {}, ...(status === 'FAILED' ? { failure } : {}) };
}

type Misbehaviour = (res: ServerResponse) => void;

/**
 * PortOne's REST API V2 as far as `GET /identity-verifications/{id}` goes: its header, its query, its errors
 * (`{type, message}`). It can be told to misbehave.
 */
export class PortOneServer {
  readonly verifications = new Map<string, Record<string, unknown>>();
  readonly requests: { method: string; url: string }[] = [];
  /** One for each of the next requests; then it behaves again. */
  readonly misbehaviours: Misbehaviour[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {
    server.on('request', (req, res) => this.answer(req, res));
  }

  static async open(): Promise<PortOneServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new PortOneServer(server, `http://127.0.0.1:${port}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(req: IncomingMessage, res: ServerResponse): void {
    const url = new URL(req.url ?? '/', this.url);
    this.requests.push({ method: req.method ?? '', url: req.url ?? '' });
    const misbehave = this.misbehaviours.shift();
    if (misbehave !== undefined) {
      misbehave(res);
      return;
    }
    const [status, body] = this.answerTo(req, url);
    json(res, status, body);
  }

  private answerTo(req: IncomingMessage, url: URL): [number, unknown] {
    const id = decodeURIComponent(/^\/identity-verifications\/([^/]+)$/.exec(url.pathname)?.[1] ?? '');
    if (req.method !== 'GET' || id === '') return [404, { type: 'NOT_FOUND' }];
    if (req.headers.authorization !== `PortOne ${portOneSecret}`)
      return [401, { type: 'UNAUTHORIZED', message: '인증 정보가 올바르지 않습니다.' }];
    if (url.searchParams.get('storeId') !== portOneStore)
      return [403, { type: 'FORBIDDEN', message: '요청이 거절되었습니다.' }];
    const found = this.verifications.get(id);
    return found === undefined
      ? [404, { type: 'IDENTITY_VERIFICATION_NOT_FOUND', message: '존재하지 않습니다.' }]
      : [200, found];
  }
}

export function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}
