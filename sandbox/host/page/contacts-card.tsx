import { initialsOf } from './company-header.tsx';
import type { CrmObject } from './control-api.ts';

/** The people of the company, as HubSpot lists them on the right. */
export function ContactsCard({ contacts }: { contacts: CrmObject[] }) {
  return (
    <section className="page-tile" aria-label="Contacts">
      <h2 className="page-tile-title">Contacts ({contacts.length})</h2>
      <ul className="page-contacts">
        {contacts.map(({ id, properties }) => {
          const name = [properties['firstname'], properties['lastname']].filter(Boolean).join(' ');
          return (
            <li key={id}>
              <span className="page-avatar page-avatar-small" aria-hidden="true">
                {initialsOf(name)}
              </span>
              <div>
                <div className="ui-weight-demibold">{name === '' ? `Contact ${id}` : name}</div>
                <div className="ui-microcopy">{properties['jobtitle']}</div>
                {properties['email'] != null && (
                  <div className="ui-microcopy">
                    <a href={`mailto:${properties['email']}`}>{properties['email']}</a>
                  </div>
                )}
                {properties['phone'] != null && (
                  <div className="ui-microcopy">
                    <a href={`tel:${properties['phone']}`}>{properties['phone']}</a>
                  </div>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {contacts.length === 0 && <p className="ui-microcopy">No contacts are associated with this company.</p>}
    </section>
  );
}
