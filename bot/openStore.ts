import type { Clock } from '../services/clock';
import type { TurnStore } from '../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';
import { openPostgresTurnStore } from '../store/postgres/postgresTurnStore';
import type { Config } from './config';
import type { Log } from './log';

/**
 * Opens the store that STORE_URL names.
 * @throws ConfigurationError when it cannot be opened as it is
 * @throws StoreUnavailableError when a database server does not answer
 */
export async function openStore(
  config: Pick<Config, 'store' | 'turnQueueLimit'>,
  world: { readonly clock: Clock; readonly log?: Log },
): Promise<TurnStore> {
  const { store, turnQueueLimit: queueLimit } = config;
  if (store.kind === 'postgres')
    return openPostgresTurnStore({ url: store.url, queueLimit, clock: world.clock });
  return openEmbeddedTurnStore({ file: store.path, queueLimit, ...world });
}
