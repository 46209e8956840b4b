import { afterAll, describe, it } from '@jest/globals';
import { postgresMissing, stopPostgres } from '../support/postgres.ts';
import { openTestStore } from '../support/stores.ts';
import { storeBattery } from './contract/battery.ts';

const missing = postgresMissing();

if (missing === null) {
  describe('the store on Postgres', () => {
    afterAll(stopPostgres, 60_000);
    storeBattery((clock) => openTestStore('postgres', { clock }));
  });
} else {
  process.stdout.write(`${missing}\n`);
  it.skip('keeps the store battery on Postgres', () => undefined);
}
