import { afterAll } from '@jest/globals';
import nock from 'nock';

/** nock patches the whole process, and jest runs several test files in one: its patches must not stack. */
afterAll(() => {
  nock.restore();
});
