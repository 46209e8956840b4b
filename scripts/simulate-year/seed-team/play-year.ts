/** The seed team's year: its portal, the backend and HubSpot's stand-in over sockets, on a clock that stands still between steps. */
import { addDays } from '../../../src/core/cadence/calendar.ts';
import { sampled } from '../../../src/core/random.ts';
import { openWorld, type World } from '../../tour/world.ts';
import { drawTouches, SECOND_REACHED, stateAs, type Person } from '../account.ts';
import { readFinding, saveStatement, type Finding } from './ask.ts';
import { beginYear, BEGINS_AT, type Year, type YearPlan } from './begin-year.ts';
import { callsOfTouches, type LoggedTouches } from './calls.ts';
import { SEED_SURROUNDINGS, type SeedContact, type SeedRep } from './roster.ts';

/** Five business days in each quarter's last month on which customers are called, at the end of the day. */
const HEARING_WEEKS = ['2026-03-09', '2026-06-08', '2026-09-14', '2026-12-07'] as const;
/** The day on which a quarter's teams have been tested: a week and a half after its end. */
const TESTED_ON = ['2026-04-13', '2026-07-13', '2026-10-13', '2027-01-13'] as const;
const DAYS_A_WEEK = 5;
const END_OF_DAY = 'T22:00:00Z';
const WEEK_MS = 7 * 86_400_000;
/** Room for the ids of one conversation's calls. */
const MOST_CALLS_OF_ONE = 60;

/** One conversation, and what the product made of it at once and at the end of the year. */
export type HeardOnce = {
  readonly ownerId: string;
  readonly companyId: string;
  readonly quarter: number;
  readonly isSecondContact: boolean;
  readonly findingId: string | null;
  readonly verdict: string | null;
  readonly endVerdict: string | null;
};
export type Flagged = { readonly ownerId: string; readonly quarter: number; readonly checkIns: number };
export type PlayedYear = {
  readonly reps: readonly SeedRep[];
  readonly heard: readonly HeardOnce[];
  /** The first pattern of each rep who got one, as the rep's own home page shows it. */
  readonly flagged: readonly Flagged[];
};

/** Plays the year from nothing installed to the last quarter's test. No rep ever replies. */
export async function playYear(plan: YearPlan): Promise<PlayedYear> {
  const world = await openWorld(BEGINS_AT);
  try {
    const year = await beginYear(plan, world);
    const heard: HeardOnce[] = [];
    const flagged: Flagged[] = [];
    for (let quarter = 1; quarter <= plan.quarters; quarter += 1) {
      heard.push(...(await hearQuarter(year, quarter, heard.length)));
      if (!plan.isTested) continue;
      await moveTo(world, `${TESTED_ON[quarter - 1] ?? ''}T15:00:00Z`);
      flagged.push(...(await newlyFlagged(year, quarter, heard, flagged)));
      plan.tell(`quarter ${quarter}: ${heard.length} conversations, ${flagged.length} reps with a pattern`);
    }
    return { reps: year.reps, heard: await atTheEnd(year, heard), flagged };
  } finally {
    await world.close();
  }
}

/** Everyone in the quarter's draw is asked on one of five days, once the calls of those three months stand in the log. */
async function hearQuarter(year: Year, quarter: number, earlier: number): Promise<HeardOnce[]> {
  const { reps, plan, random, desk, seeded } = year;
  const drawn = reps.map((rep) => ({ rep, accounts: sampled(rep.accounts, plan.checkInsPerRep, random) }));
  const heard: HeardOnce[] = [];
  let calls = earlier * MOST_CALLS_OF_ONE;
  for (let day = 0; day < DAYS_A_WEEK; day += 1) {
    const today = addDays(HEARING_WEEKS[quarter - 1] ?? '', day);
    await moveTo(desk.world, `${today}${END_OF_DAY}`);
    const asked = drawn.flatMap(({ rep, accounts }) =>
      accounts
        .filter((_, index) => index % DAYS_A_WEEK === day)
        .map((account) => ({ rep, account, touches: drawTouches(account, SEED_SURROUNDINGS, random) })),
    );
    const added = callsOfTouches(seeded.document, asked, { today, from: calls, random });
    calls += added.objects?.['calls']?.length ?? 0;
    await desk.world.control.load(added, 'merge');
    for (const one of asked) heard.push(...(await hearOne(year, one, quarter, today)));
  }
  return heard;
}

/** The person whom most calls were with, and the other one where the product proposes that and they are reached. */
async function hearOne(
  { desk, random }: Year,
  { rep, account, touches }: LoggedTouches,
  quarter: number,
  today: string,
): Promise<HeardOnce[]> {
  const { recall } = SEED_SURROUNDINGS;
  const [firstContact, secondContact] = account.contacts;
  const hear = async (
    contact: SeedContact,
    who: Person,
  ): Promise<{ finding: Finding | null; heard: HeardOnce }> => {
    const statement = stateAs(touches, who, recall, random);
    const findingId = await saveStatement(desk, account.companyId, contact, today, statement);
    await desk.world.control.advance(0);
    const finding = findingId === null ? null : await readFinding(desk, findingId);
    const { ownerId } = rep;
    const { companyId } = account;
    const verdict = finding?.verdict ?? null;
    const isSecondContact = who === 'withSecond';
    return {
      finding,
      heard: { ownerId, companyId, quarter, isSecondContact, findingId, verdict, endVerdict: verdict },
    };
  };
  const first = await hear(firstContact, 'withFirst');
  const isProposed = first.finding?.secondContact?.contactId === secondContact.id;
  if (!isProposed || random.uniform() >= SECOND_REACHED) return [first.heard];
  const second = await hear(secondContact, 'withSecond');
  return [first.heard, second.heard];
}

/** Reps whose home page shows a pattern for the first time. */
async function newlyFlagged(
  { desk, reps }: Year,
  quarter: number,
  heard: readonly HeardOnce[],
  known: readonly Flagged[],
): Promise<Flagged[]> {
  const found: Flagged[] = [];
  for (const { ownerId, userId } of reps) {
    if (known.some((flagged) => flagged.ownerId === ownerId)) continue;
    const { patterns } = await desk.world.as(desk.portalId, userId).ask('getHome');
    if (!patterns.some(({ reader }) => reader === 'rep')) continue;
    const checkIns = heard.filter((one) => one.ownerId === ownerId && !one.isSecondContact).length;
    found.push({ ownerId, quarter, checkIns });
  }
  return found;
}

/** Each finding as it reads when the year is over: a second contact or a record found later may have explained it. */
async function atTheEnd({ desk }: Year, heard: readonly HeardOnce[]): Promise<HeardOnce[]> {
  const ended: HeardOnce[] = [];
  for (const one of heard) {
    const finding = one.findingId === null ? null : await readFinding(desk, one.findingId);
    ended.push({ ...one, endVerdict: finding?.verdict ?? null });
  }
  return ended;
}

/** Moves the clock a week at a time: one request must not run for many minutes. */
async function moveTo({ control }: World, instant: string): Promise<void> {
  let now = Date.parse(await control.now());
  const end = Date.parse(instant);
  while (now < end) {
    now = Math.min(now + WEEK_MS, end);
    await control.clock(new Date(now).toISOString());
  }
}
