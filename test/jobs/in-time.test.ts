import { describe, expect, it } from '@jest/globals';
import { inTime } from '../../src/jobs/in-time.ts';

describe('work that is waited for in time only', () => {
  it('gives what it gives, and fails as it fails', async () => {
    await expect(inTime(Promise.resolve('done'), 60_000, 'late')).resolves.toBe('done');
    await expect(inTime(Promise.reject(new Error('broken')), 60_000, 'late')).rejects.toThrow('broken');
  });

  it('is given up with the message where it does not end', async () => {
    const never = new Promise(() => undefined);

    await expect(inTime(never, 1, 'It did not answer.')).rejects.toThrow('It did not answer.');
  });
});
