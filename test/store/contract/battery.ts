import { describe } from '@jest/globals';
import { gateContract } from './gate.ts';
import { useStore } from './harness.ts';
import type { OpenStore } from './harness.ts';
import { kudosContract } from './kudos.ts';
import { leftOutContract } from './left-out.ts';
import { lockContract } from './locks.ts';
import { outboxContract } from './outbox.ts';
import { patternContract } from './patterns.ts';
import { readContract } from './reads.ts';
import { recallContract } from './recall.ts';
import { reconcileContract } from './reconcile.ts';
import { recordContract } from './records.ts';
import { nextDueContract, systemContract } from './system.ts';
import { tenancyContract } from './tenancy.ts';
import { touchContract } from './touches.ts';
import { vaultContract } from './vault.ts';

/** The one battery that every database passes. */
export function storeBattery(open: OpenStore): void {
  describe('on a shared store', () => {
    const harness = useStore(open);
    tenancyContract(harness);
    touchContract(harness);
    outboxContract(harness);
    lockContract(harness);
    vaultContract(harness);
    recordContract(harness);
    leftOutContract(harness);
    readContract(harness);
    recallContract(harness);
    patternContract(harness);
    gateContract(harness);
    kudosContract(harness);
    reconcileContract(harness);
  });
  describe('the clock over portals', () => {
    systemContract(useStore(open));
  });
  describe('the next due instant', () => {
    nextDueContract(useStore(open));
  });
}
