import { pino } from 'pino';
import type { Log } from './usecases/ports.ts';

/** JSON lines on standard output. What callers pass is ids, counts and codes; the redaction stands behind that. */
export function createLog(level: string): Log {
  return pino({
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
  });
}
