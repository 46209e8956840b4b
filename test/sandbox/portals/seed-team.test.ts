import { describe, expect, it } from '@jest/globals';
import { checkDocument } from '../../../sandbox/hubspot/portal-load.ts';
import { portalDocumentSchema, type PortalObject } from '../../../sandbox/portal-document.ts';
import { callDisposition } from '../../../sandbox/portals/hubspot-values.ts';
import type { AccountKind, AccountTruth } from '../../../sandbox/portals/portal-truth.ts';
import { seedTeam } from '../../../sandbox/portals/seed-team.ts';
import { seededTrustedSources } from '../../../sandbox/portals/trusted-sources.ts';

const now = new Date('2026-11-18T16:00:00Z');
const { document, truth } = seedTeam({ now });
const dayMs = 86_400_000;
const activityTypes = ['calls', 'meetings', 'emails', 'notes', 'tasks'] as const;

function objectsOf(type: string): readonly PortalObject[] {
  return document.objects[type] ?? [];
}

const callsById = new Map(objectsOf('calls').map((call) => [call.id, call]));
const meetingsById = new Map(objectsOf('meetings').map((meeting) => [meeting.id, meeting]));

function accountsOf(kind: AccountKind): readonly AccountTruth[] {
  return truth.accounts.filter((account) => account.kind === kind);
}

function isTrusted(object: PortalObject): boolean {
  const { hs_object_source_label: label, hs_object_source_detail_1: detail } = object.properties;
  return seededTrustedSources.some((source) => source.label === label && source.detail === (detail ?? null));
}

function claimOf(id: string | null): PortalObject | undefined {
  return id === null ? undefined : (callsById.get(id) ?? meetingsById.get(id));
}

describe('the team portal', () => {
  it('has one manager, seven reps with sixty customers each and one rep who left', () => {
    const active = document.owners.filter((owner) => !owner.archived);
    const perRep = new Map<string, number>();
    for (const { repOwnerId } of truth.accounts) perRep.set(repOwnerId, (perRep.get(repOwnerId) ?? 0) + 1);

    const manager = active.find((owner) => owner.id === truth.managerOwnerId);

    expect(manager).toMatchObject({ firstName: 'Ana', lastName: 'Keller', superAdmin: true });
    expect([...perRep.values()]).toEqual([60, 60, 60, 60, 60, 60, 60]);
    expect(active).toHaveLength(8);
    expect(new Set(active.flatMap((owner) => owner.teams.map((team) => team.id))).size).toBe(1);
    expect(document.owners.filter((owner) => owner.archived).map((owner) => owner.id)).toEqual([
      truth.departedOwnerId,
    ]);
  });

  it('has 420 customers, 60 prospects met in the last two months, and people to call', () => {
    const companies = objectsOf('companies');
    const stages = companies.map((company) => company.properties['lifecyclestage']);
    const prospects = companies.filter((company) => company.properties['lifecyclestage'] !== 'customer');

    const oldest = Math.max(...prospects.map((one) => now.getTime() - Date.parse(one.createdAt ?? '')));

    expect(stages.filter((stage) => stage === 'customer')).toHaveLength(420);
    expect(new Set(prospects.map((one) => one.properties['lifecyclestage']))).toEqual(
      new Set(['lead', 'opportunity']),
    );
    expect(prospects).toHaveLength(60);
    expect(oldest).toBeLessThanOrEqual(60 * dayMs);
    expect(objectsOf('contacts').length / companies.length).toBeGreaterThan(1.5);
    expect(objectsOf('contacts').length / companies.length).toBeLessThan(1.8);
  });

  it('has about ten thousand activities over more than a quarter, some on the contact alone', () => {
    const activities = activityTypes.flatMap((type) => objectsOf(type));
    const past = activities.map((activity) => Date.parse(activity.properties['hs_timestamp'] ?? ''));
    const onCompany = new Set(
      document.associations
        .filter((link) => link.to.type === 'companies')
        .map((link) => `${link.from.type}/${link.from.id}`),
    );

    const contactOnly = objectsOf('calls').filter((call) => !onCompany.has(`calls/${call.id}`));

    expect(activities.length).toBeGreaterThan(9_000);
    expect(activities.length).toBeLessThan(11_000);
    expect(now.getTime() - Math.min(...past)).toBeGreaterThan(100 * dayMs);
    expect(contactOnly.length).toBeGreaterThan(100);
  });

  it('is a document that the local HubSpot accepts', () => {
    const parsed = portalDocumentSchema.parse(document);

    expect(parsed).toEqual(document);
    expect(() => checkDocument(parsed, undefined)).not.toThrow();
  });

  it('never writes a record into the future and never two contacts with one email', () => {
    const late = activityTypes
      .flatMap((type) => objectsOf(type))
      .filter((activity) => Date.parse(activity.createdAt ?? '') > now.getTime());
    const emails = objectsOf('contacts').map((contact) => contact.properties['email']);

    expect(late).toEqual([]);
    expect(new Set(emails).size).toBe(emails.length);
  });

  it('gives the same bytes for the same day and the same company ids on another', () => {
    const again = seedTeam({ now });
    const later = seedTeam({ now: new Date('2027-02-03T10:00:00Z') });

    const namesOf = (portal: typeof again) =>
      portal.truth.accounts.map((one) => [one.companyId, one.companyName]);

    expect(JSON.stringify(again)).toBe(JSON.stringify({ document, truth }));
    expect(namesOf(later)).toEqual(namesOf(again));
  });
});

describe('the truth about the team portal', () => {
  it('opens with the customer nobody called: six calls that Tom Baker logged by hand', () => {
    const hero = truth.accounts[0]!;
    const company = objectsOf('companies')[0]!;
    const contact = objectsOf('contacts').find((one) => one.id === hero.answer.contactId)!;
    const tom = document.owners.find((owner) => owner.id === hero.repOwnerId)!;

    const claims = hero.unservedCallIds.map((id) => callsById.get(id)!);

    expect(company.id).toBe(hero.companyId);
    expect(contact.properties).toMatchObject({
      firstname: 'Dana',
      lastname: 'Ruiz',
      jobtitle: 'Plant buyer',
    });
    expect(`${tom.firstName} ${tom.lastName}`).toBe('Tom Baker');
    expect(claims).toHaveLength(6);
    for (const { properties } of claims) {
      expect(properties).toMatchObject({
        hs_object_source_label: 'CRM_UI',
        hs_created_by_user_id: String(tom.userId),
        hubspot_owner_id: tom.id,
        hs_call_disposition: callDisposition.connected,
        hs_call_status: 'COMPLETED',
      });
      const ageMs = now.getTime() - Date.parse(properties['hs_timestamp'] ?? '');
      const delayMs =
        Date.parse(properties['hs_createdate'] ?? '') - Date.parse(properties['hs_timestamp'] ?? '');
      expect(ageMs).toBeLessThan(70 * dayMs);
      expect(delayMs).toBeLessThan(dayMs);
    }
    expect(hero.answer).toMatchObject({ recency: 'NEVER', count: '0' });
    expect(hero.realTouches).toEqual([]);
  });

  it('leaves nothing on the unserved account that a machine recorded of a conversation', () => {
    const hero = truth.accounts[0]!;
    const linked = document.associations.filter(
      (link) => link.to.id === hero.companyId || link.to.id === hero.answer.contactId,
    );
    const records = activityTypes.flatMap((type) =>
      objectsOf(type).filter((one) =>
        linked.some((link) => link.from.type === type && link.from.id === one.id),
      ),
    );

    const trusted = records.filter(isTrusted);

    expect(trusted.every((one) => one.properties['hs_email_direction'] === 'EMAIL')).toBe(true);
    expect(records.filter((one) => 'hs_meeting_outcome' in one.properties)).toEqual([]);
  });

  it('has exactly one account that was never served', () => {
    const unserved = truth.accounts.filter((account) => account.unservedCallIds.length > 0);

    expect(unserved.map((account) => account.kind)).toEqual(['neverServed']);
    expect(accountsOf('neverServed')).toHaveLength(1);
  });

  it('has a record on the rep’s side wherever a customer forgot', () => {
    const forgetful = accountsOf('forgetful');

    const withoutRecord = forgetful.filter((account) => {
      const recent = account.realTouches.filter((touch) => touch.ageDays <= 90);
      return !recent.some((touch) => {
        const claim = claimOf(touch.activityId);
        return (
          claim !== undefined && isTrusted(claim) && Number(claim.properties['hs_call_duration']) >= 60_000
        );
      });
    });

    expect(forgetful.length).toBeGreaterThan(3);
    expect(withoutRecord).toEqual([]);
    expect(forgetful.every((account) => account.answer.count === '0')).toBe(true);
  });

  it('has customers who recall more than an under-logging rep wrote down', () => {
    const accounts = accountsOf('underLogged');

    const unlogged = accounts.map(
      (account) => account.realTouches.filter((touch) => touch.activityId === null).length,
    );

    expect(accounts.length).toBeGreaterThan(20);
    expect(Math.min(...unlogged)).toBeGreaterThanOrEqual(1);
    expect(accounts.every((account) => ['3-5', '6+'].includes(account.answer.count))).toBe(true);
  });

  it('logs every conversation it calls real with a live outcome, on that day, with that contact', () => {
    const links = new Set(document.associations.map((link) => `${link.from.id}>${link.to.id}`));
    const logged = truth.accounts
      .flatMap((account) => account.realTouches)
      .filter((one) => one.activityId !== null);

    const wrong = logged.filter((touch) => {
      const claim = claimOf(touch.activityId);
      const { hs_call_disposition, hs_meeting_outcome, hs_timestamp } = claim?.properties ?? {};
      const live = hs_call_disposition === callDisposition.connected || hs_meeting_outcome === 'COMPLETED';
      const sameDay = hs_timestamp?.startsWith(touch.on) === true;
      return !live || !sameDay || !links.has(`${String(touch.activityId)}>${touch.contactId}`);
    });

    expect(logged.length).toBeGreaterThan(1_500);
    expect(wrong).toEqual([]);
  });

  it('says of accounts with an exact memory what their conversations were', () => {
    const exact = [...accountsOf('wellServed'), ...accountsOf('underLogged'), ...accountsOf('inherited')];
    const bands = { W1: [0, 7], W4: [8, 30], M2: [31, 60], M3: [61, 90], M6: [91, 182] } as const;

    const wrong = exact.filter(({ answer, realTouches }) => {
      const ages = realTouches
        .filter((touch) => touch.contactId === answer.contactId)
        .map((touch) => touch.ageDays);
      if (ages.length === 0) return answer.recency !== 'LONG' || answer.count !== '0';
      const band = bands[answer.recency as keyof typeof bands];
      const newest = Math.min(...ages);
      return newest < band[0] || newest > band[1];
    });

    expect(wrong).toEqual([]);
  });

  it('keeps the former owner in the history of every account of the rep who left', () => {
    const successor = accountsOf('inherited')[0]!.repOwnerId;
    const inherited = objectsOf('companies').filter((company) => company.history?.['hubspot_owner_id']);
    const departedUser = document.owners.find((owner) => owner.archived)!.userId;

    const owners = inherited.map((company) =>
      company.history!['hubspot_owner_id']!.map((entry) => entry.value),
    );

    expect(inherited.length).toBeGreaterThanOrEqual(60);
    expect(owners.every((pair) => pair[0] === successor && pair[1] === truth.departedOwnerId)).toBe(true);
    expect(
      objectsOf('calls').some((call) => call.properties['hs_created_by_user_id'] === String(departedUser)),
    ).toBe(true);
  });

  it('has a contact who changed jobs, whose last email came back', () => {
    const account = accountsOf('changedJobs')[0]!;

    const bounced = objectsOf('emails').filter((one) => one.properties['hs_email_status'] === 'BOUNCED');

    expect(account.answer.stale).toBe(true);
    expect(bounced).toHaveLength(1);
    expect(
      document.associations.some(
        (link) => link.from.id === bounced[0]!.id && link.to.id === account.answer.contactId,
      ),
    ).toBe(true);
  });
});
