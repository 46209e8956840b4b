import { COUNTED_DAYS, LOOK_BACK_DAYS } from './comparison/settings.ts';
import { countOfContacts, recencyOfDays } from './comparison/statement.ts';
import type { CountBand, RecencyBand } from './model.ts';
import { COUNT_LABELS, RECENCY_LABELS } from './wording.ts';

/** One fact as the log has it and as the customer recalls it, both in the words of the same answers. */
export type BothSides = { readonly label: string; readonly log: string; readonly customer: string };

type LoggedClaim = {
  readonly ageDays: number;
  readonly outcome: 'live' | 'open';
  readonly contact: 'respondent' | 'other';
};

const NOT_ASKED = 'Not asked';
const NOTHING_LOGGED = `None in ${LOOK_BACK_DAYS} days`;

/**
 * The two facts that are compared, each side in the bands that the customer is offered. Days on which contact was logged
 * count once; ages are in days before the conversation.
 */
export function bothSides(
  claims: readonly LoggedClaim[],
  said: { readonly recency: RecencyBand | null; readonly count: CountBand | null },
): BothSides[] {
  return [
    {
      label: 'Most recent contact',
      log: recencyInLog(claims),
      customer: said.recency === null ? NOT_ASKED : RECENCY_LABELS[said.recency],
    },
    {
      label: 'Contacts in three months',
      log: countInLog(claims.filter(({ ageDays }) => ageDays <= COUNTED_DAYS)),
      customer: said.count === null ? NOT_ASKED : COUNT_LABELS[said.count],
    },
  ];
}

const isLive = ({ outcome }: LoggedClaim): boolean => outcome === 'live';

/** The ages on which contact was logged, each once, the newest first. */
function touchDays(claims: readonly LoggedClaim[]): number[] {
  const ages = claims
    .map(({ ageDays }) => ageDays)
    .filter((ageDays) => ageDays >= 0 && ageDays <= LOOK_BACK_DAYS);
  return [...new Set(ages)].sort((one, other) => one - other);
}

function recencyInLog(claims: readonly LoggedClaim[]): string {
  const [newest] = touchDays(claims.filter(isLive));
  const [newestOpen] = touchDays(claims);
  if (newest !== undefined) return `${RECENCY_LABELS[recencyOfDays(newest)]} (${daysBefore(newest)})`;
  if (newestOpen === undefined) return NOTHING_LOGGED;
  return `${RECENCY_LABELS[recencyOfDays(newestOpen)]} (${daysBefore(newestOpen)}, outcome open)`;
}

const daysBefore = (days: number): string =>
  days === 0 ? 'the same day' : days === 1 ? '1 day before' : `${days} days before`;

/** "3 to 5 (4, 1 of them with this person; 2 more can only help)" */
function countInLog(claims: readonly LoggedClaim[]): string {
  const live = touchDays(claims.filter(isLive)).length;
  const here = touchDays(claims.filter((claim) => isLive(claim) && claim.contact === 'respondent')).length;
  const open = touchDays(claims).length - live;
  const withWhom = here === live ? '' : `, ${here} of them with this person`;
  const helping = open === 0 ? '' : `; ${open} more can only help`;
  const band = COUNT_LABELS[countOfContacts(live)];
  const exact = String(live) === band ? '' : String(live);
  const details = `${exact}${withWhom}${helping}`.replace(/^[,;] /, '');
  return details === '' ? band : `${band} (${details})`;
}
