import { randomUUID } from 'node:crypto';
import type { PortalDocumentInput } from '../../sandbox/portal-document.ts';
import { hubspotCalling } from '../../sandbox/portals/trusted-sources.ts';
import type { ReplyOf } from '../../src/http/endpoints.ts';
import { ANA, MIA, TOM } from './portal.ts';
import type { World } from './world.ts';

type Settings = ReplyOf<'getProgram'>['settings'];

/** A new id for each write, as the card makes one. */
export function submissionId(): string {
  return randomUUID();
}

/** Loads an account and has its manager install the app in it. */
export async function loadAndInstall(world: World, portal: PortalDocumentInput): Promise<void> {
  await world.control.load(portal);
  await world.install(portal.portalId, ANA.userId);
}

/** The admin saves the rules, changed in some points, as the settings page does. */
export async function saveSettings(
  world: World,
  portalId: number,
  changes: Partial<Settings>,
): Promise<ReplyOf<'saveProgram'>> {
  const ana = world.as(portalId, ANA.userId);
  const { version, settings } = await ana.ask('getProgram');
  return ana.ask('saveProgram', {
    body: {
      submissionId: submissionId(),
      expectedVersion: version,
      settings: { ...settings, ...changes },
    },
  });
}

/** Told today: the default words, with answers compared from today on. */
export async function announceToday(world: World, portalId: number): Promise<void> {
  const ana = world.as(portalId, ANA.userId);
  const { today, announcementDefault } = await ana.ask('getProgram');
  await ana.ask('announce', {
    body: {
      submissionId: submissionId(),
      startsOn: today,
      text: announcementDefault.replace('{date}', today),
    },
  });
}

export async function acknowledgeAll(world: World, portalId: number): Promise<void> {
  for (const { userId } of [TOM, MIA]) {
    await world.as(portalId, userId).ask('acknowledge', { body: { submissionId: submissionId() } });
  }
}

export async function startCheckIns(world: World, portalId: number): Promise<void> {
  await world.as(portalId, ANA.userId).ask('startProgram', { body: { submissionId: submissionId() } });
  await world.control.advance(0);
}

/** From nothing to a running program that compares: installed, told, confirmed by every rep, started. */
export async function startComparingProgram(
  world: World,
  portal: PortalDocumentInput,
  changes: Partial<Settings> = {},
): Promise<void> {
  const { portalId } = portal;
  await loadAndInstall(world, portal);
  await saveSettings(world, portalId, {
    openness: 'listenAndCompare',
    trustedSources: [{ label: hubspotCalling.label, detail: hubspotCalling.detail }],
    ...changes,
  });
  await announceToday(world, portalId);
  await acknowledgeAll(world, portalId);
  await startCheckIns(world, portalId);
}
