import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from '../../src/core/cadence/calendar.ts';
import { COUNT_BANDS, RECENCY_BANDS, type CompanyId, type UserId } from '../../src/core/model.ts';
import type { Openness } from '../../src/core/feedback/gate.ts';
import { AppError } from '../../src/errors.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import type { GateRead, PersonRead } from '../../src/usecases/read-port.ts';
import { recordCheckIn } from '../../src/usecases/record-check-in.ts';
import type { CheckIn } from '../../src/usecases/records.ts';
import { checkAsyncProperty } from '../core/comparison/check-property.ts';
import { stillStore } from '../support/still-store.ts';
import {
  anAnswer,
  COMPANY,
  DANA,
  FREE_COMPANY,
  LUIS,
  MANAGER,
  OTHER_COMPANY,
  OTHER_REP,
  OWN_COMPANY,
  REP,
  useWorlds,
  type World,
} from '../support/world.ts';

/** Whatever a caller sends, and whenever: before the reps were told there is no comparison. */

const worlds = useWorlds();
// A million cases take minutes.
jest.setTimeout(3_600_000);
const NOBODYS_ID = '00000000-0000-4000-8000-000000000000';
/** Without a holiday from here to the last day of `someFacts`, so that weekdays are business days. */
const ANNOUNCED_ON = '2026-07-13';
const NOTICE_DAYS = 5;

const REP_OF = new Map([
  [COMPANY, REP.ownerId],
  [OTHER_COMPANY, OTHER_REP.ownerId],
  [OWN_COMPANY, MANAGER.ownerId],
  [FREE_COMPANY, null],
]);

const someMark = fc.boolean();
const someFacts = fc.record({
  openness: fc.constantFrom<Openness>('listenAndCompare', 'listenAndCompare', 'listeningOnly', null),
  isAnnounced: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  announcedOn: fc.integer({ min: 0, max: 14 }).map((days) => addDays(ANNOUNCED_ON, days)),
  startsAfterDays: fc.integer({ min: -3, max: 20 }),
  acknowledgedAfterDays: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(null)),
  savedAfterDays: fc.integer({ min: -5, max: 30 }),
  heldDaysBefore: fc.integer({ min: -1, max: 15 }),
  companyId: fc.constantFrom(COMPANY, COMPANY, OTHER_COMPANY, OWN_COMPANY, FREE_COMPANY),
  caller: fc.constantFrom(
    'manager' as const,
    'manager' as const,
    'manager' as const,
    'rep' as const,
    'stranger' as const,
  ),
});
const someAnswer = fc.record({
  words: fc.string({ minLength: 1 }),
  respondent: fc.constantFrom(
    { contactId: DANA, name: 'Dana Ruiz' },
    { contactId: LUIS, name: 'Luis Vega' },
    { contactId: null, name: 'Pat' },
  ),
  recall: fc.record({
    recency: fc.constantFrom(...RECENCY_BANDS, null),
    count: fc.constantFrom(...COUNT_BANDS, null),
    unsure: someMark,
    colleague: someMark,
    named: someMark,
    stale: someMark,
  }),
});
type Facts = typeof someFacts extends fc.Arbitrary<infer Given> ? Given : never;

/** The rule in other words than the product's: told, five weekdays over, the start that was told reached, confirmed by the rep. */
function isToldEnough(facts: Facts, day: string): boolean {
  const { openness, isAnnounced, announcedOn, startsAfterDays, acknowledgedAfterDays } = facts;
  if (openness !== 'listenAndCompare' || !isAnnounced || acknowledgedAfterDays === null) return false;
  const isWeekday = (one: string) => ![0, 6].includes(new Date(`${one}T12:00:00Z`).getUTCDay());
  const length = Math.max(0, daysBetween(announcedOn, day) - 1);
  const between = Array.from({ length }, (_, index) => addDays(announcedOn, index + 1));
  return (
    between.filter(isWeekday).length >= NOTICE_DAYS &&
    day >= addDays(announcedOn, startsAfterDays) &&
    day >= addDays(announcedOn, acknowledgedAfterDays)
  );
}

/** What the account knows at one moment, and what is saved then. */
type Moment = {
  readonly facts: Facts;
  readonly now: Date;
  readonly checkIns: CheckIn[];
  readonly findings: { readonly findingId: string }[];
  wakes: number;
};

const instantOf = (facts: Facts, days: number) => new Date(`${addDays(facts.announcedOn, days)}T16:00:00Z`);

function gateOf(facts: Facts): GateRead {
  const { isAnnounced, announcedOn, startsAfterDays, acknowledgedAfterDays: days } = facts;
  const told = { announcedAt: instantOf(facts, 0), announcedBy: MANAGER.userId, text: 'I will call.' };
  const owners = [REP, OTHER_REP, MANAGER].map(({ ownerId }) => ownerId);
  return {
    announcement: isAnnounced ? { ...told, startsOn: addDays(announcedOn, startsAfterDays) } : null,
    acknowledgements: new Map(
      days === null ? [] : owners.map((ownerId) => [ownerId, instantOf(facts, days)]),
    ),
  };
}

/** The use cases over one account, at whatever moment is put in. */
function depsOver(world: World, current: () => Moment): Deps {
  const plain = stillStore(world);
  const scope = { portalId: world.portalId };
  const withOpenness = (read: PersonRead | null) => {
    const program = read?.program ?? null;
    if (program === null) throw new Error('The account has a program.');
    const settings = { ...program.settings, openness: current().facts.openness };
    return { ...read, program: { ...program, settings } };
  };
  const nothing = () => undefined;
  return {
    ...world.deps,
    clock: { now: () => current().now },
    ids: { ...world.deps.ids, uuid: () => NOBODYS_ID },
    queue: { wake: () => Promise.resolve(void (current().wakes += 1)) },
    store: stillStore(world, {
      'reads.person': async (userId: UserId, companyId: CompanyId | null) =>
        withOpenness(await plain.reads.person(scope, userId, companyId)),
      'reads.gate': () => gateOf(current().facts),
      'submissions.once': (_submission: unknown, work: () => Promise<unknown>) => work(),
      'checkIns.add': (checkIn: CheckIn) => void current().checkIns.push(checkIn),
      'checkIns.find': () => current().checkIns[0] ?? null,
      'findings.add': (finding: { findingId: string }) => void current().findings.push(finding),
      'findings.ofCheckIn': () => current().findings[0] ?? null,
      'outbox.addMany': nothing,
      'audit.append': nothing,
    }),
  };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('before the gate of a rep', () => {
  it('CMP-I15: nothing that a caller sends is compared, then or by a correction', async () => {
    // Mutations: an announcement was taken for the rep's own word; the day of the conversation was not looked at; the fifth day
    // itself was open; a check-in that is only listened to kept its answers, got a finding, or took a correction.
    const world = await worlds.fresh();
    const actors = { manager: world.manager, rep: world.rep, stranger: world.stranger };
    let moment: Moment | null = null;
    const deps = depsOver(world, () => moment!);
    let compared = 0;

    await checkAsyncProperty(fc.tuple(someFacts, someAnswer), async ([facts, answer]) => {
      const now = instantOf(facts, facts.savedAfterDays);
      moment = { facts, now, checkIns: [], findings: [], wakes: 0 };
      const actor = actors[facts.caller];
      const savedOn = addDays(facts.announcedOn, facts.savedAfterDays);
      const happenedOn = addDays(savedOn, -facts.heldDaysBefore);
      const asked = { ...anAnswer(), ...answer, companyId: facts.companyId, happenedOn };

      await codeOf(recordCheckIn(deps, actor, asked));
      const again = { submissionId: NOBODYS_ID, recall: answer.recall, reason: 'Misheard.' };
      const corrected = await codeOf(correctCheckIn(deps, actor, NOBODYS_ID, again));

      const { checkIns, findings, wakes } = moment;
      const isCompared = findings.length > 0 || wakes > 0 || checkIns.some(({ recall }) => recall !== null);
      if (!isCompared)
        return corrected === 'conflict' || corrected === 'not_found' || corrected === 'forbidden';
      compared += 1;
      const rep = REP_OF.get(facts.companyId) ?? null;
      const isAnothers = rep !== null && rep !== MANAGER.ownerId && facts.caller === 'manager';
      return isAnothers && isToldEnough(facts, happenedOn) && isToldEnough(facts, savedOn);
    });

    expect(compared).toBeGreaterThan(0);
  });
});
