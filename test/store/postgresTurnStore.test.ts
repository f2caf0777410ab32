import { describeTurnStore } from '../contracts/turnStoreContract';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';
import { postgresFixture } from './postgresFixture';

jest.setTimeout(60_000);

let server: PostgresServer;
beforeAll(async () => {
  // What a crash would lose is not asked here, so nothing waits for the disk.
  server = await startPostgres(['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']);
});
afterAll(() => server.stop());

describeTurnStore(
  'PostgreSQL',
  postgresFixture(() => server),
);
