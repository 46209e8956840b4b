import { canonicalJson } from '../core/comparison/canonical.ts';
import { isImported, isManual } from '../core/comparison/sources.ts';
import { AUDITOR_APART, UNKNOWN_PLACE, unknownStage, windowIsTold, yearIsFixed } from '../core/wording.ts';
import { AppError, invalidField } from '../errors.ts';
import { auditorOf } from './auditor-view.ts';
import { DEFAULT_SETTINGS, loadPerson, requireAdmin, type Person } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { programView } from './program-view.ts';
import type { ProgramSettings } from '../core/program-settings.ts';
import type { TenantScope } from './records.ts';
import { submit } from './submit.ts';

/** What changes calls that are planned already. */
const FOLLOWED = ['managers', 'releaseHorizon', 'combineBranches'] as const;

export type SaveProgramInput = {
  readonly submissionId: string;
  readonly expectedVersion: number;
  readonly settings: ProgramSettings;
};

/**
 * Saves the rules as the next version; earlier versions stay readable.
 * @throws forbidden, conflict (somebody saved meanwhile, the year's first month changed after *Start*, or fewer days to reply than were announced), invalid_input (unknown people, sources that no machine writes, an auditor with a part in it, an unknown country, region or lifecycle stage)
 */
export async function saveProgram(deps: Deps, actor: UserActor, input: SaveProgramInput) {
  const after = { isReadAgain: false };
  const reply = await submit(
    deps,
    actor,
    { action: 'saveProgram', subject: 'program' },
    input,
    async (scope) => {
      const person = await loadPerson(deps, scope, actor);
      requireAdmin(person);
      requireSameYear(person, input.settings);
      await requireWindowAsTold(deps, scope, input.settings);
      requireKnownPeople(person, input.settings);
      requireMachineSources(input.settings);
      requireKnownPlace(deps, input.settings);
      requireKnownStages(person, input.settings);
      const { store } = deps;
      await store.programs.save(scope, input.expectedVersion, input.settings, actor.userId, person.now);
      after.isReadAgain = isReadAgain(person, input.settings);
      if (after.isReadAgain) await store.portals.update(scope, { planRequestedAt: person.now });
      // Read anew: roles, the quarter and the holidays follow from the rules.
      const now = await loadPerson(deps, scope, actor);
      await requireAuditorApart(deps, scope, now);
      return { program: await programView(deps, scope, now) };
    },
  );
  if (after.isReadAgain) await deps.queue.wake('refreshPortal', actor.portalId);
  return reply;
}

/** Who is called, by whom and when follows from a read and the plan after it: at once, and not with the next night's. */
function isReadAgain({ portal, settings: now }: Person, settings: ProgramSettings): boolean {
  const isOther = (key: keyof ProgramSettings) => canonicalJson(settings[key]) !== canonicalJson(now[key]);
  return isOther('lifecycleStages') || (portal.startedAt !== null && FOLLOWED.some(isOther));
}

/** Planned quarters keep their labels and days: another year would cut through them, and count some customers twice. */
function requireSameYear({ portal, settings: now }: Person, settings: ProgramSettings): void {
  if (portal.startedAt === null || settings.fiscalStartMonth === now.fiscalStartMonth) return;
  const { message, hint } = yearIsFixed(now.fiscalStartMonth);
  throw new AppError('conflict', message, { hint });
}

/** There is one announcement, and every rep acknowledges that one: no later one could tell them of fewer days. */
async function requireWindowAsTold(deps: Deps, scope: TenantScope, settings: ProgramSettings): Promise<void> {
  const { programs } = deps.store;
  const announcement = await programs.announcement(scope);
  if (announcement === null) return;
  const told = (await programs.at(scope, announcement.announcedAt))?.settings ?? DEFAULT_SETTINGS;
  if (settings.replyWindowBusinessDays >= told.replyWindowBusinessDays) return;
  const { message, hint } = windowIsTold(told.replyWindowBusinessDays);
  throw new AppError('conflict', message, { hint });
}

function requireKnownPeople({ owners }: Person, settings: ProgramSettings): void {
  const users = new Set(owners.map(({ userId }) => userId as number | null));
  const reps = new Set(owners.map(({ ownerId }) => ownerId as string));
  const { auditorUserId } = settings;
  if (auditorUserId !== null && !users.has(auditorUserId)) throw unknownPerson('settings.auditorUserId');
  for (const { managerUserId, repOwnerIds } of settings.managers) {
    if (!users.has(managerUserId)) throw unknownPerson('settings.managers.managerUserId');
    if (!repOwnerIds.every((ownerId) => reps.has(ownerId)))
      throw unknownPerson('settings.managers.repOwnerIds');
  }
}

/** A rep whose manager did not accept a reply turns to the auditor, who must not have a part in it and could not read the case. */
async function requireAuditorApart(deps: Deps, scope: TenantScope, now: Person): Promise<void> {
  if (now.settings.auditorUserId === null || (await auditorOf(deps, scope, now)) !== null) return;
  const { message, remedy } = AUDITOR_APART;
  throw invalidField('settings.auditorUserId', message, remedy);
}

/** What a person typed in or read from a file proves nothing by itself, whatever the settings say. */
function requireMachineSources({ trustedSources }: ProgramSettings): void {
  for (const { label, detail } of trustedSources) {
    const source = { sourceLabel: label, sourceDetail: detail };
    if (!isImported(source) && !isManual(source)) continue;
    throw invalidField(
      'settings.trustedSources',
      `${label} cannot be trusted: its records are typed in or imported.`,
      'Name a phone system, calendar or mailbox.',
    );
  }
}

/** Of a place that is not known there are no holidays, and days would count on which nobody works. */
function requireKnownPlace({ countries }: Deps, { holidayCountry, holidayRegion }: ProgramSettings): void {
  const country = countries.find(({ value }) => value === holidayCountry);
  const { message, remedy } = UNKNOWN_PLACE;
  if (country === undefined) throw invalidField('settings.holidayCountry', message, remedy);
  if (holidayRegion === null || country.regions.some(({ value }) => value === holidayRegion)) return;
  throw invalidField('settings.holidayRegion', message, remedy);
}

/** No company is ever in a stage that HubSpot does not have. What was chosen before it went from there may stay. */
function requireKnownStages({ portal, settings: now }: Person, { lifecycleStages }: ProgramSettings): void {
  if (portal.knownStages.length === 0) return;
  const known = new Set([...portal.knownStages.map(({ value }) => value), ...now.lifecycleStages]);
  const unknown = lifecycleStages.find((stage) => !known.has(stage));
  if (unknown === undefined) return;
  const { message, remedy } = unknownStage(unknown);
  throw invalidField('settings.lifecycleStages', message, remedy);
}

function unknownPerson(field: string): AppError {
  return invalidField(
    field,
    'Somebody who was chosen is not in your HubSpot account.',
    'Choose somebody from the list.',
  );
}
