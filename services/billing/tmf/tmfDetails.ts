import { redact } from '../../redaction/redaction';
import type { BilledService, BillItem, PaymentAccount } from '../billingGateway';
import { type Krw, sumKrw } from '../krw';
import type { BillingRate, WirePaymentMethod } from './tmfShapes';

/** @throws Error for a line without an amount: half a list must not pass for a whole one */
export function billItem(wire: BillingRate): BillItem {
  return {
    name: shownText(wire.name ?? wire.description ?? ''),
    amount: amountOf(wire),
    kind: kindOf(wire.appliedBillingRateType ?? wire.type),
  };
}

/** The institution and the last four digits, and nothing else of what the carrier knows. */
export function paymentAccountOf(
  wire: WirePaymentMethod | undefined,
  service: BilledService,
): PaymentAccount {
  if (wire === undefined) return { service, kind: 'none', institution: '', lastFour: '' };
  const card = wire.cardNumber ?? wire.lastFourDigits;
  const type = `${wire['@type'] ?? ''} ${wire['@referredType'] ?? ''}`;
  if (card !== undefined || /card/i.test(type)) {
    const institution = shownText(wire.issuer ?? wire.bank ?? wire.brand ?? '');
    return { service, kind: 'card', institution, lastFour: lastFour(card) };
  }
  if (wire.accountNumber !== undefined || /bank|debit/i.test(type))
    return {
      service,
      kind: 'bank',
      institution: shownText(wire.bank ?? ''),
      lastFour: lastFour(wire.accountNumber),
    };
  return { service, kind: 'none', institution: '', lastFour: '' };
}

function amountOf(wire: BillingRate): Krw {
  if (wire.taxIncludedAmount !== undefined) return wire.taxIncludedAmount;
  const taxes = (wire.appliedTax ?? []).map(({ taxAmount }) => taxAmount);
  const told = taxes.filter((amount) => amount !== undefined);
  if (wire.taxExcludedAmount === undefined || told.length === 0 || told.length < taxes.length)
    throw new Error('a line item has no amount with tax');
  return sumKrw([wire.taxExcludedAmount, ...told]);
}

function kindOf(type: string | undefined): BillItem['kind'] {
  if (/credit/i.test(type ?? '')) return 'credit';
  return /penalty/i.test(type ?? '') ? 'penalty' : 'charge';
}

/** The carrier's words: on one line, bounded, and without another person's number. */
function shownText(text: string): string {
  const clean = redact(text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')).trim();
  return [...clean].slice(0, 60).join('');
}

/** A number with fewer than eight digits would be told nearly whole. */
function lastFour(number: string | undefined): string {
  const digits = (number ?? '').replace(/\D/g, '');
  return digits.length === 4 || digits.length >= 8 ? digits.slice(-4) : '';
}
