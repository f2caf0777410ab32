const ones: ReadonlyMap<string, number> = new Map([
  ['하나', 1],
  ['한', 1],
  ['둘', 2],
  ['두', 2],
  ['셋', 3],
  ['세', 3],
  ['석', 3],
  ['넷', 4],
  ['네', 4],
  ['넉', 4],
  ['다섯', 5],
  ['여섯', 6],
  ['일곱', 7],
  ['여덟', 8],
  ['아홉', 9],
]);
const tens: ReadonlyMap<string, number> = new Map([
  ['열', 10],
  ['스물', 20],
  ['스무', 20],
  ['서른', 30],
  ['마흔', 40],
  ['쉰', 50],
  ['예순', 60],
  ['일흔', 70],
  ['여든', 80],
  ['아흔', 90],
]);
const tenWords = [...tens.keys()].join('|');
const oneWords = [...ones.keys()].join('|');
/** 하나 … 아흔아홉, and 백스물다섯. */
export const nativePattern = `(?:백\\s?)?(?:(?:${tenWords})(?:\\s?(?:${oneWords}))?|${oneWords})`;

const word = new RegExp(nativePattern, 'g');
/** What is counted: the units that 한 and 두 need, or they are 말한, 하네 and the like. */
const counter =
  /^\s?(?:건|개월|개|번째|번|명|회선|회|장|달|살|시간|시|대|통|가지|군데|곳|차례|배|자리|사람|분|주|줄|권|해|세|척|마리|종류|카드)/;
const countedEnd =
  /^\s?[가-힣]{1,3}(?:은|는|이|가|을|를|의|도|만|에|로|으로|다|예요|이에요|입니다|쯤|정도|씩|째|밖에|더)*(?![가-힣])/;
const particle =
  /^(?:은|는|이|가|을|를|와|과|의|로|으로|에|만|이나|입니다|이다|이에요|예요|요|이요|이고|부터|까지|보다)?(?![가-힣])/;
const hangul = /[가-힣]/;

/** A native Korean numeral's value: 하나 1 … 아흔아홉 99, 백스물다섯 125; undefined for anything else. */
export function readNative(text: string): number | undefined {
  const spoken = text.replace(/\s/g, '');
  const hundred = spoken.startsWith('백') ? 100 : 0;
  const rest = hundred === 0 ? spoken : spoken.slice(1);
  const ten = [...tens.keys()].find((name) => rest.startsWith(name));
  const one = ten === undefined ? rest : rest.slice(ten.length);
  if (ten === undefined && one === '') return undefined;
  const value =
    (ten === undefined ? 0 : (tens.get(ten) ?? 0)) + (one === '' ? 0 : (ones.get(one) ?? Number.NaN));
  return Number.isNaN(value) ? undefined : hundred + value;
}

/** Native numerals that count something (두 건) or stand as a word of their own (하나, 스물다섯). */
export function findNativeNumerals(text: string): { start: number; end: number; value: number }[] {
  return [...text.matchAll(word)].flatMap(({ 0: run, index }) => {
    const end = index + run.length;
    const after = text.slice(end);
    const value = readNative(run);
    if (value === undefined || hangul.test(text.charAt(index - 1))) return [];
    const counts = counter.test(after) && countedEnd.test(after);
    const stands = run.length > 1 && particle.test(after) && !/^하나도/.test(text.slice(index));
    return counts || stands ? [{ start: index, end, value }] : [];
  });
}
