import { createHmac } from 'node:crypto';
import type { Gateway, Received } from './gateway';

export const apiKey = 'NCSAYU7YDBXYORXC';
export const apiSecret = 'FLLTVLAPPWQBGHBBPHDRKXLPKX2LYVJY';

/**
 * Sends the SDK's calls to a local server: it knows one address only, `https://api.solapi.com`. What the SDK makes of
 * a request and of an answer stays its own.
 * @returns undoes it
 */
export function redirectSolapi(gateway: Gateway): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    return original(url.replace(/^https:\/\/api\.solapi\.com(?=\/)/, gateway.url), init);
  };
  return () => {
    globalThis.fetch = original;
  };
}

/**
 * Checks the header as SOLAPI documents it: `HMAC-SHA256 apiKey=…, date=<ISO 8601>, salt=<12 to 64 characters>,
 * signature=<hex HMAC-SHA-256 of date and salt>`, at most 15 minutes old, no signature twice.
 */
export function isSigned({ headers }: Received, used: Set<string>, nowMs = Date.now()): boolean {
  const header = /^HMAC-SHA256 apiKey=(\w+), date=([^,]+), salt=([^,]{12,64}), signature=([\da-f]{64})$/;
  const [, key, date = '', salt = '', signature = ''] = header.exec(headers.authorization ?? '') ?? [];
  const expected = createHmac('sha256', apiSecret)
    .update(date + salt)
    .digest('hex');
  const fresh = Math.abs(nowMs - Date.parse(date)) < 15 * 60_000 && !used.has(signature);
  used.add(signature);
  return key === apiKey && signature === expected && fresh;
}

const nothing = { requested: 0, replacement: 0, refund: 0, sum: 0 };

/** The documented answer of `POST /messages/v4/send-many/detail` for one message that was taken, or was not. */
export function detailAnswer(registered: 'taken' | 'refused', request?: Received): string {
  const failed = registered === 'refused' ? 1 : 0;
  const { to = '', from = '' } = Object(JSON.parse(request?.body ?? '{}')).messages?.[0] ?? {};
  return JSON.stringify({
    failedMessageList: registered === 'taken' ? [] : [failedMessage(to, from)],
    groupInfo: {
      count: {
        total: 1,
        sentTotal: 0,
        sentFailed: 0,
        sentSuccess: 0,
        sentPending: 0,
        sentReplacement: 0,
        refund: 0,
        registeredFailed: failed,
        registeredSuccess: 1 - failed,
      },
      countForCharge: {},
      balance: nothing,
      point: nothing,
      app: { profit: {}, appId: null },
      log: [],
      status: registered === 'taken' ? 'SENDING' : 'FAILED',
      allowDuplicates: false,
      isRefunded: false,
      accountId: '21090000000000',
      masterAccountId: null,
      apiVersion: '4',
      groupId: 'G4V20261122082000ABCDEFGHIJKLMNO',
      price: {},
      dateCreated: '2026-11-22T08:20:00.000Z',
      dateUpdated: '2026-11-22T08:20:00.000Z',
    },
  });
}

function failedMessage(to: string, from: string): object {
  return {
    to,
    from,
    type: 'SMS',
    statusMessage: '수신번호가 올바르지 않습니다.',
    country: '82',
    messageId: 'M4V20261122082000ABCDEFGHIJKLMNO',
    statusCode: '1025',
    accountId: '21090000000000',
  };
}
