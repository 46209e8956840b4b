import { describe, expect, it } from '@jest/globals';
import { checkDocument } from '../../../sandbox/hubspot/portal-load.ts';
import { portalDocumentSchema } from '../../../sandbox/portal-document.ts';
import {
  companiesOf,
  generatedCompany,
  generatedCompanyId,
  generatedCompanyIndex,
  generatedPortal,
  type GeneratedPortalSpec,
} from '../../../sandbox/portals/generated-portal.ts';
import { resolvePortalReference } from '../../../sandbox/portals/portal-reference.ts';
import { seedOwner } from '../../../sandbox/portals/seed-owner.ts';

const now = new Date('2026-11-18T16:00:00Z');
const spec: GeneratedPortalSpec = {
  seed: 'spec',
  portalId: 4_200_001,
  companies: 250,
  now,
  contactsPerCompany: 2,
  activitiesPerCompany: 10,
};

describe('a generated portal', () => {
  it('has exactly the counts that were asked for and is accepted by the local HubSpot', () => {
    const document = generatedPortal(spec);

    const counts = Object.entries(document.objects).map(([type, list]) => [type, list.length] as const);
    const activities = counts.filter(([type]) => !['companies', 'contacts'].includes(type));

    expect(Object.fromEntries(counts)).toMatchObject({ companies: 250, contacts: 500 });
    expect(activities.reduce((sum, [, count]) => sum + count, 0)).toBe(2_500);
    expect(document.owners).toHaveLength(5);
    expect(portalDocumentSchema.parse(document)).toEqual(document);
    expect(() => checkDocument(document, undefined)).not.toThrow();
  });

  it('derives a company from seed and number alone', () => {
    const alone = generatedCompany({ ...spec, companies: 200, owners: 5 }, 123);

    const listed = [...companiesOf(spec)][123];

    expect(listed).toEqual(alone);
    expect(generatedCompany({ ...spec, seed: 'other' }, 123).company.properties).not.toEqual(
      alone.company.properties,
    );
  });

  it('reaches the last of a million companies without making the others', () => {
    const large = { ...spec, companies: 1_000_000 };

    const last = generatedCompany(large, 999_999);

    expect(last.company.id).toBe(generatedCompanyId(999_999));
    expect(generatedCompanyIndex(large, last.company.id)).toBe(999_999);
    expect(generatedCompanyIndex(spec, last.company.id)).toBeNull();
    expect(companiesOf(large).next().value).toEqual(generatedCompany(large, 0));
  });

  it('refuses sizes out of range', () => {
    expect(() => generatedPortal({ ...spec, companies: 1_000_001 })).toThrow(RangeError);
    expect(() => generatedCompany(spec, 250)).toThrow('the portal has no company number 250');
    expect(() => generatedPortal({ ...spec, activitiesPerCompany: 901 })).toThrow('activitiesPerCompany');
  });
});

describe('a portal reference', () => {
  it('gives the same document again', () => {
    const reference = { seed: 'seed-owner', now: now.toISOString() };

    const document = resolvePortalReference(reference);

    expect(document).toEqual(seedOwner({ now }).document);
  });

  it('refuses what is no reference', () => {
    expect(() => resolvePortalReference({ seed: 'elsewhere' })).toThrow('Invalid');
  });
});

describe('the owner portal', () => {
  it('has one person who is installer, manager and rep of sixty customers', () => {
    const { document, truth } = seedOwner({ now });

    expect(document.portalId).toBe(4_100_002);
    expect(document.owners).toHaveLength(1);
    expect(document.owners[0]).toMatchObject({ superAdmin: true, id: truth.managerOwnerId });
    expect(document.objects['companies']).toHaveLength(60);
    expect(new Set(truth.accounts.map((account) => account.repOwnerId))).toEqual(
      new Set([truth.managerOwnerId]),
    );
  });
});
