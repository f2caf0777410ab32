import type { Spread } from './statistics';

export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  /** As many cells as the header; the first names the row. */
  readonly rows: readonly (readonly string[])[];
}

/** The table as lines of text: first column to the left, figures to the right. */
export function alignedTable({ title, header, rows }: Table): string {
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [title, line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join(
    '\n',
  );
}

/** Three significant digits, no exponent: '1234', '56.8', '0.123'. '-' for what could not be measured. */
export function figure(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '-';
  const digits = Math.floor(Math.log10(Math.max(Math.abs(value), 0.001)));
  return value.toFixed(Math.max(0, 2 - digits));
}

/** 'median (min–max)' */
export function spreadFigure(spread: Spread | undefined): string {
  if (spread === undefined) return '-';
  return `${figure(spread.median)} (${figure(spread.min)}–${figure(spread.max)})`;
}
