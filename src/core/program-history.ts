import type { ProgramSettings } from './program-settings.ts';

/** Each version of the rules in words: what changed from what to what. */

/** How people, call outcomes and lifecycle stages are called in this account. */
export type Names = {
  readonly user: (userId: number) => string;
  readonly owner: (ownerId: string) => string;
  readonly outcome: (id: string) => string;
  readonly stage: (value: string) => string;
};

const OPENNESS = { listeningOnly: 'listening only', listenAndCompare: 'listening and log comparison' };
const MEANINGS: Readonly<Record<string, string>> = {
  live: 'the customer was reached',
  attempt: 'an attempt',
  open: 'cannot be told',
};
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

const person = (names: Names, userId: number | null) => (userId === null ? 'nobody' : names.user(userId));
const place = ({ holidayCountry, holidayRegion }: ProgramSettings) =>
  holidayRegion === null ? holidayCountry : `${holidayCountry}, ${holidayRegion}`;
const horizon = (days: number | 'cycle') =>
  days === 'cycle' ? 'the whole quarter at once' : `${days} business days before they are due`;

/** What a rule says, by its name; the same text twice means that nothing changed. */
function said(rules: ProgramSettings, names: Names): Readonly<Record<string, string>> {
  return {
    'How open': rules.openness === null ? 'not chosen' : OPENNESS[rules.openness],
    'Lifecycle stages': rules.lifecycleStages.map(names.stage).join(', '),
    'Branches of one parent': rules.combineBranches ? 'combined' : 'each by itself',
    'Check-ins a week': String(rules.checkInsPerWeek),
    'Holidays of': place(rules),
    'Business days to reply': String(rules.replyWindowBusinessDays),
    'Tasks are made': horizon(rules.releaseHorizon),
    'The year starts in': MONTHS[rules.fiscalStartMonth - 1] ?? '',
    'Second manager': person(names, rules.secondManagerUserId),
    'Works-council auditor': person(names, rules.auditorUserId),
  };
}

/** Returns one sentence for each rule that differs; none where nothing does. */
export function changesInWords(before: ProgramSettings, after: ProgramSettings, names: Names): string[] {
  const now = said(after, names);
  const lines = Object.entries(said(before, names)).flatMap(([rule, was]) =>
    now[rule] === was ? [] : [`${rule}: from ${was} to ${now[rule] ?? ''}.`],
  );
  return [
    ...lines,
    ...callerChanges(before, after, names),
    ...outcomeChanges(before, after, names),
    ...sourceChanges(before, after),
  ];
}

function callerChanges(before: ProgramSettings, after: ProgramSettings, names: Names): string[] {
  const callersOf = ({ managers }: ProgramSettings) =>
    new Map(
      managers.flatMap(({ managerUserId, repOwnerIds }) => repOwnerIds.map((id) => [id, managerUserId])),
    );
  const [was, now] = [callersOf(before), callersOf(after)];
  const name = (userId: number | undefined) =>
    userId === undefined ? 'the manager of the HubSpot team' : names.user(userId);
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((ownerId) =>
    was.get(ownerId) === now.get(ownerId)
      ? []
      : [
          `Who calls ${names.owner(ownerId)}’s customers: from ${name(was.get(ownerId))} to ${name(now.get(ownerId))}.`,
        ],
  );
}

function outcomeChanges(before: ProgramSettings, after: ProgramSettings, names: Names): string[] {
  const [was, now] = [before.dispositionMeanings, after.dispositionMeanings];
  const meaning = (value: string | undefined) => MEANINGS[value ?? 'open'] ?? '';
  return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((id) =>
    meaning(was[id]) === meaning(now[id])
      ? []
      : [`Call outcome ${names.outcome(id)}: from ${meaning(was[id])} to ${meaning(now[id])}.`],
  );
}

function sourceChanges(before: ProgramSettings, after: ProgramSettings): string[] {
  const name = ({ label, detail }: ProgramSettings['trustedSources'][number]) =>
    detail === '' ? label : `${label} · ${detail}`;
  const [was, now] = [before.trustedSources.map(name), after.trustedSources.map(name)];
  return [
    ...now
      .filter((source) => !was.includes(source))
      .map((source) => `Records of ${source}: trusted from now on.`),
    ...was
      .filter((source) => !now.includes(source))
      .map((source) => `Records of ${source}: no longer trusted.`),
  ];
}
