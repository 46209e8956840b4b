import { writeSync } from 'node:fs';
import { pino } from 'pino';
import type { Log } from './usecases/ports.ts';

const STANDARD_OUTPUT = 1;
/** A pipe whose reader is slow is waited for so often, 10 ms each time, and then the line is dropped. */
const MOST_WAITS = 50;
const WAIT_MS = 10;

/** JSON lines on standard output. What callers pass is ids, counts and codes; the redaction stands behind that. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          '*.token',
          '*.accessToken',
          '*.refreshToken',
          '*.authorization',
          '*.secret',
          '*.words',
          'token',
          'words',
        ],
        censor: '[hidden]',
      },
    },
    { write: writeLine },
  );
}

/**
 * A line that cannot be written, for a full disk or a closed pipe, is dropped: the service goes on, and logs again once there is
 * room. pino's own destination would keep the process from ever ending in that case.
 */
function writeLine(line: string): void {
  let rest = Buffer.from(line);
  for (let waits = 0; rest.length > 0 && waits <= MOST_WAITS;) {
    try {
      rest = rest.subarray(writeSync(STANDARD_OUTPUT, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
      waits += 1;
    }
  }
}
