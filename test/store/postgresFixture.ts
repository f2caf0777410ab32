import pg from 'pg';
import { openPostgresTurnStore } from '../../store/postgres/postgresTurnStore';
import type { OpenFixture } from '../contracts/turnStoreFixture';
import type { PostgresServer } from '../postgres/postgresServer';

/** Turn stores on new databases of a running server. */
export function postgresFixture(server: () => PostgresServer): OpenFixture {
  return async (options) => {
    const url = await server().newDatabase();
    const open = () => openPostgresTurnStore({ url, connections: 8, ...options });
    const store = await open();
    let present = store;
    return {
      store,
      reopen: async () => {
        await present.close();
        present = await open();
        return present;
      },
      holds: (text) => isInSomeRow(url, text),
      dispose: () => present.close(),
    };
  };
}

/**
 * Whether a row of any table contains the text. What a row held before lies in free space until VACUUM and the
 * next writes; PostgreSQL has no "secure delete", so that is for the encryption of the disk.
 */
async function isInSomeRow(url: string, text: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    for (const { name } of tables.rows) {
      const { rows } = await client.query(`SELECT * FROM "${name}"`);
      const dump = rows.flatMap((row) => Object.values(row)).map((value) => String(value));
      if (dump.some((value) => value.includes(text))) return true;
    }
    return false;
  } finally {
    await client.end();
  }
}
