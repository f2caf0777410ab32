import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './setup.mjs';

/**
 * `npm run mutations [-- PART…] [--again]`: changes the code that guards personal data in every way Stryker knows, and
 * counts how many of the changes the tests notice. For each change Stryker loads all test files of its run, so every
 * part of the code is judged by the few files that are about it: that turns hours into minutes. `--again` keeps what
 * the last run found out about code and tests that are still the same.
 */
process.chdir(root);
ensureInstalled('test');
const { Stryker } = await import('@stryker-mutator/core');

/** In percent, of each folder. */
const needed = 90;
const reports = path.join('var', 'mutation');

const code = (folder, names) => names.map((name) => `services/${folder}/${name}.ts`);
const tests = (folder, names) => names.map((name) => `<rootDir>/test/services/${folder}/${name}.test.ts`);
/** Properties and measurements would run hundreds of times to tell what the examples tell at once. */
const tooLong = ['*Properties', '*Speed'];

/** Files of one folder, judged by the tests of the same names. */
const some = (folder, ...names) => ({
  folder,
  names,
  mutate: code(folder, names),
  tests: tests(folder, names),
});
/** What the other parts leave of a folder, judged by the tests that they leave. */
const rest = (folder, ...others) => {
  const taken = others.flatMap(({ names }) => names);
  return {
    folder,
    mutate: [`services/${folder}/*.ts`, ...code(folder, taken).map((file) => `!${file}`)],
    tests: tests(folder, [`!(${[...taken, ...tooLong].join('|')})`]),
  };
};

const digits = some('redaction', 'digitText');
const residents = some('redaction', 'residentNumber', 'splitResidentNumber');
const agency = some('identity', 'agencyPerson', 'agencyTokens', 'agencyVerification', 'demoAgency');
const portOne = some('identity', 'portOneAgency');
const lines = some('identity', 'demoLineDirectory', 'tmfLineDirectory', 'usableLines');
const codes = some('identity', 'oneTimeCode', 'codeMessages', 'realAges', 'proof', 'standingGrant');
const limits = some('identity', 'failureBudget', 'identityRecords', 'sendLimits');

const sealing = {
  folder: 'sealing',
  mutate: ['services/sealing/*.ts'],
  tests: tests('sealing', ['*']),
};

const parts = {
  audit: rest('audit'),
  sealing,
  digits,
  residents,
  redaction: rest('redaction', digits, residents),
  agency,
  portOne,
  lines,
  codes,
  limits,
  identity: rest('identity', agency, portOne, lines, codes, limits),
};

const options = process.argv.slice(2);
const again = options.includes('--again');
const asked = options.filter((option) => !option.startsWith('--'));
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

mkdirSync(reports, { recursive: true });
const folders = {};
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const startedAt = Date.now();
  const stryker = new Stryker({
    mutate: part.mutate,
    jest: {
      projectType: 'custom',
      configFile: 'jest.config.cjs',
      enableFindRelatedTests: false,
      config: { testMatch: part.tests, testEnvironment: './scripts/mutationEnvironment.cjs' },
    },
    jsonReporter: { fileName: path.join(reports, `${name}.json`) },
    incremental: again,
    incrementalFile: path.join(reports, `${name}.incremental.json`),
  });
  const results = await stryker.runMutationTest();
  const { folder } = part;
  folders[folder] ??= { noticed: 0, all: 0, seconds: 0 };
  const sum = folders[folder];
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  sum.noticed += noticed;
  sum.all += noticed + count('Survived', 'NoCoverage');
  sum.seconds += (Date.now() - startedAt) / 1_000;
}

let tooFew = 0;
for (const [folder, { noticed, all, seconds }] of Object.entries(folders)) {
  const score = (100 * noticed) / all;
  if (!(score >= needed)) tooFew += 1;
  console.log(
    `${score >= needed ? 'PASS' : 'FAIL'} services/${folder}: ${noticed} of ${all} changes noticed, ${score.toFixed(2)} % (${seconds.toFixed(0)} s)`,
  );
}
process.exit(tooFew === 0 ? 0 : 1);
