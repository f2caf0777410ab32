import type { Entity } from '../intent';
import { findAmounts } from './amount';
import { findConfirmation } from './confirmation';
import { findCounts } from './count';
import { findDateTimeEntities } from './dateTime';
import { findOneTimeCodes } from './oneTimeCode';
import { findOrdinals } from './ordinal';
import { findPercentages } from './percent';
import { findPhoneNumbers } from './phoneNumber';

const anyNumber = /[\d\uff10-\uff19공영일이삼사오육칠팔구십백천만억]|won|krw/i;
const anyCount = /[건개번명회대통가군카]/;
const anyPercent = /[%％퍼프]/;
const anyOrdinal = /째|등|첫|처음/;

/**
 * Everything found in a message, in order, none overlapping: a phone number is not also a code, nor an amount.
 * @param nowMs epoch ms; without it relative dates (내일, 지난달) are left out
 */
export function findEntities(text: string, nowMs?: number): Entity[] {
  const entities = findConfirmation(text);
  const start = text.slice(0, 500);
  const numbers = anyNumber.test(start);
  const candidates = [
    ...(numbers ? [...findPhoneNumbers(text), ...findAmounts(text), ...findOneTimeCodes(text)] : []),
    ...(anyPercent.test(start) ? findPercentages(text) : []),
    ...findDateTimeEntities(text, nowMs),
    ...(anyOrdinal.test(start) ? findOrdinals(text) : []),
    ...(anyCount.test(start) ? findCounts(text) : []),
  ];
  for (const found of candidates) {
    if (!entities.some((other) => found.start < other.end && other.start < found.end)) entities.push(found);
  }
  return entities.sort((one, other) => one.start - other.start);
}
