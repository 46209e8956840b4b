import { retain } from '@remote-ui/rpc';
import type { OverlayStore } from '../components/overlay-store.ts';
import type {
  AssociationsRequest,
  BackendReply,
  BackendRequest,
  HookReply,
  PropertyValues,
  WorkerHost,
} from '../protocol.ts';
import type { CompanyRecord } from './control-api.ts';

/** What the page around an extension provides. */
export interface PageServices {
  addAlert: (alert: { type?: string; title?: string; message: string }) => void;
  callBackend: (request: BackendRequest) => Promise<BackendReply>;
  /** The company on whose record the extension stands; null on pages without a record. */
  record: () => CompanyRecord | null;
  refreshRecord: () => void;
  /** As refreshRecord, for an extension that asked: those that listen are told. */
  refreshProperties: () => void;
  onRecordChange: (listener: () => void) => () => void;
  navigate: (to: string, params: Record<string, string>) => void;
  openIframe: (
    frame: { uri: string; title: string; width: number; height: number },
    onClose: () => void,
  ) => void;
  reload: () => void;
}

const PAGE_LENGTH = 100;

/** HubSpot's actions and hooks for one run of an extension. */
export function createWorkerHost(
  services: PageServices,
  overlays: OverlayStore,
  fail: WorkerHost['fail'],
): WorkerHost {
  const properties = (names: string[] | '*') => pickProperties(services.record(), names);
  const watch = (listener: () => void) => Promise.resolve(services.onRecordChange(keep(listener)));
  const actions = {
    addAlert: services.addAlert,
    reloadPage: services.reload,
    refreshObjectProperties: services.refreshProperties,
    fetchCrmObjectProperties: properties,
    onCrmPropertiesUpdate: (names: string[] | '*', callback: (values: PropertyValues) => void) => {
      keep(callback);
      services.onRecordChange(() => callback(properties(names)));
    },
    openIframeModal: (
      frame: { uri: string; title?: string; width: number; height: number },
      onClose?: () => void,
    ) => services.openIframe({ ...frame, title: frame.title ?? '' }, keep(onClose) ?? (() => undefined)),
    closeOverlay: overlays.close,
    copyTextToClipboard: (text: string) => navigator.clipboard.writeText(text),
    navigateToPage: ({ to, params }: { to: string; params?: Record<string, string> }) =>
      services.navigate(to, params ?? {}),
  };
  return {
    backendFetch: async (request) => {
      const reply = await services.callBackend(request);
      if (request.method !== 'GET') services.refreshRecord();
      return reply;
    },
    crmProperties: (names) => Promise.resolve(propertiesReply(services.record(), names)),
    watchProperties: watch,
    associations: (request) => Promise.resolve(associationsReply(services.record(), request)),
    log: (level, data) => console[level]('extension:', data),
    fail,
    actions,
  };
}

function pickProperties(record: CompanyRecord | null, names: string[] | '*'): PropertyValues {
  const values = record?.object.properties ?? {};
  const wanted = names === '*' ? Object.keys(values) : names;
  return Object.fromEntries(wanted.map((name) => [name, values[name] ?? null]));
}

function propertiesReply(record: CompanyRecord | null, names: string[]): HookReply {
  return record === null
    ? { error: 'there is no record on this page' }
    : { data: pickProperties(record, names) };
}

function associationsReply(record: CompanyRecord | null, request: AssociationsRequest): HookReply {
  if (record === null) return { error: 'there is no record on this page' };
  const { toObjectType, properties = [], pageLength = PAGE_LENGTH, offset = 0 } = request;
  const plural = ASSOCIATED_TYPES[toObjectType] ?? toObjectType;
  const all = record.associated[plural] ?? [];
  const results = all.slice(offset, offset + pageLength).map((object) => ({
    toObjectId: Number(object.id),
    associationTypes: [],
    properties: Object.fromEntries(properties.map((name) => [name, object.properties[name] ?? null])),
  }));
  return {
    data: { results, hasMore: offset + pageLength < all.length, nextOffset: offset + results.length },
  };
}

/** Object types by HubSpot's id and name, as an extension may ask for them. */
const ASSOCIATED_TYPES: Readonly<Record<string, string>> = {
  '0-1': 'contacts',
  CONTACT: 'contacts',
  contact: 'contacts',
  '0-27': 'tasks',
  '0-46': 'notes',
  '0-47': 'meetings',
  '0-48': 'calls',
  '0-49': 'emails',
};

/** Keeps a function that came from the worker callable after the call that brought it. */
function keep<T>(value: T): T {
  retain(value);
  return value;
}
