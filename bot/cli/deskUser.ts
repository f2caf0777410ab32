import { systemClock } from '../../services/clock';
import { deskRole } from '../../services/desk/deskApi';
import { auditDesk, type DeskAuditEvent } from '../../services/desk/deskAudit';
import { deskNameOf } from '../../services/desk/deskUser';
import { AppError, ConfigurationError } from '../../services/errors';
import { systemRandomness } from '../../services/randomness';
import { loadConfig, readEnvironment } from '../config';
import { deskAccounts } from '../desk/registerDesk';
import { openStore } from '../openStore';

const usage = [
  'Usage: npm run desk:user -- add NAME --role agent|supervisor|editor',
  '       npm run desk:user -- list',
  '       npm run desk:user -- remove NAME',
  '       npm run desk:user -- reset-totp NAME',
].join('\n');

/**
 * `npm run desk:user -- …`: who may sign in at the desk. `add` and `reset-totp` print a password for one login within
 * three days, at which they choose their own and enrol an authenticator app. The server may run meanwhile.
 */
async function main(args: readonly string[]): Promise<void> {
  const [command, name = '', option, roleName] = args;
  const config = loadConfig(readEnvironment());
  const store = await openStore(config, { clock: systemClock });
  const { accounts } = deskAccounts({ store, clock: systemClock, randomness: systemRandomness });
  const note = (kind: Extract<DeskAuditEvent, { user: string }>['kind']) =>
    auditDesk(store, { agent: '', network: '' }, { kind, user: deskNameOf(name) }, systemClock.now());
  try {
    if (command === 'list' && args.length === 1) {
      for (const user of await accounts.list()) console.log(`${user.name}\t${user.role}\t${stateOf(user)}`);
    } else if (command === 'add' && args.length === 4 && option === '--role') {
      const role = deskRole.safeParse(roleName);
      if (!role.success) throw new ConfigurationError(`There is no role of that name.\n${usage}`);
      const added = await accounts.add(name, role.data);
      if (added.status === 'exists')
        throw new ConfigurationError('There is a desk login of that name already.');
      if (added.status !== 'added')
        throw new ConfigurationError(
          'A name begins with a letter or digit; then also . _ @ - are fine, 64 in all.',
        );
      await note('deskUserAdded');
      console.log(
        `${deskNameOf(name)} (${role.data}): for the first login, within three days: ${added.password}`,
      );
    } else if (command === 'remove' && args.length === 2) {
      if ((await accounts.remove(name)) === 'unknown') throw new ConfigurationError(unknown);
      await note('deskUserRemoved');
      console.log(`${deskNameOf(name)} may not sign in any more; open sessions have ended.`);
    } else if (command === 'reset-totp' && args.length === 2) {
      const reset = await accounts.reset(name);
      if (reset.status === 'unknown') throw new ConfigurationError(unknown);
      await note('deskUserReset');
      console.log(`${deskNameOf(name)}: for the next login, within three days: ${reset.password}`);
    } else {
      throw new ConfigurationError(usage);
    }
  } finally {
    await store.close();
  }
}

const unknown = 'There is no desk login of that name.';

function stateOf(user: { readonly oidcSubject?: string; readonly totp?: unknown }): string {
  if (user.oidcSubject !== undefined) return 'company login';
  return user.totp === undefined ? 'not enrolled yet' : 'enrolled';
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
});
