/** The business's time. Injected everywhere, so that tests move it and no rule depends on the host. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Milliseconds since some moment of this process. Unlike `now` it never jumps; absent where none is kept. */
  sinceStart?(): number;
}

export const systemClock: Clock = { now: () => Date.now(), sinceStart: () => performance.now() };
