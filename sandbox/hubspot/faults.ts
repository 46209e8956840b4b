import { z } from 'zod';

const retryAfter = z
  .union([z.string(), z.number()])
  .optional()
  .describe('Value of Retry-After, sane or not: 2, 0, -1, 1000000000, a date or any text.');

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    retryAfter,
    body: z
      .unknown()
      .optional()
      .describe('Body of the reply; left out: what HubSpot sends with this status.'),
  }),
  z.strictObject({
    kind: z.literal('reset'),
    at: z
      .enum(['beforeHeaders', 'afterHeaders', 'midBody'])
      .default('beforeHeaders')
      .describe('Where the connection is reset.'),
  }),
  z.strictObject({ kind: z.literal('hang') }).describe('No byte is sent; the connection stays open.'),
  z.strictObject({
    kind: z.literal('slow'),
    bytesPerSecond: z.number().positive().default(1).describe('Real bytes a second.'),
  }),
  z.strictObject({ kind: z.literal('cutBody') }).describe('The connection ends in the middle of the body.'),
  z.strictObject({ kind: z.literal('cutJson') }).describe('A complete reply whose JSON stops halfway.'),
  z.strictObject({ kind: z.literal('htmlBody') }).describe('An HTML page with status 200.'),
  z.strictObject({ kind: z.literal('emptyBody') }).describe('Status 200 without a body.'),
  z.strictObject({ kind: z.literal('wrongShape') }).describe('Valid JSON of another shape.'),
  z.strictObject({ kind: z.literal('numericIds') }).describe('Ids as JSON numbers instead of strings.'),
  z.strictObject({
    kind: z.literal('hugeBody'),
    megabytes: z.number().positive().max(1000).default(100),
    gzip: z.boolean().default(false).describe('Sent compressed: a small reply that unpacks to this size.'),
  }),
  z
    .strictObject({
      kind: z.literal('kill'),
      pid: z.number().int().min(2).describe('Process on this machine, such as a worker under test.'),
    })
    .describe('SIGKILL to that process, before or right after the commit; no reply. Needs --allow-kill.'),
  z.strictObject({
    kind: z.literal('results'),
    change: z
      .enum(['shuffled', 'missing', 'extra', 'duplicate'])
      .describe('What happens to the reply’s `results`.'),
  }),
]);

/** Body of `POST /_control/faults`. */
export const faultRequestSchema = z
  .strictObject({
    match: z
      .strictObject({
        portalId: z.number().int().optional(),
        method: z.string().optional().describe('GET, POST, PATCH, PUT or DELETE; left out: any.'),
        path: z
          .string()
          .optional()
          .describe(
            'Start of the path, or a regular expression between slashes such as "/batch\\\\/create$/".',
          ),
      })
      .default({})
      .describe('Requests that the fault hits; an empty match hits every API request.'),
    when: z
      .enum(['before', 'after', 'late'])
      .default('before')
      .describe(
        'before: nothing is committed. after: committed, then the fault. late: no reply, committed after lateMs.',
      ),
    lateMs: z
      .number()
      .int()
      .min(0)
      .max(600_000)
      .default(31_000)
      .describe('Real milliseconds until a late commit.'),
    fault: faultSchema.optional().describe('What the client sees; not needed with when "late".'),
    count: z.number().int().min(1).default(1).describe('How many requests are hit.'),
    skip: z
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('How many matching requests pass before the first hit.'),
  })
  .superRefine((request, context) => {
    const needsCommit = request.fault?.kind === 'results' || request.fault?.kind === 'numericIds';
    if (needsCommit && request.when === 'before') {
      context.addIssue({
        code: 'custom',
        path: ['when'],
        message: 'this fault changes a real reply: use "after"',
      });
    }
    if (request.fault === undefined && request.when !== 'late') {
      context.addIssue({
        code: 'custom',
        path: ['fault'],
        message: 'name a fault, such as {"kind":"status","status":503}',
      });
    }
    if (request.match.path !== undefined && !isPathPattern(request.match.path)) {
      context.addIssue({
        code: 'custom',
        path: ['match', 'path'],
        message: 'start with "/" or write a valid /expression/',
      });
    }
  });

export type Fault = z.output<typeof faultSchema>;
export type FaultRequest = z.output<typeof faultRequestSchema>;

export interface PlantedFault {
  readonly faultId: string;
  readonly request: FaultRequest;
  /** How many requests it has hit. */
  hit: number;
  passed: number;
  /** Taken away by `clear`: it hits nothing any more. */
  cleared: boolean;
}

export interface FaultBook {
  plant(request: FaultRequest): PlantedFault;
  /** Planted since the last `clear`, used up or not. */
  list(): readonly PlantedFault[];
  /** Every fault there ever was, cleared ones too: the proof of what was hit. */
  history(): readonly PlantedFault[];
  clear(): void;
  /** The first planted fault that hits this request, counted as hit; null where none does. */
  take(method: string, path: string, portalId: number | null): PlantedFault | null;
}

/** The script of faults: each hits `count` requests after letting `skip` pass. */
export function createFaultBook(): FaultBook {
  const history: PlantedFault[] = [];
  let planted: PlantedFault[] = [];
  // Kept apart so that a request need not look at all the faults that are used up.
  let active: PlantedFault[] = [];
  return {
    plant: (request) => {
      const faultId = `fault-${String(history.length + 1)}`;
      const fault: PlantedFault = { faultId, request, hit: 0, passed: 0, cleared: false };
      for (const list of [history, planted, active]) list.push(fault);
      return fault;
    },
    list: () => planted,
    history: () => history,
    clear: () => {
      for (const fault of planted) fault.cleared = true;
      planted = [];
      active = [];
    },
    take: (method, path, portalId) => {
      const fault = active.find(
        (one) => isMatch(one.request.match, method, path, portalId) && isReached(one),
      );
      if (fault === undefined) return null;
      fault.hit += 1;
      if (fault.hit >= fault.request.count) active = active.filter((one) => one !== fault);
      return fault;
    },
  };
}

/** Whether a matching request is hit; one that is to pass is counted. */
function isReached(fault: PlantedFault): boolean {
  if (fault.passed >= fault.request.skip) return true;
  fault.passed += 1;
  return false;
}

function isMatch(
  match: FaultRequest['match'],
  method: string,
  path: string,
  portalId: number | null,
): boolean {
  if (match.portalId !== undefined && match.portalId !== portalId) return false;
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  const expression = expressionOf(match.path);
  return expression === null ? path.startsWith(match.path) : new RegExp(expression).test(path);
}

/** A path between two slashes with anything that no plain path ends in is an expression: "/batch\/create$/". */
function expressionOf(path: string): string | null {
  return path.length > 2 && path.startsWith('/') && path.endsWith('/') ? path.slice(1, -1) : null;
}

function isPathPattern(path: string): boolean {
  const expression = expressionOf(path);
  if (expression === null) return path.startsWith('/');
  try {
    new RegExp(expression);
    return true;
  } catch {
    return false;
  }
}
