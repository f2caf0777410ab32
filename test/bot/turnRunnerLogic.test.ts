import type { TurnContext } from 'botbuilder';
import type { TurnLogic } from '../../bot/turnAttempts';
import type { TurnTransaction } from '../../services/turn/turnTransaction';
import { clock, closeStores, counting, message, openStore, runnerOn, textsOf } from './turnRunnerFixture';

afterEach(closeStores);

describe('F41: logic that misbehaves', () => {
  it.each<[string, TurnLogic['apologise']]>([
    ['throws', () => Promise.reject(new Error('no words'))],
    [
      'throws at once',
      () => {
        throw new Error('no words');
      },
    ],
    [
      'says something and throws',
      async (context) => {
        await context.sendActivity('so');
        throw new Error('no words');
      },
    ],
  ])('whose apology %s still says something plain, and takes the next message', async (_name, apologise) => {
    const logic: TurnLogic = {
      takeTurn: async (context, tx, facts) => {
        if (context.activity.text === 'bad') throw new Error('broken');
        return counting.takeTurn(context, tx, facts);
      },
      apologise,
    };
    const { runner, errors } = runnerOn(openStore(), logic);
    const [reply, ...more] = textsOf(
      await (await runner.submit(message('bad', { locale: 'en-US' }))).replies(),
    );
    expect(String(reply)).toMatch(/sorry/i);
    expect(more).toEqual([]);
    expect(errors).toHaveLength(2);
    expect(textsOf(await (await runner.submit(message('good'))).replies())).toEqual(['good → 1']);
  });

  it('that runs on after its time can say, read and write nothing any more', async () => {
    const store = openStore();
    let goOn = () => {};
    const attempts: Promise<unknown>[] = [];
    let ended: (() => void) | undefined;
    const allTried = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const logic: TurnLogic = {
      ...counting,
      takeTurn: async (context: TurnContext, tx: TurnTransaction, facts) => {
        if (context.activity.text !== 'slow') return counting.takeTurn(context, tx, facts);
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        attempts.push(
          Promise.resolve().then(() => context.sendActivity('too late')),
          tx.read('count/c1'),
          tx.write('count/c1', 99),
          tx.delete('count/c1'),
          Promise.resolve().then(() => tx.enqueue({ key: 'late', kind: 'receipt', payload: {} })),
        );
        ended?.();
        throw new Error('late');
      },
    };
    const { runner } = runnerOn(store, logic, { turnTimeoutMs: 20 });
    expect(textsOf(await (await runner.submit(message('slow'))).replies())).toEqual(['sorry']);
    goOn();
    await allTried;
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(textsOf(await (await runner.submit(message('next'))).replies())).toEqual(['next → 1']);
    expect(await store.claimOutbox(clock.now(), 10, 1_000)).toHaveLength(1);
    expect(await store.readLog('directline/c1', 0, 100)).toHaveLength(4);
  });

  it('that is not waited for can add nothing after the commit', async () => {
    const store = openStore();
    let late: Promise<unknown> = Promise.resolve();
    const logic: TurnLogic = {
      ...counting,
      takeTurn: async (context, tx, facts) => {
        await counting.takeTurn(context, tx, facts);
        const { adapter } = context;
        const escaped = Object.assign(Object.create(null), { activity: context.activity });
        const speakLater = async () => {
          await new Promise((resolve) => setImmediate(resolve));
          return adapter.sendActivities(escaped, [{ type: 'message', text: 'P.S.' }]);
        };
        late = speakLater().then(
          () => 'sent',
          (error: unknown) => String(error),
        );
      },
    };
    const { runner } = runnerOn(store, logic);
    expect(textsOf(await (await runner.submit(message('hi'))).replies())).toEqual(['hi → 1']);
    expect(await late).toMatch(/outside a turn/);
  });
});
