import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../src/core/random.ts';
import { OTHER_REP, type Account } from '../account.ts';
import { POSITIONS, type Position } from '../crash-points.ts';
import { cutRequests } from '../cut-requests.ts';
import type { Place } from '../world.ts';
import type { AnnouncedPoint } from './life.ts';

const CREATE = String.raw`/\/tasks\/batch\/create$/`;
/** How long a process under test may take to its next step. */
const PATIENCE_MS = 4_000;

/** A line to HubSpot that is cut in the middle of one create. */
export type CutLine = {
  readonly url: string;
  /** Resolves at the cut: whoever sent must die now. */
  readonly done: Promise<void>;
  close(): Promise<void>;
};

/** K6: part of the bytes of the first, a middle or the last create arrive. */
export async function cutLine({ simulatorUrl }: Place, position: Position, random: Random): Promise<CutLine> {
  let cut: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    cut = resolve;
  });
  const line = await cutRequests(simulatorUrl, {
    path: '/tasks/batch/create',
    skip: POSITIONS.indexOf(position),
    share: random.uniform(),
    onCut: () => cut(),
  });
  return { ...line, done };
}

/** What HubSpot must do for the point to be met: lose a reply (K7), or leave a result out of one (K9). */
export function prepare({ control }: Place, portalId: number, { name, position }: AnnouncedPoint): void {
  const match = { path: CREATE, portalId };
  const skip = POSITIONS.indexOf(position);
  if (name === 'K7')
    control.plant({ match, skip, when: 'after', fault: { kind: 'reset', at: 'beforeHeaders' } });
  if (name === 'K9')
    control.plant({ match, skip, when: 'after', fault: { kind: 'results', change: 'missing' } });
}

/** K10: once the tasks are there, some companies get a new owner, so that their tasks change. */
export async function changeOwners(place: Place, account: Account): Promise<void> {
  await until(
    place,
    account,
    `SELECT count(*) FILTER (WHERE state = 'created') = ${account.companyIds.length}`,
  );
  for (const companyId of account.companyIds.slice(0, 3)) {
    await place.control.send('POST', `/objects/${account.portalId}/companies/${companyId}`, {
      properties: { hubspot_owner_id: OTHER_REP.ownerId },
    });
  }
}

/** K12: the heir has looked for what the sleeper had claimed. */
export function untilTakenOver(place: Place, account: Account): Promise<void> {
  return until(place, account, `SELECT count(*) FILTER (WHERE state = 'sending') = 0 AND count(*) > 0`);
}

/** Waits for the account's touches to be so, and no longer than a process may take: what is not so then is no violation. */
async function until({ owner }: Place, { portalId }: Account, condition: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    const { rows } = await owner.query<{ isso: boolean }>(
      `${condition} AS isso FROM touches WHERE portal_id = $1`,
      [portalId],
    );
    if (rows[0]?.isso === true) return;
    await sleep(50);
  }
}
