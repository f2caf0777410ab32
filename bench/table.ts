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
    Math.max(...[header, ...rows].map((cells) => columnsOf(cells[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        const gap = ' '.repeat(width - columnsOf(cell));
        return column === 0 ? `${cell}${gap}` : `${gap}${cell}`;
      })
      .join('  ')
      .trimEnd();
  return [title, line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join(
    '\n',
  );
}

/** Columns on a terminal: a Hangul syllable takes two. */
function columnsOf(text: string): number {
  return text.length + (text.match(/\p{Script=Hangul}/gu)?.length ?? 0);
}

/** Three significant digits, no exponent: '1234', '56.8', '0.123'. '-' for what could not be measured. */
export function figure(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '-';
  if (value === 0 || Math.abs(value) >= 100) return value.toFixed(0);
  const rounded = Number(value.toPrecision(3));
  return rounded.toFixed(2 - Math.floor(Math.log10(Math.abs(rounded))));
}

/** 'median (min–max)' */
export function spreadFigure(spread: Spread | undefined): string {
  if (spread === undefined) return '-';
  return `${figure(spread.median)} (${figure(spread.min)}–${figure(spread.max)})`;
}
