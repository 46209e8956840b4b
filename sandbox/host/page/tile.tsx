import type { ReactNode } from 'react';

/** The white card that HubSpot draws around everything on a record. */
export function Tile({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="page-tile" aria-label={title}>
      <h2 className="page-tile-title">{title}</h2>
      {children}
    </section>
  );
}
