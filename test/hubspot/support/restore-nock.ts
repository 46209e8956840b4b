import { afterAll } from '@jest/globals';
import nock from 'nock';

/**
 * nock patches Node's own net module, which all test files of one worker share: a patch left behind by one file makes the
 * next file's nock answer nothing. So every file here takes its patch away at its end.
 */
afterAll(() => {
  nock.restore();
});
