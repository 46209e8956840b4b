import type { Row } from './row.ts';

/** Rows that are kinds of one row of the fault matrix at one kind of point; they share the seeds of its cell. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  '429 with no, a sane or an absurd Retry-After': [
    '429 with no Retry-After or a sane one',
    '429 with an absurd Retry-After (0, -1, 1e9, dates, text)',
  ],
  'status 423, 477, 500, 502, 503, 504 or 524': [
    'status 500',
    'status 502',
    'status 503',
    'status 504',
    'status 423',
    'status 477',
    'status 524',
  ],
  'reset before headers, after headers or mid body': [
    'reset before headers',
    'reset after headers',
    'reset mid body',
  ],
  'silence, one byte a second, body without end or gzip bomb': [
    'silence',
    'one byte a second',
    'body without end or gzip bomb',
  ],
  '200 with a body that is cut, HTML, empty, of a wrong shape or with ids as numbers': [
    '200 with cut body',
    '200 with cut json',
    '200 with html body',
    '200 with empty body',
    '200 with wrong shape',
    'ids as numbers',
  ],
  'connection refused or DNS failure': ['connection refused', 'DNS failure (ENOTFOUND or EAI_AGAIN)'],
  'uninstalled, scope removed or key field deleted mid-run': [
    'uninstalled mid-run, connected again later',
    'scope removed mid-run',
    'key property deleted by hand, restored after an hour',
    'key property deleted for good',
  ],
  'keys: missing, wrong, rotated or moved': [
    'master key missing or wrong',
    'master key rotated in flight',
    'ciphertext moved to another account',
  ],
  'company added, deleted, merged, gone or given away, or its task deleted': [
    'company added mid-run',
    'company deleted mid-run',
    'companies merged mid-run',
    'customer left the program mid-run',
    'owner changed mid-run',
    'task deleted by hand',
  ],
  'a note does not show, or is not there, after lost answers': [
    'a note does not show after a lost answer',
    'a note is not there after a lost answer',
    'a note is not there after two lost answers',
  ],
  'webhooks repeated, reordered, poisoned, split or of a stranger': [
    'webhook delivered ten times',
    'webhooks reordered and repeated',
    'poison event among a hundred',
    'webhooks split over replays, two processes',
    'webhook for an account that is not connected',
    'webhook for an account that was never connected',
  ],
  'database connection dropped or silent, or its answer lost': [
    'connection dropped mid-transaction',
    'database falls silent: a statement gets no answer',
    'answer to a commit lost (injected)',
  ],
  'pool empty or server full': [
    'pool empty: others hold every connection',
    'too many connections (53300, injected)',
  ],
  'deadlock, serialization failure or timeout': [
    'deadlock: two transactions lock crosswise',
    'serialization failure: transactions see the database of their begin',
    'deadlock or serialization failure (injected)',
    'statement timeout (injected)',
  ],
  'disk full or read-only': [
    'disk full (53100, raised by a trigger in Postgres)',
    'disk full or out of files (53100, 53000, injected)',
    'read-only disk or standby (25006, refused by Postgres)',
  ],
  'out of files (EMFILE)': [
    'out of files (EMFILE): no socket for HubSpot',
    'out of files (EMFILE): no socket for the database',
  ],
  'two workers or two schedulers': [
    'two workers on one account',
    'two schedulers plan and release at once, without a lease',
  ],
  'clock that steps, or is off in one process': [
    'clock steps ahead by an hour mid-run',
    "one process's clock is off by 4 or 6 minutes",
    "one process's clock is off by an hour",
  ],
  'quarter edge, fiscal quarter, summer time, leap day, delay or clock back over the edge': [
    'quarter edge',
    'edge of a fiscal quarter',
    'end of summer time',
    'begin of summer time',
    'leap day',
    'delay over the quarter edge: no worker for two days',
    'clock back over the quarter edge in one process',
  ],
};

const CELL_OF_FAULT = new Map(
  Object.entries(KINDS).flatMap(([cell, faults]) => faults.map((fault) => [fault, cell] as const)),
);

/** The names of all cells that hold several kinds, each with the faults in it. */
export const CELLS: readonly (readonly [cell: string, faults: readonly string[]])[] = Object.entries(KINDS);

/** The cell of the fault matrix to which a row belongs: its own, one that it shares, or with the positions of its crash point. */
export function cellOf({ fault, point }: Pick<Row, 'fault' | 'point'>): string {
  if (fault.startsWith('killed at')) return fault;
  return CELL_OF_FAULT.get(fault) ?? `${fault}, ${point}`;
}
