import { encode } from 'iconv-lite';

/** Bytes of a text in EUC-KR with its extension CP949. @throws Error naming a character that it cannot write */
export function eucKrLength(text: string): number {
  const bytes = encode(text, 'cp949');
  const foreign = [...text].find(
    (character) => character !== '?' && encode(character, 'cp949').toString('latin1') === '?',
  );
  if (foreign !== undefined) throw new Error(`${foreign} cannot be written in EUC-KR`);
  return bytes.length;
}
