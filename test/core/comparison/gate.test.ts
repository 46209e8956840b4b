import { describe, expect, it } from '@jest/globals';
import type { GateFacts } from '../../../src/core/comparison/gate.ts';
import { comparisonGate } from '../../../src/core/comparison/gate.ts';

const openFacts: GateFacts = {
  isComparisonOn: true,
  repOwnerId: '11',
  callerOwnerId: '19',
  gateOpensOn: '2026-10-08',
  heldOn: '2026-11-10',
  savedOn: '2026-11-10',
  businessDaysOld: 0,
};

describe('the gate of a rep', () => {
  it.each([
    ['open', {}],
    ['listeningOnly', { isComparisonOn: false }],
    ['noRepOfRecord', { repOwnerId: null }],
    ['callerIsRep', { callerOwnerId: '11' }],
    ['notOpenYet', { gateOpensOn: null }],
    ['notOpenYet', { heldOn: '2026-10-07' }],
    ['notOpenYet', { savedOn: '2026-10-07', heldOn: '2026-10-08' }],
    ['open', { heldOn: '2026-10-08', savedOn: '2026-10-08' }],
    ['open', { businessDaysOld: 1 }],
    ['tooOld', { businessDaysOld: 2 }],
  ])('answers %s for %j', (expected, changes: Partial<GateFacts>) => {
    const answer = comparisonGate({ ...openFacts, ...changes });

    expect(answer.isOpen ? 'open' : answer.reason).toBe(expected);
  });
});
