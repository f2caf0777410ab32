/** ES modules in node_modules that jest must compile before it can load them. */
const esm = [
  '@opentelemetry/otlp-exporter-base',
  'lowdb',
  'steno',
  'jose',
  'es-hangul',
  'openid-client',
  'oauth4webapi',
];

module.exports = {
  testEnvironment: 'node',
  // What half of the time goes into otherwise: loading the SDK again for each file.
  runtime: '<rootDir>/test/jestRuntime.cjs',
  testSequencer: '<rootDir>/test/jestSequencer.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform: {
    '\\.[jt]sx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
  testTimeout: 20_000,
  // Concurrent tests of one file start servers: more at once than cores only makes each slow.
  maxConcurrency: 2,
};
