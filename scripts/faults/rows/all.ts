import type { Row } from '../row.ts';
import { CRASH_ROWS } from './crash-rows.ts';
import { REPLY_ROWS } from './replies.ts';

/** Every row of the fault matrix, in the order of the report. */
export const ROWS: readonly Row[] = [...REPLY_ROWS, ...CRASH_ROWS];
