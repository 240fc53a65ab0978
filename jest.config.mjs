/** What every project shares: TypeScript through SWC (.swcrc), native ES modules, `./x.js` meaning `./x.ts`. */
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  resolver: '<rootDir>/scripts/jest/resolver.cjs',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.data/', '<rootDir>/\\.tmp/'],
  restoreMocks: true,
};

/** Projects that need PostgreSQL share one embedded server, started once a run. */
const database = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  setupFiles: ['<rootDir>/test/support/load-nest.ts'],
};

/** One Jest project: a display name and the globs of its tests. */
function project(displayName, testMatch, settings = {}) {
  return { ...base, ...settings, displayName, testMatch: testMatch.map((glob) => `<rootDir>/${glob}`) };
}

export default {
  maxWorkers: 2,
  // Native ES modules of a test file stay in its worker's heap. A worker that holds more than this is replaced after its file, long
  // before Node's limit ends it in the middle of one.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/scripts/jest/summary-reporter.mjs'],
  projects: [
    project('unit', ['src/**/*.spec.ts', 'web/**/*.spec.ts']),
    project('architecture', ['test/architecture/**/*.test.ts']),
    project('api', ['test/api/**/*.test.ts'], database),
    project('realtime', ['test/realtime/**/*.test.ts'], database),
    project('faults', ['test/faults/**/*.test.ts'], database),
    project('browser', ['test/browser/**/*.test.ts'], database),
  ],
};
