import { describe } from '@jest/globals';
import { openTestStore } from '../support/stores.ts';
import { storeBattery } from './contract/battery.ts';

describe('the store on the embedded database', () => {
  storeBattery((clock) => openTestStore('pglite', { clock }));
});
