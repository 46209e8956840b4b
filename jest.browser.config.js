import jestConfig from './jest.config.js';

/** The extensions' production bundles in a real Chromium; see test/browser. */
const [unit] = jestConfig.projects;
export default {
  ...unit,
  displayName: 'browser',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
