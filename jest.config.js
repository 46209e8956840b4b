/** Node strips the types of .ts files itself; only .tsx needs a transformer. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '^.+\\.tsx$': ['@swc/jest', { jsc: { transform: { react: { runtime: 'automatic' } } } }] },
  setupFiles: ['<rootDir>/test/support/no-network.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/restore-network.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.sandbox/', '<rootDir>/.tmp/', '<rootDir>/tools/'],
};
export default {
  // One core less is jest's own choice: on two cores that is one worker and twice the time.
  maxWorkers: '100%',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
    },
  ],
};
