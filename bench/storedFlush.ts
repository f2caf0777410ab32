import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type Spread, spreadOf } from './statistics';

const flushes = 100;
/** A page of PostgreSQL's write-ahead log. */
const page = Buffer.alloc(8_192, 1);

/** How long the disk takes to have a page for certain, ms: the least that a commit takes. @param folder on that disk */
export function measureFlush(folder: string): Spread {
  const name = path.join(folder, 'flush');
  const file = openSync(name, 'w');
  try {
    const took = Array.from({ length: flushes }, (_, at) => {
      writeSync(file, page, 0, page.length, at * page.length);
      const begunMs = performance.now();
      fdatasyncSync(file);
      return performance.now() - begunMs;
    });
    return spreadOf(took);
  } finally {
    closeSync(file);
    rmSync(name);
  }
}
