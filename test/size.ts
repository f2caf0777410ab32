/** Whether the long runs of `npm run test:nightly` are wanted. */
export const nightly = process.env.TEST_SIZE === 'nightly';

/** How often a property is tried: a number for every run of the tests, and a larger one for the night. */
export function sized(everyRun: number, everyNight: number): number {
  return nightly ? everyNight : everyRun;
}
