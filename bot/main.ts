import path from 'node:path';
import { AppError } from '../services/errors';
import { compose } from './compose';
import { loadConfig, readEnvironment } from './config';

/** Starts the server, prints where it listens, and stops it cleanly on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const app = await compose(config, {
    pagesDir: path.join(__dirname, 'web'),
    intentModelFile: path.join(__dirname, 'intentModel.json'),
  });
  const { url } = await app.listen();
  console.log(`요금길잡이 (Bill Guide): ${url}`);

  let stopping = false;
  const stop = () => {
    // A second signal, or a stop that hangs, ends the process: what was acknowledged is in the store already.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), 15_000 + config.observability.drainMs).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) => app.reportUnexpected(error));
  process.on('uncaughtException', (error) => {
    app.reportUnexpected(error);
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  // A wrong setting or data file is the operator's to mend: one sentence, no stack.
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
});
