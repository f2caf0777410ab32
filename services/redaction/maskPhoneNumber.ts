/**
 * '010-****-1001': the middle is hidden, everywhere the same way, so that two masks never add up to a number.
 * @param digits a phone number in any notation, also with +82
 */
export function maskPhoneNumber(digits: string): string {
  const national = digits.replace(/\D/g, '').replace(/^(?:00)?820?/, '0');
  if (national.length < 9) return '****';
  return `${national.slice(0, national.startsWith('02') ? 2 : 3)}-****-${national.slice(-4)}`;
}
