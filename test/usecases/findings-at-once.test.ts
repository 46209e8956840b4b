import { afterAll, describe, expect, it } from '@jest/globals';
import { asContactId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { followMergedContacts } from '../../src/usecases/merged-contacts.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { setLog } from '../support/finding-story.ts';
import { postgresMissing, stopPostgres } from '../support/postgres.ts';
import { DANA, sixCalls, useWorlds, type World } from '../support/world.ts';

const missing = postgresMissing();
const ROUNDS = 25;
const PEOPLE = 8;

/** As many people of one company say that nobody called; nobody has been told yet, and one more waits for the log. */
async function manyDifferences(world: World): Promise<void> {
  const contactIds = Array.from({ length: PEOPLE }, (_, at) => asContactId(String(400 + at)));
  setLog(world, sixCalls({ contactIds: [DANA, ...contactIds] }));
  for (const contactId of contactIds)
    await world.record({ respondent: { contactId, name: `Person ${contactId}` } });
  await compareCheckIns(world.deps, world.portalId);
  await world.record();
}

/** As many accounts side by side, on the clock that they share. */
async function manyWorlds(fresh: () => Promise<World>): Promise<readonly World[]> {
  const worlds: World[] = [];
  for (let round = 0; round < ROUNDS; round += 1) worlds.push(await fresh());
  await Promise.all(worlds.map(manyDifferences));
  worlds[0]?.clock.advance(15 * MINUTE_MS);
  return worlds;
}

if (missing === null) {
  describe('on Postgres, all that write the findings of one company', () => {
    const worlds = useWorlds('postgres');
    afterAll(stopPostgres, 60_000);

    it(`do so at once, ${ROUNDS} times, and never wait for each other in a circle`, async () => {
      const prepared = await manyWorlds(() => worlds.fresh());
      const failed: unknown[] = [];

      for (const world of prepared) {
        const pair = [asContactId('401'), asContactId('402')] as const;
        const ended = await Promise.allSettled([
          compareCheckIns(world.deps, world.portalId),
          releaseFeedback(world.deps, world.portalId),
          settleFindings(world.deps, world.portalId),
          followMergedContacts(world.deps, world.portalId, [pair]),
        ]);
        failed.push(...ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])));
      }

      expect(failed).toEqual([]);
    }, 180_000);
  });
} else {
  process.stdout.write(`${missing}\n`);
  it.skip('write the findings of one company at once on Postgres', () => undefined);
}
