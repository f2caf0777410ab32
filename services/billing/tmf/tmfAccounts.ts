import { z } from 'zod';
import type { BilledService } from '../billingGateway';
import { serviceOf } from './tmfBills';
import type { TmfClient } from './tmfClient';
import type { TmfLine } from './tmfLines';
import { type TmfOptions, tmfUrl } from './tmfOptions';
import { type BillingAccount, billingAccount, recordId } from './tmfShapes';

/** A billing account of the proved line's customer. */
export interface TmfAccount {
  readonly id: string;
  readonly service: BilledService;
  readonly paymentMethodId: string | undefined;
}

export interface OwnAccounts {
  readonly accounts: readonly TmfAccount[];
  /** Accounts of others that came along. */
  readonly wrongOwner: number;
}

/** More than this is a company's: not for a chat with one line's holder. */
const maxAccounts = 20;

/**
 * The billing accounts (TMF666) that the proof of a line opens: the one that pays for it and, in scope
 * 'customer', all of its customer. The carrier's filter is not relied on: each account must name the customer.
 * @throws Error when there is none, or there are more than 20
 */
export async function accountsOf(
  line: TmfLine,
  client: TmfClient,
  options: Pick<TmfOptions, 'accountUrl' | 'accountScope'>,
  deadline: AbortSignal,
): Promise<OwnAccounts> {
  const wanted = options.accountScope === 'customer' ? line.customerId : undefined;
  const found =
    wanted === undefined
      ? []
      : await client.list(
          tmfUrl(options.accountUrl, 'billingAccount', { 'relatedParty.id': wanted }),
          recordId,
          deadline,
        );
  const own = found.filter((item) => names(item, wanted)).map((item) => billingAccount.parse(item));
  const { billingAccountId } = line;
  if (billingAccountId !== undefined && !own.some(({ id }) => id === billingAccountId))
    own.push(await oneAccount(billingAccountId, client, options, deadline));
  if (own.length === 0) throw new Error('the line has no billing account');
  if (own.length > maxAccounts) throw new Error(`the customer has more than ${maxAccounts} billing accounts`);
  const accounts = own.map(({ id, accountType, name, defaultPaymentMethod }) => ({
    id,
    service: serviceOf(accountType, name),
    paymentMethodId: defaultPaymentMethod?.id,
  }));
  return { accounts, wrongOwner: found.length - found.filter((item) => names(item, wanted)).length };
}

async function oneAccount(
  id: string,
  client: TmfClient,
  options: Pick<TmfOptions, 'accountUrl'>,
  deadline: AbortSignal,
): Promise<BillingAccount> {
  const url = tmfUrl(options.accountUrl, `billingAccount/${encodeURIComponent(id)}`);
  const account = billingAccount.parse(await client.resource(url, deadline));
  if (account.id !== id) throw new Error('another account was answered than asked for');
  return account;
}

const parties = z.object({ relatedParty: billingAccount.shape.relatedParty });

function names(item: unknown, customerId: string | undefined): boolean {
  const read = parties.safeParse(item);
  return read.success && (read.data.relatedParty ?? []).some(({ id }) => id === customerId);
}
