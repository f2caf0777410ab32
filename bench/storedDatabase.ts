import type { TurnStore } from '../services/turn/turnStore';

/** What a fill adds: conversations that are held already, as many as `count`. */
export interface Filling {
  /** Number of the first; see `conversationIdOf`. */
  readonly from: number;
  readonly count: number;
  /** How long ago they ended, ms. */
  readonly ageMs?: number;
  /** Whether one in twenty saw their balance; else all said hello and went. */
  readonly balances: boolean;
}

/** CPU time so far, ms. */
export interface CpuTime {
  /** This process. */
  readonly hereMs: number;
  /** The server's processes; undefined where there are none, or the system does not tell. */
  readonly serverMs: number | undefined;
}

/** Of this process, ms. */
export function cpuHereMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** A database that is measured, with a store on it. */
export interface StoredDatabase {
  readonly name: string;
  /** Where all its files are. */
  readonly folder: string;
  /** @param claimMs see `PostgresTurnStoreOptions` */
  open(claimMs?: number): Promise<TurnStore>;
  /** With SQL, while no store is open. The conversations 0 and 1 must be there: all others are copies of them. */
  fill(filling: Filling): Promise<void>;
  /** Does now what the database would else do while it is measured. */
  settle(): Promise<void>;
  bytes(): Promise<number>;
  cpu(): Promise<CpuTime>;
  /** Bytes written to the write-ahead log so far; undefined where nobody counts them. */
  walBytes(): Promise<number | undefined>;
  /** Another one, empty: on the same server, or a file of its own. */
  beside(): Promise<StoredDatabase>;
  /** Removes everything. */
  remove(): Promise<void>;
}
