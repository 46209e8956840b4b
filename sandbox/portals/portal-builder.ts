import type { PortalDocument, PortalObject } from '../portal-document.ts';
import type { ActivityRecord } from './activity-records.ts';
import { contactToCompany } from './hubspot-values.ts';

/** First id of each type: large, and of the length that HubSpot uses today. Equal ids in two portals are intended. */
const firstIds: Readonly<Record<string, number>> = {
  companies: 21_410_000_100,
  contacts: 54_820_000_100,
  calls: 68_230_000_100,
  meetings: 69_120_000_100,
  emails: 70_340_000_100,
  notes: 71_050_000_100,
  tasks: 72_660_000_100,
};
const idStep = 37;

export type ActivityLinks = { readonly companyId: string | null; readonly contactIds: readonly string[] };
type Extras = Pick<PortalObject, 'createdAt' | 'updatedAt' | 'archived' | 'history'>;

/** Collects objects and associations of one portal and hands out ids in order, so that the same calls give the same ids. */
export interface PortalBuilder {
  addCompany(properties: Record<string, string>, extras: Extras): string;
  addContact(companyId: string, properties: Record<string, string>, extras: Extras): string;
  addActivity(record: ActivityRecord, links: ActivityLinks): string;
  objects(): PortalDocument['objects'];
  associations(): PortalDocument['associations'];
}

/** Ids one after the other, a fixed step apart. */
function idsInOrder(type: string, place: number): number {
  return firstIdOf(type) + place * idStep;
}

/** Where the ids of a type begin. */
export function firstIdOf(type: string): number {
  return firstIds[type] ?? 90_000_000_100;
}

/**
 * An empty builder.
 * @param idOf the id of the object at a place (from 0) among those of its type; default: in order
 */
export function createPortalBuilder(
  idOf: (type: string, place: number) => number = idsInOrder,
): PortalBuilder {
  const objects: Record<string, PortalObject[]> = {};
  const associations: PortalDocument['associations'] = [];
  const add = (type: string, properties: Record<string, string>, extras: Extras): string => {
    const list = (objects[type] ??= []);
    const id = String(idOf(type, list.length));
    list.push({ id, properties, ...extras });
    return id;
  };
  const link = (type: string, id: string, toType: string, toId: string, typeId?: number) =>
    associations.push({
      from: { type, id },
      to: { type: toType, id: toId },
      ...(typeId === undefined ? {} : { typeId }),
    });
  return {
    addCompany: (properties, extras) => add('companies', properties, extras),
    addContact: (companyId, properties, extras) => {
      const id = add('contacts', properties, extras);
      link('contacts', id, 'companies', companyId, contactToCompany.unlabeled);
      link('contacts', id, 'companies', companyId, contactToCompany.primary);
      return id;
    },
    addActivity: (record, links) => {
      const { type, properties, loggedAt } = record;
      const createdAt = loggedAt.toISOString();
      const id = add(type, properties, { createdAt, updatedAt: createdAt });
      for (const contactId of links.contactIds) link(type, id, 'contacts', contactId);
      if (links.companyId !== null) link(type, id, 'companies', links.companyId);
      return id;
    },
    objects: () => objects,
    associations: () => associations,
  };
}
