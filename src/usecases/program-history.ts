import { changesInWords, type Names } from '../core/program-history.ts';
import { recallChanges } from '../core/recall-history.ts';
import { DEFAULT_SETTINGS, nameOfUser, ownerById, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { Program, TenantScope } from './records.ts';
import type { ProgramSettings } from '../core/program-settings.ts';
import type { OwnerId, UserId } from '../core/model.ts';

const VERSIONS_SHOWN = 20;
/** Most of them differ too little to be told: a day's new statements move a number by less than its last digit. */
const MEASUREMENTS_READ = 400;
const MEASUREMENTS_SHOWN = 20;

/** Every version of the rules, newest first: who saved it, when, and what it changed, in words. */
export async function programHistory(deps: Deps, scope: TenantScope, person: Person) {
  // One more than is shown, so that the oldest shown has something to be measured against.
  const versions = await deps.store.programs.history(scope, VERSIONS_SHOWN + 1);
  const names = namesOf(person);
  return versions.slice(0, VERSIONS_SHOWN).map((version, index) => ({
    version: version.version,
    savedAt: version.savedAt.toISOString(),
    savedByName: nameOfUser(person, version.savedBy),
    changes: changesInWords(rulesOf(versions[index + 1]), rulesOf(version), names),
  }));
}

/** From which days on comparisons weigh memory by other numbers, newest first: nobody saved these, the account's answers did. */
export async function recallHistory(deps: Deps, scope: TenantScope) {
  const measured = await deps.store.recall.changes(scope, MEASUREMENTS_READ);
  return recallChanges(measured, measured.length < MEASUREMENTS_READ)
    .slice(0, MEASUREMENTS_SHOWN)
    .map(({ since, changes }) => ({ since, changes: [...changes] }));
}

/** A version saved before a setting existed means its default; before the first there were the defaults alone. */
function rulesOf(version: Program | undefined): ProgramSettings {
  return { ...DEFAULT_SETTINGS, ...version?.settings };
}

function namesOf(person: Person): Names {
  const stages = new Map(person.portal.knownStages.map((stage) => [stage.value, stage.label]));
  return {
    user: (userId) => nameOfUser(person, userId as UserId),
    owner: (ownerId) => ownerById(person, ownerId as OwnerId)?.name ?? 'a colleague',
    outcome: (id) => person.portal.callDispositions[id] ?? 'that is gone',
    stage: (value) => stages.get(value) ?? value,
  };
}
