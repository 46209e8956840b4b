import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/core/cadence/calendar.ts';
import { CAUTIOUS_SETTINGS } from '../../src/core/comparison/settings.ts';
import { asUserId, type CompanyId, type OwnerId } from '../../src/core/model.ts';
import { AppError } from '../../src/errors.ts';
import type { ComparedCheckIn } from '../../src/usecases/counts-port.ts';
import type { FindingRow } from '../../src/usecases/finding-records.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { getMethod } from '../../src/usecases/get-method.ts';
import type { Deps, UserActor } from '../../src/usecases/ports.ts';
import { checkAsyncProperty } from '../core/comparison/check-property.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { stillStore } from '../support/still-store.ts';
import {
  COMPANY,
  CYCLE,
  FORGOT,
  FREE_COMPANY,
  MANAGER,
  OTHER_COMPANY,
  OTHER_REP,
  OWN_COMPANY,
  REP,
  useWorlds,
  type World,
} from '../support/world.ts';

/** A rep's differences are between that rep and whoever called: to everybody else they are as if they were not. */

const worlds = useWorlds();
// A million cases take minutes.
jest.setTimeout(3_600_000);
const TODAY = '2026-08-12';
const AUDITOR = asUserId(666);
const TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);
const COMPANIES = [COMPANY, OTHER_COMPANY, OWN_COMPANY, FREE_COMPANY];

const someDifference = fc.record({
  severity: fc.constantFrom(1 as const, 2 as const),
  companyId: fc.constantFrom(COMPANY, FREE_COMPANY),
  noticedDaysAgo: fc.integer({ min: 0, max: 60 }),
  isSettled: fc.boolean(),
  hasOpenReply: fc.boolean(),
  supported: fc.boolean(),
  isFirstOfTouch: fc.boolean(),
});
type Difference = typeof someDifference extends fc.Arbitrary<infer Given> ? Given : never;

const verdictOf = ({ severity }: Difference) => (severity === 2 ? 'DIFFERS_FIRM' : 'DIFFERS_SOFT');

function comparedOf(difference: Difference): ComparedCheckIn {
  const { severity, companyId, isSettled, hasOpenReply, supported, isFirstOfTouch } = difference;
  return {
    companyId,
    cycle: CYCLE,
    repOwnerId: REP.ownerId,
    callerUserId: MANAGER.userId,
    isFirstOfTouch,
    verdict: verdictOf(difference),
    severity,
    inputs: { claims: TOUCHES, recency: 'NEVER', count: '0', flags: [] },
    supported,
    isSettled,
    hasOpenReply,
  };
}

/** As a finding of the rep that is in the store, with what another difference is put in. */
function findingOf(stored: FindingRow, difference: Difference): FindingRow {
  const { severity, companyId, noticedDaysAgo, isSettled, supported } = difference;
  const noticedOn = addDays(TODAY, -noticedDaysAgo);
  const settled = { verdict: verdictOf(difference), severity, rule: severity === 2 ? 'R13' : 'R14' } as const;
  return {
    ...stored,
    companyId,
    noticedOn,
    replyUntil: addDays(noticedOn, 7),
    settledAt: isSettled ? stored.nextTryAt : null,
    supported,
    result: { ...stored.result!, ...settled, thresholds: CAUTIOUS_SETTINGS },
  };
}

/** The account, with these differences of the rep beside all that is stored. */
function depsOver(world: World, stored: FindingRow, differences: () => readonly Difference[]): Deps {
  const plain = stillStore(world);
  const scope = { portalId: world.portalId };
  const rows = () => differences().map((difference) => findingOf(stored, difference));
  const store = stillStore(world, {
    'counts.compared': async (ownerIds: readonly OwnerId[], first: ComparedCheckIn['cycle']) => [
      ...(await plain.counts.compared(scope, ownerIds, first)),
      ...(ownerIds.includes(REP.ownerId) ? differences().map(comparedOf) : []),
    ],
    'findings.waitingForReply': (ownerId: OwnerId) => (ownerId === REP.ownerId ? rows() : []),
    'findings.ofCompany': (companyId: CompanyId) => rows().filter((row) => row.companyId === companyId),
    'findings.find': () => rows()[0] ?? null,
    'findings.ofCheckIn': () => rows()[0] ?? null,
    'audit.appendOnce': () => undefined,
    'audit.append': () => undefined,
  });
  return { ...world.deps, store };
}

type View = (deps: Deps, reader: UserActor) => Promise<unknown>;
const viewsOf = (findingId: string): readonly View[] => [
  getHome,
  getMethod,
  ...COMPANIES.map((companyId) => (deps: Deps, reader: UserActor) => getCompany(deps, reader, companyId)),
  (deps, reader) => getFinding(deps, reader, findingId),
];

/** One view as text, or the code of the refusal. */
async function shown(view: View, deps: Deps, reader: UserActor): Promise<string> {
  try {
    return JSON.stringify(await view(deps, reader));
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

/** A team in which the other rep has numbers and calls a colleague's customers, and an auditor looks on. */
async function aTeam() {
  const managers = [{ managerUserId: OTHER_REP.userId, repOwnerIds: [MANAGER.ownerId] }];
  const world = await worlds.fresh({ settings: { managers, auditorUserId: AUDITOR } });
  const others = { companyId: OTHER_COMPANY, repOwnerId: OTHER_REP.ownerId };
  const fits = { recall: { ...FORGOT, recency: 'W4', count: '2' } } as const;
  const own = touchesOf([12, 40], { owner: OTHER_REP.ownerId });
  for (let credits = 0; credits < 12; credits += 1) await addCompared(world, own, { ...others, ...fits });
  const stored = await addCompared(world, TOUCHES, {}, { replyUntil: '2026-08-19' });
  const auditor = { ...world.manager, userId: AUDITOR };
  return { world, stored, peers: [world.otherRep, world.stranger, auditor] };
}

describe('a rep’s differences', () => {
  it('change nothing that any peer is shown, and no count of theirs', async () => {
    // Mutations: a viewer's card counted findings as open issues; everybody might open a finding; the numbers of the home page
    // were another rep's.
    const { world, stored, peers } = await aTeam();
    let differences: readonly Difference[] = [];
    const deps = depsOver(world, stored, () => differences);
    const views = viewsOf(stored.findingId);
    const pairs = peers.flatMap((peer) => views.map((view) => ({ peer, view, without: '' })));
    for (const pair of pairs) pair.without = await shown(pair.view, deps, pair.peer);
    const asked = fc.tuple(
      fc.constantFrom(...pairs),
      fc.array(someDifference, { minLength: 1, maxLength: 12 }),
    );

    await checkAsyncProperty(asked, async ([{ peer, view, without }, drawn]) => {
      differences = drawn;
      return (await shown(view, deps, peer)) === without;
    });

    const card = await getCompany(deps, world.rep, COMPANY);
    expect(pairs[0]?.without).toContain('In 12 of 12 compared check-ins');
    expect(JSON.stringify(card)).toMatch(/DIFFERS_(FIRM|SOFT)/);
  });
});
