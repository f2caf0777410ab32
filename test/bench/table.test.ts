import { alignedTable, figure, spreadFigure } from '../../bench/table';

describe('the table of a benchmark', () => {
  it('puts names to the left and figures to the right, Hangul two columns wide', () => {
    const table = {
      title: 'Turns',
      header: ['', 'ms'],
      rows: [
        ['내 요금', '1.00'],
        ['a longer name', '12'],
      ],
    };
    expect(alignedTable(table).split('\n')).toEqual([
      'Turns',
      '                 ms',
      '-------------  ----',
      '내 요금        1.00',
      'a longer name    12',
    ]);
  });

  it.each([
    [1234.4, '1234'],
    [56.78, '56.8'],
    [9.999, '10.0'],
    [99.99, '100'],
    [1, '1.00'],
    [0.1234, '0.123'],
    [0, '0'],
    [undefined, '-'],
    [Number.NaN, '-'],
  ])('writes %p as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('writes a spread as median and range', () => {
    expect(spreadFigure({ median: 2, min: 1, max: 3.456 })).toBe('2.00 (1.00–3.46)');
    expect(spreadFigure(undefined)).toBe('-');
  });
});
