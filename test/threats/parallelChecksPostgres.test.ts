import { describeIdentity } from '../contracts/identityContract';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';
import { postgresFixture } from '../store/postgresFixture';

jest.setTimeout(120_000);

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(['fsync=off']);
});
afterAll(() => server.stop());

describeIdentity(
  'PostgreSQL',
  postgresFixture(() => server),
);
