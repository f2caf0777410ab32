import type { Spread } from './statistics';
import type { SizeCost } from './storedMeasure';
import type { NotifyCost } from './storedNotify';
import type { TableBytes } from './storedPostgres';
import { kinds } from './storedTurnCost';
import { figure, spreadFigure, type Table } from './table';

export interface StoreFigures {
  readonly store: string;
  readonly sizes: readonly SizeCost[];
}

const kindNames = {
  faq: 'a question answered',
  number: 'a number given, a code sent',
  code: 'the code given, the balance shown',
} as const;

export function sizeTables(stores: readonly StoreFigures[]): Table[] {
  return stores.flatMap((one) => [turnTable(one), upkeepTable(one)]);
}

function turnTable({ store, sizes }: StoreFigures): Table {
  return {
    title: `${store}: one turn, µs; "x" is to the smallest size`,
    header: [
      'Conversations',
      'median',
      'p95',
      'CPU here',
      'CPU server',
      'log bytes',
      'stored bytes',
      'median x',
      'CPU x',
    ],
    rows: kinds.flatMap((kind) => [
      [kindNames[kind], '', '', '', '', '', '', '', ''],
      ...sizes.map(({ conversations, turns }) => {
        const cost = turns[kind];
        return [
          `  ${conversations.toLocaleString('en')}`,
          figure(cost.medianMicros),
          figure(cost.p95Micros),
          figure(cost.cpuHereMicros),
          figure(cost.cpuServerMicros),
          figure(cost.walBytes),
          figure(cost.storedBytes),
          figure(cost.timesMedian),
          figure(cost.timesCpu),
        ];
      }),
    ]),
  };
}

function upkeepTable({ store, sizes }: StoreFigures): Table {
  return {
    title: `${store}: on disk, and what runs beside turns, ms`,
    header: [
      'Conversations',
      'bytes each',
      'claim 50 entries',
      'next due',
      'pending',
      'claim pending',
      'sweep of a batch',
      'sweep of nothing',
    ],
    rows: sizes.map((size) => [
      size.conversations.toLocaleString('en'),
      figure(size.bytesPerConversation),
      figure(size.claimOutboxMs),
      figure(size.nextDueMs),
      figure(size.pendingConversationsMs),
      figure(size.claimPendingMs),
      figure(size.sweepBatchMs),
      figure(size.sweepNothingMs),
    ]),
  };
}

/** @param conversations that the tables hold */
export function bytesTable(tables: readonly TableBytes[], conversations = 0): Table {
  return {
    title: `PostgreSQL: tables of ${conversations.toLocaleString('en')} conversations, with their indexes`,
    header: ['Table', 'rows', 'MB', 'bytes a row'],
    rows: tables.map(({ table, rows, bytes }) => [
      table,
      rows.toLocaleString('en'),
      figure(bytes / 1e6),
      figure(bytes / rows),
    ]),
  };
}

/** @param flushMs of the disk, just before */
export function notifyTable(costs: readonly NotifyCost[], flushMs: Spread): Table {
  return {
    title: `PostgreSQL: what NOTIFY costs, two commits a turn; the disk flushes a page in ${spreadFigure(flushMs)} ms`,
    header: ['Connections', 'announced', 'commits/s', 'x without', 'CPU server µs/turn'],
    rows: costs.map(({ connections, name, commitsPerSecond, timesSilent, cpuServerMicrosPerTurn }) => [
      String(connections),
      name,
      spreadFigure(commitsPerSecond),
      spreadFigure(timesSilent),
      figure(cpuServerMicrosPerTurn),
    ]),
  };
}
