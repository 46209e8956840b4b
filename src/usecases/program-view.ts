import { localDayOf } from '../core/cadence/calendar.ts';
import { STANDARD_DISPOSITIONS } from '../core/comparison/outcome.ts';
import { isApart, rolesFor } from '../core/feedback/roles.ts';
import type { OwnerId } from '../core/model.ts';
import { LISTENING_NOTICE, SCOPE_REASONS, announcementText } from '../core/wording.ts';
import { appsUrl } from './apps-url.ts';
import { dryRun } from './dry-run.ts';
import { loadGates } from './gate-of-rep.ts';
import { leaveViews } from './leave.ts';
import { logUsage } from './log-usage.ts';
import { methodPanels } from './method-panels.ts';
import { callerOf, DEFAULT_SETTINGS, nameOfUser, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';
import { programHistory, recallHistory } from './program-history.ts';
import { runView } from './run-view.ts';

const WEEKS_A_QUARTER = 13;

/** The settings page: the rules now, who has acknowledged them, and what *Start* would write. */
export async function programView(deps: Deps, scope: TenantScope, person: Person) {
  const { portal, program, settings, today } = person;
  const announcement = await deps.store.programs.announcement(scope);
  const companies = await deps.store.companies.countByOwner(scope);
  const reps = await repsOf(deps, scope, person, companies);
  const look = await dryRun(deps, scope, person);
  return {
    version: program?.version ?? 0,
    settings: editable(settings),
    started: portal.startedAt !== null,
    today,
    timeZone: portal.timeZone,
    announcement:
      announcement === null
        ? null
        : {
            announcedAt: announcement.announcedAt.toISOString(),
            startsOn: announcement.startsOn,
            text: announcement.text,
          },
    announcementDefault: announcementText('{date}', settings.replyWindowBusinessDays),
    listeningText: LISTENING_NOTICE,
    appsUrl: appsUrl(person),
    reps,
    people: peopleOf(person, companies),
    countries: deps.countries.map(({ regions, ...country }) => ({ ...country, regions: [...regions] })),
    stages: portal.knownStages.map((stage) => ({ ...stage })),
    dryRun: look,
    run: await runView(deps, scope, person),
    scopes: Object.entries(SCOPE_REASONS).map(([scopeName, why]) => ({
      scope: scopeName,
      why,
      granted: portal.scopes.includes(scopeName),
    })),
    dispositions: ownDispositions(person),
    knownSources: DEFAULT_SETTINGS.trustedSources.map((source) => ({ ...source })),
    usage: await logUsage(deps, scope, person),
    history: await programHistory(deps, scope, person),
    recallHistory: await recallHistory(deps, scope),
    leave: await leaveViews(deps, scope, person),
    ...(await methodPanels(deps, scope, {
      reps: reps.length,
      customers: look.customers,
      capacity: settings.checkInsPerWeek * WEEKS_A_QUARTER * look.callers,
    })),
  };
}

/** How many customers each owner has. */
type CompaniesByOwner = ReadonlyMap<OwnerId, number>;

function peopleOf({ owners, portal, settings }: Person, companies: CompaniesByOwner) {
  return owners.flatMap(({ ownerId, userId, name, active }) => {
    if (!active || userId === null) return [];
    const roles = rolesFor({
      userId,
      installedByUserId: portal.installedByUserId,
      ownerId,
      ownsCompanies: (companies.get(ownerId) ?? 0) > 0,
      settingsManagers: settings.managers,
    });
    return [{ userId, ownerId, name, canAudit: isApart(roles) }];
  });
}

/** Call outcomes that the account added to HubSpot's standard ones, by name. */
function ownDispositions({ portal }: Person): { id: string; label: string }[] {
  return Object.entries(portal.callDispositions)
    .filter(([id]) => !Object.hasOwn(STANDARD_DISPOSITIONS, id))
    .map(([id, label]) => ({ id, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** The settings as a form may change them: the contract's plain, mutable shape. */
function editable(settings: Person['settings']) {
  return {
    ...settings,
    lifecycleStages: [...settings.lifecycleStages],
    managers: settings.managers.map(({ managerUserId, repOwnerIds }) => ({
      managerUserId,
      repOwnerIds: [...repOwnerIds],
    })),
    trustedSources: settings.trustedSources.map((source) => ({ ...source })),
    dispositionMeanings: { ...settings.dispositionMeanings },
  };
}

async function repsOf(deps: Deps, scope: TenantScope, person: Person, companies: CompaniesByOwner) {
  const acknowledgements = await deps.store.programs.acknowledgements(scope);
  const reps = person.owners.filter(({ ownerId, active }) => active && (companies.get(ownerId) ?? 0) > 0);
  const { gateOf } = await loadGates(deps, scope, person);
  const rows = [];
  for (const { ownerId, name } of reps) {
    const acknowledgedAt = acknowledgements.get(ownerId);
    rows.push({
      ownerId: ownerId as string,
      name,
      managerName: nameOfUser(person, callerOf(person, { ownerId })),
      companies: companies.get(ownerId) ?? 0,
      acknowledgedOn:
        acknowledgedAt === undefined ? null : localDayOf(acknowledgedAt, person.portal.timeZone),
      gateOpensOn: gateOf(ownerId).opensOn,
    });
  }
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
