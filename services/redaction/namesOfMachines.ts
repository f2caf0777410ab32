/**
 * What was drawn at random or measured by a machine: names of conversations and traces, digests, fractions of a second.
 * One in some thousand holds a possible number by chance, and a name that was masked would name nothing any more. A name
 * needs a letter, so that nobody's digits pass as one.
 */
export const namesOfMachines = new RegExp(
  [
    String.raw`(?<![A-Za-z0-9])(?=[\d-]{0,35}[a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![A-Za-z0-9])`,
    String.raw`(?<![A-Za-z0-9])(?=\d{0,63}[a-f])[0-9a-f]{64}(?![A-Za-z0-9])`,
    String.raw`(?<![A-Za-z0-9])(?=\d{0,35}[a-f])[0-9a-f]{36}(?![A-Za-z0-9])`,
    String.raw`(?<![A-Za-z0-9])(?=\d{0,31}[a-f])[0-9a-f]{32}(?:-[0-9a-f]{16})?(?![A-Za-z0-9])`,
    String.raw`(?<![\d.])0\.\d{9,17}(?![\d.])`,
  ].join('|'),
  'gi',
);
