import { sql } from 'kysely';
import type { Compilable, Expression } from 'kysely';
import type { CompanyId, OwnerId, UserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { OwnFinding } from '../usecases/finding-records.ts';
import type { OwnerRecord } from '../usecases/hubspot-port.ts';
import type { KudosHeard, StoredContact } from '../usecases/kudos-port.ts';
import type { CompanyAsked, CompanyRead, GateRead, PortalRead, ReadStore } from '../usecases/read-port.ts';
import type {
  Announcement,
  Attempt,
  CheckIn,
  Company,
  Issue,
  PortalRow,
  Program,
  PromiseRow,
  TenantScope,
  Touch,
} from '../usecases/records.ts';
import { attemptsOf } from './attempts.ts';
import { newestStanding } from './check-ins.ts';
import { companiesOf } from './companies.ts';
import { contactsAt } from './contacts.ts';
import { draftOf } from './drafts.ts';
import { jsonRowReader } from './json-rows.ts';
import { kudosHeard } from './kudos.ts';
import { ownFindingsAt } from './own-findings.ts';
import { ownersOf } from './people.ts';
import { portalOf } from './portals.ts';
import { readPrepared } from './prepared.ts';
import { acknowledgementsOf, firstAnnouncement, newestPrograms } from './programs.ts';
import { issuesOf, promisesOf } from './promises.ts';
import { newestTouch } from './touches.ts';
import { txOf } from './transact.ts';

type JsonRows = readonly Readonly<Record<string, unknown>>[];
type Named<Names extends string> = Readonly<Record<Names, JsonRows>>;

const asProgram = jsonRowReader<Program>({ savedAt: true });
const asOwner = jsonRowReader<OwnerRecord>({});
const asCompany = jsonRowReader<Company>({ contactsReadAt: true });
const asTouch = jsonRowReader<Touch>({ releaseAt: true, sentAt: true, inDoubtSince: true, notBefore: true });
const asAttempt = jsonRowReader<Attempt>({ attemptedAt: true });
const asCheckIn = jsonRowReader<CheckIn>({
  savedAt: true,
  undoneAt: true,
  releasesAt: true,
  releasedAt: true,
  seenByRepAt: true,
});
const asContact = jsonRowReader<StoredContact>({});
const asPromise = jsonRowReader<PromiseRow>({ settledAt: true });
const asIssue = jsonRowReader<Issue>({ openedAt: true });
const asKudos = jsonRowReader<KudosHeard>({ givenAt: true, releasesAt: true });
const asFinding = jsonRowReader<OwnFinding>({ repliedAt: true });
const asAnnouncement = jsonRowReader<Announcement>({ announcedAt: true });
const asAcknowledgement = jsonRowReader<{ ownerId: OwnerId; acknowledgedAt: Date }>({ acknowledgedAt: true });
const asDraft = jsonRowReader<{ draft: CompanyRead['draft'] }>({});

/** The same queries as the single reads, each a column of one statement with its rows as JSON. */
export const reads: ReadStore = {
  portal: async (scope) => {
    const [row] = await readPrepared(txOf(scope), portalOf(scope).select(portalColumns(scope)));
    return row === undefined ? null : portalRead(row);
  },
  person: async (scope, userId, companyId) => {
    const [row] = await readPrepared(
      txOf(scope),
      portalOf(scope)
        .select(portalColumns(scope))
        .select([
          ownsCompanies(scope, userId).as('ownsCompanies'),
          asJson(companiesOf(scope).where(isCompany(companyId))).as('companies'),
        ]),
    );
    if (row === undefined) return null;
    const { ownsCompanies: isOwning, companies, ...portal } = row;
    return { ...portalRead(portal), ownsCompanies: isOwning, company: firstOf(companies, asCompany) };
  },
  company: async (scope, asked) => {
    const row = await onlyRow(scope, txOf(scope).selectNoFrom(companyColumns(scope, asked)));
    const touch = firstOf(row.touches, asTouch);
    return {
      ...gateRead(row),
      touch,
      attempts: row.attempts.map(asAttempt),
      checkIns: row.checkIns.map(asCheckIn),
      contacts: row.contacts.map(asContact),
      promises: row.promises.map(asPromise),
      issues: row.issues.map(asIssue),
      kudos: row.kudos.map(asKudos),
      findings: row.findings.map(asFinding),
      draft: firstOf(row.drafts, asDraft)?.draft ?? null,
    };
  },
  gate: async (scope) => gateRead(await onlyRow(scope, txOf(scope).selectNoFrom(gateColumns(scope)))),
};

function portalColumns(scope: TenantScope) {
  return [asJson(newestPrograms(scope, 1)).as('programs'), asJson(ownersOf(scope)).as('people')] as const;
}

function portalRead({ programs, people, ...portal }: PortalRow & Named<'programs' | 'people'>): PortalRead {
  return { portal, program: firstOf(programs, asProgram), owners: people.map(asOwner) };
}

/** Of the user's rows the first by name, as the use cases take it. */
function ownsCompanies(scope: TenantScope, userId: UserId) {
  const owner = ownersOf(scope).clearSelect().select('ownerId').where('userId', '=', userId).limit(1);
  return sql<boolean>`EXISTS (SELECT FROM companies WHERE portal_id = ${scope.portalId}::bigint AND in_scope
    AND owner_id = ${owner})`;
}

function gateColumns(scope: TenantScope) {
  return [
    asJson(firstAnnouncement(scope)).as('announcements'),
    asJson(acknowledgementsOf(scope)).as('acknowledgements'),
  ] as const;
}

function gateRead({
  announcements,
  acknowledgements,
}: Named<'announcements' | 'acknowledgements'>): GateRead {
  const all = acknowledgements.map(asAcknowledgement);
  return {
    announcement: firstOf(announcements, asAnnouncement),
    acknowledgements: new Map(all.map(({ ownerId, acknowledgedAt }) => [ownerId, acknowledgedAt])),
  };
}

function companyColumns(scope: TenantScope, { companyId, cycle, userId, checkIns, kudos }: CompanyAsked) {
  const touch = newestTouch(scope, companyId, cycle);
  return [
    ...gateColumns(scope),
    asJson(touch).as('touches'),
    asJson(attemptsOf(scope).where('touchId', '=', touch.clearSelect().select('touchId'))).as('attempts'),
    asJson(newestStanding(scope, checkIns).where('companyId', '=', companyId)).as('checkIns'),
    asJson(sql`(${contactsAt(scope, sql`c.company_id = ${companyId}`)})`).as('contacts'),
    asJson(promisesOf(scope).where('companyId', '=', companyId)).as('promises'),
    asJson(issuesOf(scope).where('companyId', '=', companyId)).as('issues'),
    asJson(sql`(${kudosHeard(scope, sql`k.company_id = ${companyId}`, kudos)})`).as('kudos'),
    asJson(sql`(${ownFindingsAt(scope, userId, companyId)})`).as('findings'),
    asJson(draftOf(scope, userId, companyId)).as('drafts'),
  ] as const;
}

/** A statement without FROM has one row. */
async function onlyRow<Row>(scope: TenantScope, query: Compilable<Row>): Promise<Row> {
  const [row] = await readPrepared(txOf(scope), query);
  if (row === undefined) throw new AppError('internal', 'A statement gave no row where there is always one.');
  return row;
}

const isCompany = (companyId: CompanyId | null) => sql<boolean>`company_id = ${companyId}`;

/** The rows of a query, in their order. */
function asJson(query: Expression<unknown>) {
  return sql<JsonRows>`(SELECT coalesce(json_agg(r), '[]') FROM ${query} AS r)`;
}

function firstOf<Row>(rows: JsonRows, read: (row: JsonRows[number]) => Row): Row | null {
  const [row] = rows;
  return row === undefined ? null : read(row);
}
