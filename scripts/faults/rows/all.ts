import type { Row } from '../row.ts';
import { CALENDAR_ROWS } from './calendar-rows.ts';
import { CONNECTION_ROWS } from './connection-rows.ts';
import { CRASH_ROWS } from './crash-rows.ts';
import { DATABASE_ROWS } from './database-rows.ts';
import { KEY_ROWS } from './key-rows.ts';
import { NOTE_ROWS } from './note-rows.ts';
import { PEOPLE_ROWS } from './people-rows.ts';
import { PROCESS_ROWS } from './process-rows.ts';
import { READING_ROWS } from './reading-rows.ts';
import { READ_ONLY_ROWS } from './read-only-rows.ts';
import { REPLY_ROWS } from './replies.ts';
import { RESTORE_ROWS } from './restore-rows.ts';
import { STRANGER_ROWS } from './stranger-rows.ts';
import { TOKEN_ROWS } from './token-rows.ts';
import { WEBHOOK_ROWS } from './webhook-rows.ts';

/** Every row of the fault matrix, in the order of the report. */
export const ROWS: readonly Row[] = [
  ...REPLY_ROWS,
  ...CONNECTION_ROWS,
  ...TOKEN_ROWS,
  ...KEY_ROWS,
  ...PEOPLE_ROWS,
  ...NOTE_ROWS,
  ...WEBHOOK_ROWS,
  ...STRANGER_ROWS,
  ...DATABASE_ROWS,
  ...READ_ONLY_ROWS,
  ...RESTORE_ROWS,
  ...PROCESS_ROWS,
  ...READING_ROWS,
  ...CALENDAR_ROWS,
  ...CRASH_ROWS,
];
