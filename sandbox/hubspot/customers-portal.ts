import type { PortalDocument } from '../portal-document.ts';
import { ownerEntry } from '../portals/portal-people.ts';
import { linksOfGenerated } from './customers-links.ts';
import {
  activityOf,
  companyOf,
  contactEmail,
  contactOf,
  contactPlaceOf,
  ownerOf,
} from './customers-records.ts';
import { ACTIVITY_TYPES, countOf, customersId, ownerCountOf, placeOf } from './customers-spec.ts';
import type { ActivityType, CustomersSpec } from './customers-spec.ts';
import { DerivedMap } from './derived-map.ts';
import type { Derivation } from './derived-map.ts';
import type { AssociationLink, PortalState, StoredObject } from './model.ts';
import { createPortal } from './portal-load.ts';

const TYPES = ['companies', 'contacts', ...ACTIVITY_TYPES] as const;

/** A generated account: its records and links follow from the spec whenever they are read; only changes take memory. */
export function createCustomersPortal(spec: CustomersSpec, loadedAt: string): PortalState {
  const portal = createPortal(frameOf(spec), loadedAt);
  for (const type of TYPES) {
    if (countOf(spec, type) === 0) continue;
    portal.objects.set(type, new DerivedMap(derivation(spec, type, (place) => recordAt(spec, type, place))));
    portal.links.set(type, new DerivedMap(linkDerivation(spec, type)));
  }
  portal.uniqueValues.set('contacts.email', new DerivedMap(emailDerivation(spec)));
  return portal;
}

function frameOf(spec: CustomersSpec): PortalDocument {
  const owners = Array.from({ length: ownerCountOf(spec) }, (_, place) =>
    ownerEntry({ ...ownerOf(spec, place), habit: 'steady', superAdmin: place === 0 }),
  );
  return {
    portalId: spec.portalId,
    name: `Customers ${String(spec.portalId)}`,
    timeZone: spec.timeZone,
    uiDomain: 'app.hubspot.com',
    owners,
    objects: {},
    associations: [],
    properties: spec.properties,
    callDispositions: [],
  };
}

function recordAt(spec: CustomersSpec, type: (typeof TYPES)[number], place: number): StoredObject {
  if (type === 'companies') return companyOf(spec, place);
  return type === 'contacts' ? contactOf(spec, place) : activityOf(spec, type satisfies ActivityType, place);
}

function derivation<T>(spec: CustomersSpec, type: string, make: (place: number) => T): Derivation<T> {
  const size = countOf(spec, type);
  return {
    size,
    *keys() {
      for (let place = 0; place < size; place += 1) yield customersId(type, place);
    },
    derive: (id) => {
      const place = placeOf(spec, type, id);
      return place === null ? undefined : make(place);
    },
  };
}

function linkDerivation(spec: CustomersSpec, type: string): Derivation<AssociationLink[]> {
  return { ...derivation(spec, type, () => []), derive: (id) => linksOfGenerated(spec, type, id) };
}

function emailDerivation(spec: CustomersSpec): Derivation<string[]> {
  const size = countOf(spec, 'contacts');
  return {
    size,
    *keys() {
      for (let place = 0; place < size; place += 1) yield contactEmail(place);
    },
    derive: (address) => {
      const place = contactPlaceOf(address);
      return place === null || place >= size ? undefined : [customersId('contacts', place)];
    },
  };
}
