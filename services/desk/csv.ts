/** A byte order mark, because Excel reads Korean as gibberish without one. */
const byteOrderMark = '\uFEFF';

/**
 * Lines of comma-separated values (RFC 4180) that no spreadsheet takes for formulas: every field is quoted, and one
 * that begins like a formula gets an apostrophe before it (OWASP ASVS 1.2.10).
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `${byteOrderMark}${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}

function field(value: string | number): string {
  if (typeof value === 'number') return `"${value}"`;
  // Spreadsheets look past blanks and invisible characters, and know the full-width signs.
  const isFormula = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u.test(value);
  return `"${isFormula ? "'" : ''}${value.replaceAll('\0', '').replaceAll('"', '""')}"`;
}
