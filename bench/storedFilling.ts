import { firstHash, streamsOf } from '../services/journal/journal';
import type { Filling } from './storedDatabase';
import { conversationIdOf, filledMiddle, filledPrefix, scatter } from './storedTurn';

/** The conversation that said hello and went, and the one that saw its balance. */
export const helloTemplate = 0;
export const balanceTemplate = 1;
/** The first number that is not a template. */
export const firstFilled = 2;
/** One conversation in so many saw its balance. */
export const balanceEvery = 20;

/** How the two databases say the same. */
export interface Dialect {
  /** A number as 8 hexadecimal digits. */
  hex8(expression: string): string;
  /** A number as 12 digits. */
  digits12(expression: string): string;
  /** Whether a text holds another. */
  holds(text: string, part: string): string;
  /** What a key is found by, beside itself; undefined when by itself. */
  hash?(key: string): string;
  /** Between the columns' names and SELECT. */
  readonly overriding: string;
  /** Numbers from `first` to `last`, as a query with the column n. */
  numbers(first: number, last: number): string;
}

export const filledTables = ['conversation', 'inbox', 'activity_log', 'record', 'outbox', 'journal'] as const;
export type FilledTable = (typeof filledTables)[number];

/**
 * Statements that copy the templates, all columns that are not a key as they are: so a filled conversation has the
 * shape of one that was written through the store, whatever columns a later version adds.
 * @param columns of each table
 * @param firstId of the first conversation's row
 */
export function fillingSql(
  dialect: Dialect,
  columns: Readonly<Record<FilledTable, readonly string[]>>,
  filling: Filling,
  firstId: number,
): string[] {
  const { from, count, ageMs = 0, balances } = filling;
  const id = `${dialect.hex8(`(n * ${scatter}) % 4294967296`)} || '${filledMiddle}' || ${dialect.digits12('n')}`;
  const template = balances
    ? `CASE WHEN n % ${balanceEvery} = 1 THEN ${balanceTemplate} ELSE ${helloTemplate} END`
    : `${helloTemplate}`;
  const was = `CASE template WHEN ${helloTemplate} THEN '${bareId(helloTemplate)}' ELSE '${bareId(balanceTemplate)}' END`;
  const renamed = (column: string) => `replace(t.${column}, f.was, f.id)`;
  const hashed = (expression: string): Record<string, string> =>
    dialect.hash === undefined ? {} : { key_hash: dialect.hash(expression) };
  const codeKey = `'sms/code/' || substr(f.id, 1, 8) || '-fill-' || substr(f.id, ${conversationIdOf(0).length - filledPrefix.length - 7})`;
  const streams = streamsOf('audit').length;
  const stream = `'audit/' || ((f.n / ${balanceEvery}) % ${streams})`;
  const inTables: Record<FilledTable, Record<string, string>> = {
    conversation: {
      id: `${firstId} + f.n - ${from}`,
      key: renamed('key'),
      conversation_id: renamed('conversation_id'),
      ...hashed(renamed('key')),
    },
    inbox: { conversation: `${firstId} + f.n - ${from}` },
    activity_log: { conversation: `${firstId} + f.n - ${from}` },
    record: { key: renamed('key'), ...hashed(renamed('key')) },
    outbox: { key: codeKey, ...hashed(codeKey) },
    journal: {
      stream,
      seq: `h.last_seq + row_number() OVER (PARTITION BY h.stream ORDER BY f.n, t.seq)`,
    },
  };
  const copy = (table: FilledTable, join: string) => {
    const named = columns[table].filter((column) => column !== 'id' || table === 'conversation');
    const value = (column: string) => {
      const written = inTables[table][column];
      if (written !== undefined) return written;
      const moves = [
        'created_at_ms',
        'active_at_ms',
        'received_at_ms',
        'done_at_ms',
        'expires_at_ms',
      ].includes(column);
      return moves ? `t.${column} - ${ageMs}` : `t.${column}`;
    };
    return `INSERT INTO ${table} (${named.join(', ')}) ${dialect.overriding}
      SELECT ${named.map(value).join(', ')} FROM ${side}.filling f JOIN ${side}.template_${table} t ON t.template = f.template ${join}
      ORDER BY f.n`;
  };
  return [
    `DELETE FROM ${side}.filling`,
    `INSERT INTO ${side}.filling (n, id, template) SELECT n, ${id}, ${template} FROM (${dialect.numbers(from, from + count - 1)}) AS numbers`,
    `UPDATE ${side}.filling SET was = ${was}`,
    ...(['conversation', 'inbox', 'activity_log', 'record', 'outbox'] as const).map((table) =>
      copy(table, ''),
    ),
    copy('journal', `JOIN journal_stream h ON h.stream = ${stream}`),
    `UPDATE journal_stream SET last_seq = (SELECT max(seq) FROM journal WHERE journal.stream = journal_stream.stream)
     WHERE EXISTS (SELECT 1 FROM journal WHERE journal.stream = journal_stream.stream)`,
  ];
}

/** Where the templates lie, apart from the tables that are measured. */
export const side = 'side';

/** Statements that set the templates aside, while there is nothing else. */
export function templateSql(dialect: Dialect): string[] {
  const both = `SELECT ${helloTemplate} AS template UNION ALL SELECT ${balanceTemplate}`;
  const id = `CASE template WHEN ${helloTemplate} THEN '${bareId(helloTemplate)}' ELSE '${bareId(balanceTemplate)}' END`;
  const setAside = (table: FilledTable, from: string) =>
    `CREATE TABLE ${side}.template_${table} AS SELECT ${table}.*, template FROM (${both}) AS templates JOIN ${from}`;
  const owner = `conversation ON ${dialect.holds('conversation.key', id)}`;
  return [
    `CREATE TABLE ${side}.filling (n BIGINT PRIMARY KEY, id TEXT, template BIGINT, was TEXT)`,
    setAside('conversation', owner),
    setAside('inbox', `${owner} JOIN inbox ON inbox.conversation = conversation.id`),
    setAside('activity_log', `${owner} JOIN activity_log ON activity_log.conversation = conversation.id`),
    // What was deleted and is not removed yet is gone within the hour.
    setAside('record', `record ON ${dialect.holds('record.key', id)} AND record.expires_at_ms > 0`),
    setAside('outbox', `outbox ON template = ${balanceTemplate}`),
    setAside('journal', `journal ON template = ${balanceTemplate}`),
    ...streamsOf('audit').map(
      (stream) => `INSERT INTO journal_stream (stream, last_seq, last_hash)
        VALUES ('${stream}', 0, '${firstHash}') ON CONFLICT (stream) DO NOTHING`,
    ),
  ];
}

/** What is left of a conversation's id without the word before it. */
function bareId(n: number): string {
  return conversationIdOf(n).slice(filledPrefix.length);
}
