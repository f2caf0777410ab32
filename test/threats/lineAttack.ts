import { aBinding, hourMs, type IdentityDesk, minuteMs } from '../services/identity/identityDesk';

export interface Attack {
  /** When a guess was compared, epoch ms. */
  readonly guessedAtMs: number[];
  hits: number;
  ownerSuccesses: number;
}

/**
 * One stranger against one line for about two days, with everything that might give more guesses: several
 * conversations, all sends and tries and more, and waiting until the owner has proved the line and so, perhaps, cleared
 * a count. The owner looks at the bill now and then.
 */
export async function attackLine(desk: IdentityDesk, line: number, seed: number): Promise<Attack> {
  const choose = chooser(seed);
  const phone = `0103${String(line).padStart(7, '0')}`;
  const owner = aBinding({ conversationId: `owner-${line}`, userId: 'dl_owner' });
  const attack: Attack = { guessedAtMs: [], hits: 0, ownerSuccesses: 0 };
  const begunAtMs = desk.clock.now();
  for (let round = 0; round < 5 && attack.hits === 0; round += 1) {
    const conversation = choose(2);
    const stranger = aBinding({ conversationId: `stranger-${line}-${conversation}` });
    const sent = choose(4) === 0 ? await desk.resend(stranger) : await desk.send(stranger, phone);
    if (sent.status === 'sent') await guess(desk, attack, stranger, choose);
    else desk.clock.move(choose(2) * 6 * hourMs);
    if (choose(2) === 0) await lookAtBill(desk, attack, owner, phone);
    desk.clock.move(choose(3) * minuteMs);
  }
  // The next line's attack begins at another time of day.
  desk.clock.move(Math.max(0, begunAtMs + hourMs - desk.clock.now()));
  return attack;
}

/** The most guesses that were compared within any 24 hours. */
export function guessesInAnyDay({ guessedAtMs }: Attack): number {
  const within = (startMs: number) =>
    guessedAtMs.filter((atMs) => atMs >= startMs && atMs < startMs + 24 * hourMs).length;
  return Math.max(0, ...guessedAtMs.map(within));
}

async function guess(
  desk: IdentityDesk,
  attack: Attack,
  stranger: ReturnType<typeof aBinding>,
  choose: (below: number) => number,
): Promise<void> {
  const tries = choose(8) === 0 ? 4 : 3;
  for (let n = 0; n < tries; n += 1) {
    const { status } = await desk.check(stranger, String(choose(1_000_000)).padStart(6, '0'));
    // "exhausted" is said of the third comparison, and of every later one that is not made.
    if (status === 'wrong' || status === 'verified' || (status === 'exhausted' && n === 2))
      attack.guessedAtMs.push(desk.clock.now());
    if (status === 'verified') attack.hits += 1;
    if (choose(3) === 0) desk.clock.move(minuteMs);
  }
}

async function lookAtBill(
  desk: IdentityDesk,
  attack: Attack,
  owner: ReturnType<typeof aBinding>,
  phone: string,
): Promise<void> {
  if ((await desk.send(owner, phone)).status !== 'sent') return;
  if ((await desk.check(owner, await desk.lastCode())).status === 'verified') attack.ownerSuccesses += 1;
}

/** Numerical Recipes' generator: the same attack every time. */
export function chooser(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
