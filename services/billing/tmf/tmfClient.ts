import { type CallPolicy, RefusedByBackEnd, TransientFailure } from '../../resilience/callPolicy';
import { traceHeaders } from '../../trace/presentWork';
import { readJson } from './jsonBody';
import type { OnTmfAlarm } from './tmfAlarm';
import type { TmfToken } from './tmfToken';

export interface TmfPage {
  readonly items: readonly unknown[];
  /** `X-Total-Count`, where the server sends it. */
  readonly total: number | undefined;
}

/** TMF630: what a server is asked for at once. It may give fewer. */
const pageSize = 100;
const maxPages = 30;

/**
 * Reads from a TM Forum API: GET only, JSON only, nothing beyond the carrier's own addresses. Error bodies are
 * thrown away unread: they may hold internals.
 */
export class TmfClient {
  constructor(
    private readonly policy: CallPolicy,
    private readonly token: TmfToken,
    private readonly onAlarm: OnTmfAlarm,
  ) {}

  /** A signal that ends with the time for one answer. */
  deadline(): AbortSignal {
    return this.policy.deadline();
  }

  /**
   * One resource.
   * @returns undefined when there is none (HTTP 404)
   */
  async resource(url: URL, deadline: AbortSignal): Promise<unknown> {
    try {
      return (await this.get(url, deadline)).body;
    } catch (error) {
      if (error instanceof RefusedByBackEnd && error.status === 404) return undefined;
      throw error;
    }
  }

  /** One page of a list; takes one request, whatever it holds. */
  async page(url: URL, offset: number, deadline: AbortSignal): Promise<TmfPage> {
    const asked = new URL(url);
    asked.searchParams.set('offset', String(offset));
    asked.searchParams.set('limit', String(pageSize));
    const { body, headers } = await this.get(asked, deadline);
    if (!Array.isArray(body)) throw new Error('the answer is not a list');
    const total = headers.get('x-total-count') ?? '';
    return { items: body, total: /^\d{1,9}$/.test(total) ? Number(total) : undefined };
  }

  /**
   * A whole list, page by page, each record once. Servers cut pages shorter than asked, leave the total out or
   * ignore `offset`; so the end is the promised total, else the first page that brings nothing new.
   * @param idOf tells records apart
   * @throws Error when the list does not come to its promised end: half a list must not pass for a whole one
   */
  async list(url: URL, idOf: (item: unknown) => string, deadline: AbortSignal): Promise<unknown[]> {
    const found = new Map<string, unknown>();
    let offset = 0;
    for (let page = 0; page < maxPages; page += 1) {
      const { items, total } = await this.page(url, offset, deadline);
      const before = found.size;
      for (const item of items) found.set(idOf(item), item);
      offset += items.length;
      const isNew = found.size > before;
      if (total === undefined ? !isNew : found.size >= total) return [...found.values()];
      if (!isNew) throw new Error(`the list ends at ${found.size} of ${total} records`);
    }
    throw new Error(`the list has more than ${maxPages} pages`);
  }

  private async get(url: URL, deadline: AbortSignal): Promise<{ body: unknown; headers: Headers }> {
    try {
      return await this.policy.repeatable(resourceOf(url), deadline, async (signal) => {
        const response = await this.ask(url, signal);
        if (response.status !== 401 || !this.token.forget()) return this.read(response);
        await discard(response);
        return this.read(await this.ask(url, signal));
      });
    } catch (error) {
      if (error instanceof RefusedByBackEnd && (error.status === 401 || error.status === 403))
        this.onAlarm({ kind: 'accessRefused', status: error.status });
      throw error;
    }
  }

  private async ask(url: URL, signal: AbortSignal): Promise<Response> {
    const authorization = await this.token.header(signal);
    const headers = {
      accept: 'application/json',
      ...traceHeaders(),
      ...(authorization === undefined ? {} : { authorization }),
    };
    return fetch(url, { headers, redirect: 'manual', signal }).catch((cause: unknown) => {
      throw new TransientFailure('the carrier was not reached', { cause });
    });
  }

  /** 200 is a full list, 206 a part of one (TMF630); a redirect is not followed, wherever it leads. */
  private async read(response: Response): Promise<{ body: unknown; headers: Headers }> {
    const { status, headers } = response;
    if (status === 200 || status === 206) return { body: await readJson(response), headers };
    await discard(response);
    if (status >= 500 || status === 429 || status === 408) throw new TransientFailure(`HTTP ${status}`);
    throw new RefusedByBackEnd(status);
  }
}

/** '…/product/line-1' → 'product': the API's own name, without anybody's id. */
function resourceOf(url: URL): string {
  return url.pathname.match(/\/([A-Za-z]+)(?:\/[^/]*)?$/)?.[1] ?? 'other';
}

async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}
