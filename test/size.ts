/** Whether the long runs of `npm run test:nightly` are wanted. */
export const nightly = process.env.TEST_SIZE === 'nightly';

/** Mutations run each test hundreds of times: there the examples decide, and a few tries of each property. */
export const mutating = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** How often a property is tried: a number for every run of the tests, and a larger one for the night. */
export function sized(everyRun: number, everyNight: number): number {
  if (mutating) return Math.min(100, everyRun);
  return nightly ? everyNight : everyRun;
}
