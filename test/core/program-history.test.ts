import { describe, expect, it } from '@jest/globals';
import { changesInWords, type Names } from '../../src/core/program-history.ts';
import type { ProgramSettings } from '../../src/core/program-settings.ts';

const RULES: ProgramSettings = {
  openness: null,
  lifecycleStages: ['customer'],
  combineBranches: false,
  checkInsPerWeek: 10,
  managers: [],
  holidayCountry: 'US',
  holidayRegion: null,
  replyWindowBusinessDays: 5,
  releaseHorizon: 10,
  fiscalStartMonth: 1,
  trustedSources: [{ label: 'CALLING', detail: 'HubSpot Calling' }],
  dispositionMeanings: {},
  secondManagerUserId: null,
  auditorUserId: null,
};
const NAMES: Names = {
  user: (userId) => `User ${userId}`,
  owner: (ownerId) => `Rep ${ownerId}`,
  outcome: (id) => `“${id}”`,
  stage: (value) => (value === 'evangelist' ? 'Evangelist' : value),
};

describe('a version of the rules in words', () => {
  const cases: [Partial<ProgramSettings>, string][] = [
    [{ openness: 'listenAndCompare' }, 'How open: from not chosen to listening and log comparison.'],
    [
      { lifecycleStages: ['customer', 'evangelist'] },
      'Lifecycle stages: from customer to customer, Evangelist.',
    ],
    [{ combineBranches: true }, 'Branches of one parent: from each by itself to combined.'],
    [{ checkInsPerWeek: 12 }, 'Check-ins a week: from 10 to 12.'],
    [{ holidayRegion: 'TX' }, 'Holidays of: from US to US, TX.'],
    [{ replyWindowBusinessDays: 7 }, 'Business days to reply: from 5 to 7.'],
    [
      { releaseHorizon: 'cycle' },
      'Tasks are made: from 10 business days before they are due to the whole quarter at once.',
    ],
    [{ fiscalStartMonth: 4 }, 'The year starts in: from January to April.'],
    [{ secondManagerUserId: 7 }, 'Second manager: from nobody to User 7.'],
    [{ auditorUserId: 8 }, 'Works-council auditor: from nobody to User 8.'],
    [
      { managers: [{ managerUserId: 7, repOwnerIds: ['11'] }] },
      'Who calls Rep 11’s customers: from the manager of the HubSpot team to User 7.',
    ],
    [
      { dispositionMeanings: { x: 'live' } },
      'Call outcome “x”: from cannot be told to the customer was reached.',
    ],
    [
      { trustedSources: [...RULES.trustedSources, { label: 'MEETINGS', detail: '' }] },
      'Records of MEETINGS: trusted from now on.',
    ],
    [{ trustedSources: [] }, 'Records of CALLING · HubSpot Calling: no longer trusted.'],
  ];

  it.each(cases)('says what %j changed', (change, sentence) => {
    const lines = changesInWords(RULES, { ...RULES, ...change }, NAMES);

    expect(lines).toEqual([sentence]);
  });

  it('has a sentence for every rule there is, so that no change goes unexplained', () => {
    const explained = new Set(cases.flatMap(([change]) => Object.keys(change)));
    const own = Object.keys(RULES).filter((rule) => rule !== 'holidayCountry');

    expect([...explained].sort()).toEqual(own.sort());
  });

  it('says nothing where nothing changed', () => {
    const lines = changesInWords(RULES, { ...RULES, dispositionMeanings: { x: 'open' } }, NAMES);

    expect(lines).toEqual([]);
  });
});
