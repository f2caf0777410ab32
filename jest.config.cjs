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
