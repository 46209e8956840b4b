import type { SimulatorApp } from './simulator-types.ts';

/** Who made or changed a record, as the server notes it: no client can set this. */
export interface Provenance {
  /** hs_object_source */
  readonly source: string;
  readonly sourceId: string;
  /** hs_object_source_label */
  readonly label: string;
  /** hs_object_source_detail_1 */
  readonly detail: string | null;
  readonly userId: string | null;
  /** changeSource of webhooks */
  readonly changeSource: string;
}

/** A write of the app through the API, with the token of the user who installed it. */
export function integrationProvenance(app: SimulatorApp, userId: number | null): Provenance {
  return {
    source: 'INTEGRATION',
    sourceId: String(app.appId),
    label: 'INTEGRATION',
    detail: app.name,
    userId: userId === null ? null : String(userId),
    changeSource: 'INTEGRATION',
  };
}

/** A person at work in HubSpot's own pages. */
export function personProvenance(userId: number | null): Provenance {
  const id = userId === null ? '0' : String(userId);
  return {
    source: 'CRM_UI',
    sourceId: `userId:${id}`,
    label: 'CRM_UI',
    detail: null,
    userId: userId === null ? null : id,
    changeSource: 'CRM_UI',
  };
}
