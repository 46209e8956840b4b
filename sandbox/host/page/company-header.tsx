import type { CompanyRecord, Portal } from './control-api.ts';
import { formatDay, formatMoment, parseInstant, sentenceCase, viewerTimeZone } from './format.ts';
import { pathFor } from './route.ts';
import { PageLinkTo } from './shell.tsx';
import { nameOf, type Viewer } from './viewers.ts';

const ABOUT = [
  { name: 'domain', label: 'Company domain name' },
  { name: 'industry', label: 'Industry' },
  { name: 'hubspot_owner_id', label: 'Company owner' },
  { name: 'lifecyclestage', label: 'Lifecycle stage' },
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State/Region' },
  { name: 'phone', label: 'Phone number' },
  { name: 'timezone', label: 'Time zone' },
  { name: 'createdate', label: 'Create date' },
  { name: 'sci_last_check_in', label: 'Last service check-in' },
  { name: 'sci_next_due', label: 'Next service check-in due' },
  { name: 'sci_wave', label: 'Service check-ins so far' },
  { name: 'sci_open_issues', label: 'Open service issues' },
  { name: 'sci_last_no_agenda_touch', label: 'Last no-agenda touch' },
];
const DAYS = new Set(['sci_last_check_in', 'sci_next_due', 'sci_last_no_agenda_touch']);
const WORDS = new Set(['lifecyclestage', 'industry']);

interface Props {
  record: CompanyRecord;
  portal: Portal;
  viewer: Viewer;
}

/** The left column: who the company is. */
export function CompanyHeader({ record, portal, viewer }: Props) {
  const { properties } = record.object;
  const name = properties['name'] ?? `Company ${record.object.id}`;
  return (
    <aside className="page-left" aria-label="Company">
      <div className="page-tile page-company">
        <PageLinkTo href={pathFor(`/companies/${portal.portalId}`, viewer.userId)} className="page-back">
          ‹ Companies
        </PageLinkTo>
        <div className="page-company-head">
          <span className="page-avatar" aria-hidden="true">
            {initialsOf(name)}
          </span>
          <div>
            <h1>{name}</h1>
            <div className="ui-microcopy">{properties['domain']}</div>
          </div>
        </div>
      </div>
      <section className="page-tile" aria-label="About this company">
        <h2 className="page-tile-title">About this company</h2>
        <dl className="page-about">
          {ABOUT.map((entry) => ({ ...entry, value: display(entry.name, properties[entry.name], portal) }))
            .filter((entry) => entry.value !== '' || !entry.name.startsWith('sci_'))
            .map(({ name: key, label, value }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd>{value === '' ? '--' : value}</dd>
              </div>
            ))}
        </dl>
      </section>
    </aside>
  );
}

/** Up to two letters that stand for a name. */
export function initialsOf(name: string): string {
  const letters = name.split(/\s+/).map((word) => word.charAt(0));
  return letters.slice(0, 2).join('').toUpperCase();
}

function display(name: string, value: string | null | undefined, portal: Portal): string {
  if (value === null || value === undefined || value === '') return '';
  if (name === 'hubspot_owner_id') {
    const owner = portal.owners.find((one) => one.id === value);
    return owner === undefined ? `Owner ${value}` : nameOf(owner);
  }
  if (WORDS.has(name)) return sentenceCase(value);
  if (DAYS.has(name)) return formatDay(value, viewerTimeZone());
  const instant = name === 'createdate' ? parseInstant(value) : null;
  return instant === null ? value : formatMoment(instant, viewerTimeZone());
}
