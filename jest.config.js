/**
 * Tests by kind, told apart by the file's name (see CONTRIBUTING.md):
 *
 *   *.spec.ts, *.prop.spec.ts   pure: no network, run in parallel, need nothing: `npx jest`
 *   *.int.spec.ts               Postgres, a database of their own each, in parallel
 *   *.e2e.spec.ts, test/chaos   Kafka, Postgres and started apps: one file after the other
 *
 * `npm test` starts Kafka and Postgres and names them in TEST_KAFKA_BROKERS and TEST_DATABASE_URL. Without those
 * only the pure kind is selected, so that a bare `npx jest` works anywhere.
 */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
  // One of the official clients comes as ES modules only, which Jest can't load as they are.
  transformIgnorePatterns: ['/node_modules/(?!@flexprice/)', '/dist/'],
  moduleNameMapper: {
    '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.creditbus/'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
};

const pure = {
  ...shared,
  displayName: 'pure',
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: [
    ...shared.testPathIgnorePatterns,
    '\\.(int|e2e)\\.spec\\.ts$',
    '<rootDir>/test/(e2e|chaos|compat)/',
  ],
};

const integration = {
  ...shared,
  displayName: 'integration',
  testMatch: ['**/*.int.spec.ts'],
  testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '<rootDir>/test/(e2e|chaos|compat)/'],
  setupFilesAfterEnv: ['<rootDir>/scripts/jest/integration-setup.js'],
};

const serial = {
  ...shared,
  displayName: 'end-to-end',
  runner: '<rootDir>/scripts/jest/serial-runner.js',
  testMatch: ['**/*.e2e.spec.ts', '<rootDir>/test/(e2e|chaos|compat)/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/scripts/jest/end-to-end-setup.js'],
};

const withStack = Boolean(process.env.TEST_KAFKA_BROKERS && process.env.TEST_DATABASE_URL);
if (!withStack && !process.env.JEST_WORKER_ID) {
  process.stderr.write('Only the pure specs are selected; `npm test` starts Kafka and Postgres and runs them all.\n');
}

/** @type {import('jest').Config} */
module.exports = {
  coverageProvider: 'v8',
  collectCoverageFrom: [
    'apps/*/src/**/*.ts',
    'libs/*/src/**/*.ts',
    '!**/*.spec.ts',
    '!**/index.ts',
    '!libs/testing/**',
  ],
  maxWorkers: '100%',
  reporters: ['default', '<rootDir>/scripts/jest/plain-summary.js'],
  projects: withStack ? [pure, integration, serial] : [pure],
};
