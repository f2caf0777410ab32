import type { Entity } from '../intent';
import { findAmounts } from './amount';
import { findConfirmation } from './confirmation';
import { findOneTimeCodes } from './oneTimeCode';
import { findPhoneNumbers } from './phoneNumber';

const anyNumber = /[\d\uff10-\uff19공영일이삼사오육칠팔구십백천만억]|won|krw/i;

/** Everything found in a message, in order; a phone number is not also a code, nor an amount. */
export function findEntities(text: string): Entity[] {
  const entities = findConfirmation(text);
  if (!anyNumber.test(text.slice(0, 500))) return entities;
  for (const found of [...findPhoneNumbers(text), ...findAmounts(text), ...findOneTimeCodes(text)]) {
    if (!entities.some((other) => found.start < other.end && other.start < found.end)) entities.push(found);
  }
  return entities.sort((one, other) => one.start - other.start);
}
