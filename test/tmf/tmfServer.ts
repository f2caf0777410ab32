import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json, TmfData } from './tmfLedger';

/** How a back end goes wrong (fault F40). Applies to requests for `on`; all others are served as they should be. */
export type Misbehaviour =
  | {
      readonly kind: 'hang' | 'html' | 'halfJson' | 'object' | 'endless' | 'samePage' | 'oversize' | 'cutOff';
    }
  | { readonly kind: 'status'; readonly status: number; readonly times?: number }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Serves these records to every question, whoever is asked for. */
  | { readonly kind: 'records'; readonly records: readonly Json[] }
  /** Knows no filter: gives everything there is. */
  | { readonly kind: 'unfiltered' };

export interface ServedRequest {
  readonly method: string;
  readonly resource: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

const bases: Record<keyof TmfData, string> = {
  customerBill: '/tmf-api/customerBillManagement/',
  appliedCustomerBillingRate: '/tmf-api/customerBillManagement/',
  billingAccount: '/tmf-api/accountManagement/',
  product: '/tmf-api/productInventory/',
  payment: '/tmf-api/payment/',
  paymentMethod: '/tmf-api/paymentMethod/',
};

/** A carrier's TM Forum system on loopback: TMF678, 666, 637, 676 and 670, with paging as TMF630 has it. */
export class TmfServer {
  readonly requests: ServedRequest[] = [];
  /** Records given at once, whatever the caller asks for. */
  pageSize = 2;
  /** `X-Total-Count` and `X-Result-Count`. */
  countHeaders = true;
  /** Tokens that are taken; everything is, when undefined. */
  token: string | undefined;
  misbehaviour: (Misbehaviour & { readonly on?: keyof TmfData; done?: number }) | undefined;
  /** Tokens handed out at `/token`, the next first. */
  readonly tokens: { readonly access_token: string; readonly expires_in?: number }[] = [];

  private readonly server: Server;
  private readonly hanging = new Set<ServerResponse>();

  constructor(public data: TmfData) {
    this.server = createServer((req, res) => this.serve(req, res));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  async close(): Promise<void> {
    for (const res of this.hanging) res.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** How often a resource was asked for. */
  asked(resource: string): number {
    return this.requests.filter((request) => request.resource === resource).length;
  }

  private serve(req: IncomingMessage, res: ServerResponse): void {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const { authorization } = req.headers;
    if (url.pathname === '/token') {
      this.giveToken(req, res);
      return;
    }
    const found = resourceOf(url.pathname);
    this.requests.push({
      method: req.method ?? '',
      resource: found?.resource ?? url.pathname,
      query: url.searchParams,
      authorization,
    });
    if (found === undefined || req.method !== 'GET') {
      sendError(res, found === undefined ? 404 : 405);
      return;
    }
    if (this.token !== undefined && authorization !== `Bearer ${this.token}`) {
      sendError(res, 401);
      return;
    }
    const { misbehaviour } = this;
    if (misbehaviour !== undefined && (misbehaviour.on ?? 'customerBill') === found.resource) {
      if (this.misbehave(res, misbehaviour, found, url.searchParams)) return;
    }
    this.answer(res, this.data[found.resource], found.id, url.searchParams);
  }

  private answer(
    res: ServerResponse,
    all: readonly Json[],
    id: string | undefined,
    query: URLSearchParams,
  ): void {
    if (id !== undefined) {
      const one = all.find((item) => item.id === id);
      sendJson(res, one === undefined ? 404 : 200, one ?? {});
      return;
    }
    this.sendPage(
      res,
      all.filter((item) => fits(item, query)),
      query,
    );
  }

  private sendPage(res: ServerResponse, all: readonly Json[], query: URLSearchParams): void {
    const offset = Number(query.get('offset') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? this.pageSize), this.pageSize);
    const page = all.slice(offset, offset + limit);
    if (this.countHeaders) {
      res.setHeader('X-Total-Count', all.length);
      res.setHeader('X-Result-Count', page.length);
    }
    sendJson(res, page.length < all.length ? 206 : 200, page);
  }

  /** @returns whether the request is answered */
  private misbehave(
    res: ServerResponse,
    misbehaviour: NonNullable<TmfServer['misbehaviour']>,
    { resource, id }: { resource: keyof TmfData; id: string | undefined },
    query: URLSearchParams,
  ): boolean {
    switch (misbehaviour.kind) {
      case 'hang':
        this.hanging.add(res);
        return true;
      case 'html':
        send(res, 200, { 'content-type': 'text/html' }, '<html><body>점검 중</body></html>');
        return true;
      case 'halfJson':
        send(res, 200, { 'content-type': 'application/json' }, '[{"id":"CB-1","remainingAmo');
        return true;
      case 'cutOff':
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        res.write('[{"id":', () => res.destroy());
        return true;
      case 'object':
        sendJson(res, 200, { message: 'internal detail of the carrier' });
        return true;
      case 'oversize':
        sendJson(res, 200, [{ id: 'CB-1', padding: 'x'.repeat(3 * 1_024 * 1_024) }]);
        return true;
      case 'endless': {
        const offset = Number(query.get('offset') ?? 0);
        const account = query.get('billingAccount.id');
        sendJson(res, 206, [{ id: `CB-${offset}`, billingAccount: { id: account } }]);
        return true;
      }
      case 'samePage': {
        const [first] = this.data[resource].filter((item) => fits(item, query));
        res.setHeader('X-Total-Count', 50);
        sendJson(res, 206, [first]);
        return true;
      }
      case 'status': {
        misbehaviour.done = (misbehaviour.done ?? 0) + 1;
        if (misbehaviour.done > (misbehaviour.times ?? Number.POSITIVE_INFINITY)) return false;
        sendError(res, misbehaviour.status);
        return true;
      }
      case 'redirect':
        send(res, 302, { location: misbehaviour.to }, '');
        return true;
      case 'records':
        this.answer(res, misbehaviour.records, id, new URLSearchParams(pagingOf(query)));
        return true;
      case 'unfiltered':
        this.answer(res, this.data[resource], id, new URLSearchParams(pagingOf(query)));
        return true;
    }
  }

  private giveToken(req: IncomingMessage, res: ServerResponse): void {
    this.requests.push({
      method: req.method ?? '',
      resource: 'token',
      query: new URLSearchParams(),
      authorization: req.headers.authorization,
    });
    const next = this.tokens.shift();
    if (next === undefined) {
      sendError(res, 400);
      return;
    }
    this.token = next.access_token;
    sendJson(res, 200, { ...next, token_type: 'Bearer' });
  }
}

function resourceOf(path: string): { resource: keyof TmfData; id: string | undefined } | undefined {
  for (const resource of Object.keys(bases) as (keyof TmfData)[]) {
    const match = new RegExp(`^${bases[resource]}v[45]/${resource}(?:/([^/]+))?$`).exec(path);
    if (match !== null)
      return { resource, id: match[1] === undefined ? undefined : decodeURIComponent(match[1]) };
  }
  return undefined;
}

/** TMF630's filters, as far as they are used: 'a.b=c', through arrays. */
function fits(item: Json, query: URLSearchParams): boolean {
  const filters = [...query].filter(([name]) => !['offset', 'limit', 'fields', 'sort'].includes(name));
  return filters.every(([name, wanted]) => valuesAt(item, name.split('.')).includes(wanted));
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  return typeof value === 'object' && value !== null ? valuesAt(Object(value)[head], rest) : [];
}

function pagingOf(query: URLSearchParams): [string, string][] {
  return [...query].filter(([name]) => name === 'offset' || name === 'limit');
}

/** TMF630's error body: never shown to a customer. */
function sendError(res: ServerResponse, status: number): void {
  sendJson(res, status, {
    '@type': 'Error',
    code: String(status),
    reason: 'ORA-00942: table BILL_OWNER does not exist',
    status: String(status),
  });
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  send(res, status, { 'content-type': 'application/json;charset=utf-8' }, JSON.stringify(body));
}

/** Not chained: a web framework that is loaded beside may have wrapped `writeHead`. */
function send(res: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  res.writeHead(status, headers);
  res.end(body);
}
