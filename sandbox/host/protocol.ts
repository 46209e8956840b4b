/** What the page and the worker say to each other, through @remote-ui/rpc. */

export interface BackendRequest {
  url: string;
  method: string;
  body: unknown;
  headers: Record<string, string>;
}

export interface BackendReply {
  /** 0 where no reply came back at all. */
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface ExtensionFailure {
  message: string;
  stack: string;
}

/** HubSpot's answer of a CRM hook: data, or an error sentence. */
export interface HookReply {
  data?: unknown;
  error?: string;
}

export interface AssociationsRequest {
  toObjectType: string;
  properties?: string[];
  pageLength?: number;
  offset?: number;
}

export interface PageLocation {
  path: string;
  params: Record<string, string>;
}

export type PropertyValues = Record<string, string | null>;

/** What the page offers to the worker; every function is called over messages. */
export interface WorkerHost {
  backendFetch: (request: BackendRequest) => Promise<BackendReply>;
  crmProperties: (names: string[]) => Promise<HookReply>;
  watchProperties: (listener: () => void) => Promise<() => void>;
  associations: (request: AssociationsRequest) => Promise<HookReply>;
  log: (level: 'debug' | 'info' | 'warn' | 'error', data: unknown) => void;
  fail: (failure: ExtensionFailure) => void;
  actions: Record<string, (...args: never[]) => unknown>;
}

export interface WorkerSetup {
  bundleUrl: string;
  /** HubSpot's extension context: location, user, portal, crm. */
  context: Record<string, unknown>;
  pageLocation: PageLocation;
  /** Simulated time minus real time, in milliseconds. */
  clockOffsetMs: number;
}

/** What the worker offers to the page. */
export interface WorkerApi {
  start(channel: unknown, setup: WorkerSetup, host: WorkerHost): void;
  setPageLocation(location: PageLocation): void;
}
