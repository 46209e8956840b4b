import { asPortalId } from '../../../src/core/model.ts';
import { readConfig, type Config } from '../../../src/config.ts';
import { hasCode } from '../../../src/errors.ts';
import { createSecrets } from '../../../src/store/secrets.ts';
import { connect } from '../account.ts';
import { BOTH, UNIQUE, type Cell, type Row } from '../row.ts';
import { atEvent, HOUR_MS, isCreate, MINUTE_MS } from './helpers.ts';

/** Another key of a throwaway database. */
const NEXT_KEY = Buffer.from('another key of fault runs, idem!').toString('base64');

/** Neither starts: without a key the settings are refused, with a wrong one what is stored cannot be opened. */
const noBoot: Row = {
  fault: 'master key missing or wrong',
  point: 'start',
  modes: UNIQUE,
  countedBy: 'engine',
  run: async (cell) => {
    if (canStart({ ...cell.world.environment, MASTER_KEY: '' }))
      cell.fault('a process without a master key starts');
    else cell.hit();
    const refused = await cell.start({ config: { ...cell.world.config, masterKey: NEXT_KEY } }).then(
      () => false,
      (error: unknown) => hasCode(error, 'invalid_input'),
    );
    if (refused) cell.hit();
    else cell.fault('a process with a wrong master key starts');
    await cell.start();
    await cell.settle();
  },
};

function canStart(environment: Readonly<Record<string, string>>): boolean {
  try {
    readConfig(environment);
    return true;
  } catch {
    return false;
  }
}

/** A restart with a new key in the middle of a run, which still knows the old one; then one that does not any more. */
const rotated: Row = {
  fault: 'master key rotated in flight',
  point: 'between two batches',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const { config, owner } = cell.world;
    await runUntilStopped(cell, config);
    await runUntilStopped(cell, { ...config, masterKey: NEXT_KEY, previousMasterKey: config.masterKey });
    await cell.start({ config: { ...config, masterKey: NEXT_KEY } });
    await cell.settle();
    const { rows } = await owner.query<{ key_version: string }>(
      `SELECT key_version FROM tokens WHERE portal_id = $1
       UNION SELECT key_version FROM portal_secrets WHERE portal_id = $1`,
      [cell.account.portalId],
    );
    const [newest] = createSecrets(NEXT_KEY).versions;
    if (rows.length === 1 && rows[0]?.key_version === newest) cell.hit();
    else cell.fault('something is still sealed by the key that is gone');
    await cell.advance(HOUR_MS);
  },
};

/** Runs a process until it is told to stop before one of its creates, or has nothing left to do. */
async function runUntilStopped(cell: Cell, config: Config): Promise<void> {
  const ends: Promise<unknown>[] = [];
  const fate: { stop: () => Promise<void> } = { stop: () => Promise.resolve() };
  const engine = await cell.start({
    config,
    observe: atEvent(1 + cell.random.below(2), isCreate, () => {
      ends.push(fate.stop());
    }),
  });
  fate.stop = engine.stop;
  await cell.settle();
  await Promise.allSettled(ends);
  engine.kill();
}

/** A token of another account stands where this one's stood: it opens nothing, and this account alone must connect again. */
const moved: Row = {
  fault: 'ciphertext moved to another account',
  point: 'between two batches',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const { world, account } = cell;
    const foreign = createSecrets(world.config.masterKey).seal(
      asPortalId(account.portalId + 1_000_000),
      'tokens.access_token',
      Buffer.from('a token of another account'),
    );
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), isCreate, async () => {
        await world.owner.query('UPDATE tokens SET access_token = $2 WHERE portal_id = $1', [
          account.portalId,
          foreign,
        ]);
      }),
    });
    await cell.settle();
    await cell.advance(MINUTE_MS);
    const { rows } = await world.owner.query<{ status: string; audits: number }>(
      `SELECT status, (SELECT count(*)::int FROM audit_log WHERE portal_id = $1 AND action = 'disconnect') AS audits
       FROM portals WHERE portal_id = $1`,
      [account.portalId],
    );
    if (rows[0]?.status === 'disconnected' && rows[0].audits > 0) cell.hit();
    else cell.fault(`the account is ${rows[0]?.status ?? 'gone'} with ${rows[0]?.audits ?? 0} audit rows`);
    await connect(world, account.portalId);
    await cell.settle();
  },
};

/** The key that seals what is stored. */
export const KEY_ROWS: readonly Row[] = [noBoot, rotated, moved];
