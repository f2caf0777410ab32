import { digitText } from '../../services/redaction/digitText';
import { personalSpans } from '../../services/redaction/personalSpans';

export type TraceKind = 'residentNumber' | 'phoneNumber' | 'cardNumber' | 'email' | 'token' | 'code' | 'name';

/** Kinds that were found, each with the shape of the first find: letters and digits made unreadable. */
export type Traces = ReadonlyMap<TraceKind, string>;
type Finds = Map<TraceKind, string>;

/** What a scan knows beforehand, because no pattern tells it: names, and the one-time codes that were sent. */
export interface KnownPersons {
  readonly codes: ReadonlySet<string>;
  readonly names: readonly string[];
}

/** Numbers that look personal and are nobody's. Whole matches only. */
const nobodys = new Set([
  // The example in the field for the phone number, part of its card.
  '010-0000-0000',
  // A channel's own sequence number, of a test that numbers in channel data come back as they were.
  '1801014567890',
]);

/**
 * The links to the identity agency and to a calendar file stand in the customer's own transcript, from which their page
 * shows them. Their tokens are encrypted, name nobody and end soon; anywhere else they are a finding.
 */
const ownLinks = /((?:\/identity\/start|\/reminders\/calendar\.ics)\?t=)[\w.-]+/g;

/** A measured value in the Prometheus text format. */
const sample = /^([a-z_]+(?:\{.*\})? )\d+\.\d+(?:e[+-]\d+)?$/gm;

const grouped = /^\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}$/;
const codeLike = /(?<![\w.,%-])(?:\d{6}|\d{8})(?![\w,%-]|\.\d)/g;
const encodedWord = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}={0,2}/g;
const percentWord = /[\w.~+%-]*%[0-9A-Fa-f]{2}[\w.~+%-]*/g;
const deepest = 4;

/** Which kinds of personal data a text holds: as it stands, inside JSON, and in base64 or URL encoding. */
export function personalTraces(text: string, known: KnownPersons): Traces {
  return new TraceSearch(known).tracesIn(text);
}

/** Words and sentences that come again in every conversation; what is longer seldom comes twice. */
const mostRemembered = 500_000;
const longestRemembered = 500;

/** `personalTraces` in many texts, of which much is the same. */
export class TraceSearch {
  /** How deep a text was searched in which nothing was found. */
  private readonly harmless = new Map<string, number>();

  constructor(private readonly known: KnownPersons) {}

  tracesIn(text: string): Traces {
    const found: Finds = new Map();
    this.search(text, found, deepest);
    return found;
  }

  private search(text: string, found: Finds, levels: number): void {
    if (text === '' || levels <= (this.harmless.get(text) ?? 0)) return;
    const json = parsed(text);
    if (json !== undefined) {
      for (const leaf of leaves(json)) this.search(leaf, found, levels - 1);
      return;
    }
    const lines = text.split('\n');
    if (lines.length > 1 && lines.some((line) => parsed(line) !== undefined)) {
      for (const line of lines) this.search(line, found, levels);
      return;
    }
    look(text, this.known, found);
    for (const word of [
      ...decoded(text, encodedWord, fromBase64),
      ...decoded(text, percentWord, fromPercent),
    ])
      this.search(word, found, levels - 1);
    // Once something is found, another of its kind would go unnoticed.
    if (found.size === 0) this.remember(text, levels);
  }

  private remember(text: string, levels: number): void {
    if (text.length <= longestRemembered && this.harmless.size < mostRemembered)
      this.harmless.set(text, levels);
  }
}

/**
 * For bytes that are no text, such as a database's free pages: only what cannot be chance, a mobile number or a
 * resident registration number in plain digits.
 */
export function tracesInBytes(bytes: Buffer): Traces {
  const text = bytes.toString('latin1');
  const found: Finds = new Map();
  for (const [number] of text.matchAll(/(?<![\w-])01[016789]-?\d{3,4}-?\d{4}(?![\w-])/g)) {
    if (!nobodys.has(number)) add(found, 'phoneNumber', number);
  }
  const resident = /(?<![\w-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}(?![\w-])/.exec(text);
  if (resident !== null) add(found, 'residentNumber', resident[0]);
  return found;
}

function look(text: string, { codes, names }: KnownPersons, found: Finds): void {
  const folded = digitText(text.replace(ownLinks, '$1').replace(sample, '$1')).text;
  for (const { start, end, detector } of personalSpans(folded)) {
    const match = folded.slice(start, end);
    if (nobodys.has(match)) continue;
    const around = folded.slice(Math.max(0, start - 12), end + 12);
    if (detector === 'accountNumber' && grouped.test(match)) add(found, 'cardNumber', around);
    if (detector !== 'accountNumber' && detector !== 'oneTimeCode') add(found, detector, around);
  }
  for (const [code] of folded.matchAll(codeLike)) if (codes.has(code)) add(found, 'code', code);
  const name = names.find((one) => text.normalize('NFC').includes(one));
  if (name !== undefined) add(found, 'name', name);
}

function add(found: Finds, kind: TraceKind, text: string): void {
  if (found.has(kind)) return;
  const shape = text
    .replace(/[A-Z]/g, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? letter : 'a'))
    .replace(/\p{N}/gu, '9');
  found.set(kind, shape.length > 80 ? `${shape.slice(0, 80)}…` : shape);
}

/** Objects and lists only: a bare number is text like any other. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Epoch ms of 2020 to 2039: some of them have the digits of a resident number, which is never stored as a number. */
export function isMoment(value: number | bigint): boolean {
  return value >= 1_577_836_800_000 && value < 2_208_988_800_000;
}

/** Keys and values. Numbers with a fraction are measurements. */
function* leaves(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number') {
    if (Number.isInteger(value) && !isMoment(value)) yield String(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) yield key;
      yield* leaves(inner);
    }
  }
}

function decoded(text: string, pattern: RegExp, decode: (word: string) => string | undefined): string[] {
  return [...text.matchAll(pattern)].flatMap(([word]) => decode(word) ?? []);
}

function fromBase64(word: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(word, 'base64'));
    return /^[^\p{Cc}\p{Cn}\p{Co}]{6,}$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function fromPercent(word: string): string | undefined {
  try {
    const text = decodeURIComponent(word.replace(/\+/g, ' '));
    return text === word ? undefined : text;
  } catch {
    return undefined;
  }
}
