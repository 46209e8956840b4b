import { useEffect, useState } from 'react';
import { readCompanies, type CrmObject } from './control-api.ts';
import { formatDay, sentenceCase, viewerTimeZone } from './format.ts';
import type { PageProps } from './page-props.ts';
import { pathFor } from './route.ts';
import { PageLinkTo } from './shell.tsx';
import { nameOf } from './viewers.ts';

const PAGE_SIZE = 50;
const TYPING_PAUSE_MS = 200;

/** HubSpot's list of companies: search by name, fifty a page. */
export function CompaniesPage({ portal, viewer, visit }: PageProps) {
  const [text, setText] = useState('');
  const [after, setAfter] = useState(0);
  const [companies, setCompanies] = useState<CrmObject[] | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      readCompanies(portal.portalId, { q: text.trim(), after, limit: PAGE_SIZE }).then(
        (found) => {
          if (current) setCompanies(found);
        },
        (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
      );
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [portal.portalId, text, after, visit]);
  const search = (typed: string) => {
    setText(typed);
    setAfter(0);
  };
  return (
    <main className="page-main">
      <div className="page-list-head">
        <h1>Companies</h1>
        <input
          type="search"
          className="ui-input"
          aria-label="Search companies"
          placeholder="Search name"
          value={text}
          onChange={(event) => search(event.target.value)}
        />
      </div>
      {problem !== '' && <p role="alert">{problem}</p>}
      {companies !== null && <CompanyTable {...{ companies, portal, viewer }} />}
      {companies !== null && (
        <nav className="ui-pagination" aria-label="Pages">
          <button
            type="button"
            className="ui-plain ui-link"
            disabled={after === 0}
            onClick={() => setAfter(after - PAGE_SIZE)}
          >
            ‹ Prev
          </button>
          <span>{companies.length === 0 ? 'none' : `${after + 1}–${after + companies.length}`}</span>
          <button
            type="button"
            className="ui-plain ui-link"
            disabled={companies.length < PAGE_SIZE}
            onClick={() => setAfter(after + PAGE_SIZE)}
          >
            Next ›
          </button>
        </nav>
      )}
    </main>
  );
}

type TableProps = Pick<PageProps, 'portal' | 'viewer'> & { companies: CrmObject[] };

function CompanyTable({ companies, portal, viewer }: TableProps) {
  if (companies.length === 0) return <p>No company matches.</p>;
  const owners = new Map(portal.owners.map((owner) => [owner.id, nameOf(owner)]));
  return (
    <div className="ui-table-scroll" role="region" aria-label="Companies" tabIndex={0}>
      <table className="ui-table ui-bordered page-companies">
        <thead>
          <tr>
            {['Name', 'Owner', 'City', 'Stage', 'Last check-in'].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {companies.map(({ id, properties }) => (
            <tr key={id}>
              <td>
                <PageLinkTo
                  href={`${pathFor(`/record/${portal.portalId}/company/${id}`, viewer.userId)}&tab=check-in`}
                >
                  {properties['name'] ?? `Company ${id}`}
                </PageLinkTo>
              </td>
              <td>{owners.get(properties['hubspot_owner_id'] ?? '') ?? 'No owner'}</td>
              <td>{properties['city']}</td>
              <td>{sentenceCase(properties['lifecyclestage'] ?? '')}</td>
              <td>{formatDay(properties['sci_last_check_in'], viewerTimeZone())}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
