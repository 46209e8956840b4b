/** The object types the local HubSpot knows, and how they may be linked (numbers: HubSpot's associations guide, 2026-03). */
export interface ObjectType {
  readonly name: string;
  readonly singular: string;
  readonly typeId: string;
  /** Engagements need hs_timestamp. */
  readonly isActivity: boolean;
  /** First id that a portal hands out; portals count alike, so equal ids in two portals are the normal case. */
  readonly firstId: number;
  /** Properties a read returns when it names none. */
  readonly defaultProperties: readonly string[];
}

const STANDARD = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];

function objectType(
  name: string,
  singular: string,
  typeId: string,
  firstId: number,
  defaultProperties: readonly string[] = STANDARD,
  isActivity = false,
): ObjectType {
  return { name, singular, typeId, isActivity, firstId, defaultProperties };
}

export const OBJECT_TYPES: readonly ObjectType[] = [
  objectType('contacts', 'contact', '0-1', 90_100_000_001, [
    'createdate',
    'email',
    'firstname',
    'hs_object_id',
    'lastmodifieddate',
    'lastname',
  ]),
  objectType('companies', 'company', '0-2', 18_200_000_011, [
    'createdate',
    'domain',
    'hs_lastmodifieddate',
    'hs_object_id',
    'name',
  ]),
  objectType('deals', 'deal', '0-3', 22_300_000_017, [
    'amount',
    'closedate',
    'createdate',
    'dealname',
    'dealstage',
    'hs_lastmodifieddate',
    'hs_object_id',
    'pipeline',
  ]),
  objectType('tickets', 'ticket', '0-5', 3_300_000_021, [
    'content',
    'createdate',
    'hs_lastmodifieddate',
    'hs_object_id',
    'hs_pipeline',
    'hs_pipeline_stage',
    'subject',
  ]),
  objectType('quotes', 'quote', '0-14', 12_400_000_027),
  objectType('tasks', 'task', '0-27', 61_500_000_031, STANDARD, true),
  objectType('notes', 'note', '0-46', 62_600_000_037, STANDARD, true),
  objectType('meetings', 'meeting', '0-47', 63_700_000_041, STANDARD, true),
  objectType('calls', 'call', '0-48', 64_800_000_043, STANDARD, true),
  objectType('emails', 'email', '0-49', 65_900_000_047, STANDARD, true),
];

const BY_KEY = new Map(
  OBJECT_TYPES.flatMap((type) => [type.name, type.typeId].map((key) => [key, type] as const)),
);

/** The type for a plural name or an id as paths write them; undefined for anything else (singular names too). */
export function findObjectType(nameOrId: string): ObjectType | undefined {
  return BY_KEY.get(nameOrId);
}

/** The type for a plural name that our own state holds. Throws RangeError for a name that is none. */
export function objectTypeOf(name: string): ObjectType {
  const type = BY_KEY.get(name);
  if (type === undefined) throw new RangeError(`no such object type: ${name}`);
  return type;
}

/** One way to link two records; `inverseId` names the same link seen from the other side. */
export interface AssociationType {
  readonly from: string;
  readonly to: string;
  readonly id: number;
  readonly inverseId: number;
  readonly label: string | null;
}

type PairRow = readonly [from: string, to: string, id: number, inverseId: number, label?: string];

/** The first row of a pair of types is its default. */
const PAIRS: readonly PairRow[] = [
  ['contacts', 'companies', 279, 280],
  ['contacts', 'companies', 1, 2, 'Primary'],
  ['contacts', 'contacts', 449, 449],
  ['companies', 'companies', 450, 450],
  ['companies', 'companies', 13, 14, 'Child Company'],
  ['deals', 'companies', 341, 342],
  ['deals', 'companies', 5, 6, 'Primary'],
  ['deals', 'contacts', 3, 4],
  ['tickets', 'companies', 339, 340],
  ['tickets', 'companies', 26, 25, 'Primary'],
  ['tickets', 'contacts', 16, 15],
  ['tickets', 'deals', 28, 27],
  ['quotes', 'deals', 64, 63],
  ['quotes', 'contacts', 69, 70],
  ['quotes', 'companies', 71, 72],
  ...activityPairs('calls', 182, 194, 206, 220),
  ...activityPairs('emails', 186, 198, 210, 224),
  ...activityPairs('meetings', 188, 200, 212, 226),
  ...activityPairs('notes', 190, 202, 214, 228),
  ...activityPairs('tasks', 192, 204, 216, 230),
];

function activityPairs(
  from: string,
  company: number,
  contact: number,
  deal: number,
  ticket: number,
): PairRow[] {
  return [
    [from, 'companies', company, company - 1],
    [from, 'contacts', contact, contact - 1],
    [from, 'deals', deal, deal - 1],
    [from, 'tickets', ticket, ticket - 1],
  ];
}

const ASSOCIATION_TYPES: readonly AssociationType[] = PAIRS.flatMap(([from, to, id, inverseId, label]) => {
  const forward = { from, to, id, inverseId, label: label ?? null };
  const backward = { from: to, to: from, id: inverseId, inverseId: id, label: backwardLabel(label) };
  return id === inverseId ? [forward] : [forward, backward];
});

function backwardLabel(label: string | undefined): string | null {
  return label === 'Child Company' ? 'Parent Company' : (label ?? null);
}

/** The association type `id` from one type to another, or undefined when that id links other types or none. */
export function findAssociationType(from: string, to: string, id: number): AssociationType | undefined {
  return ASSOCIATION_TYPES.find((type) => type.from === from && type.to === to && type.id === id);
}

/** The unlabeled association of a pair of types, or undefined when HubSpot does not link them. */
export function defaultAssociationType(from: string, to: string): AssociationType | undefined {
  return ASSOCIATION_TYPES.find((type) => type.from === from && type.to === to && type.label === null);
}
