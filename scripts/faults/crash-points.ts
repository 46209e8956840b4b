import type { TouchOutcome } from '../../src/usecases/records.ts';
import type { PortEvent } from './ports.ts';

/** Which of several occurrences: the first batch, one in the middle, the last. */
export const POSITIONS = ['first', 'middle', 'last'] as const;
export type Position = (typeof POSITIONS)[number];

/** The instants at which a process is killed, as the ports see them (reliability.md names them K1 to K12). */
export type CrashPoint = {
  readonly name: string;
  readonly what: string;
  /** A watcher of one engine's port calls: true at the moment to die. */
  readonly watch: (position: Position, customers: number) => (event: PortEvent) => boolean;
};

/** The n-th event that fits. */
function nth(count: number, fits: (event: PortEvent) => boolean): (event: PortEvent) => boolean {
  let seen = 0;
  return (event) => fits(event) && ++seen === count;
}

/** So many port calls after the first event that fits. */
function after(calls: number, fits: (event: PortEvent) => boolean): (event: PortEvent) => boolean {
  let left = Number.POSITIVE_INFINITY;
  return (event) => {
    if (left < Number.POSITIVE_INFINITY) left -= 1;
    else if (fits(event)) left = calls;
    return left === 0;
  };
}

const indexOf = (position: Position): number => POSITIONS.indexOf(position);
const order = (position: Position): number => indexOf(position) + 1;
const isBefore = (name: string) => (event: PortEvent) => event.name === name && event.when === 'before';
const isAfter = (name: string) => (event: PortEvent) => event.name === name && event.when === 'after';

/** What ran inside of a transaction that ends or was just committed. */
function ran({ inside = [] }: PortEvent, name: string): PortEvent | undefined {
  return inside.find((event) => event.name === name);
}

const isCommitOf = (name: string) => (event: PortEvent) =>
  event.name === 'tx.commit' && ran(event, name) !== undefined;

export function isClaimCommitted(event: PortEvent): boolean {
  const claimed = event.name === 'tx.commit' ? ran(event, 'touches.claimForSending')?.result : undefined;
  return Array.isArray(claimed) && claimed.length > 0;
}

function isLeaseCommitted(event: PortEvent): boolean {
  const lease = event.name === 'tx.commit' ? ran(event, 'leases.take') : undefined;
  return lease?.args[1] === 'touches' && lease.result !== null;
}

export function outcomesIn(event: PortEvent): readonly TouchOutcome[] {
  return (ran(event, 'touches.settle')?.args[1] ?? []) as readonly TouchOutcome[];
}

function isMixed(event: PortEvent): boolean {
  const outcomes = event.name === 'tx.commit' ? outcomesIn(event) : [];
  const kinds = new Set(outcomes.map(({ to }) => to));
  return kinds.has('created') && kinds.size > 1;
}

/** True for the answer of a create that the gateway could not read. */
export function isUnread({ name, when, result }: PortEvent): boolean {
  if (name !== 'hubspot.createTasks' || when !== 'after' || !Array.isArray(result)) return false;
  return (result as readonly { readonly result: string }[]).some((outcome) => outcome.result === 'unknown');
}

/** All tasks are made, in this engine's own count. */
function whenAllCreated(customers: number): (event: PortEvent) => boolean {
  let created = 0;
  return (event) => {
    if (event.name !== 'tx.commit') return false;
    created += outcomesIn(event).filter(({ to }) => to === 'created').length;
    return created >= customers;
  };
}

const PLAN_STEPS = ['touches.openCyclesEndingBy', 'touches.ensureCycle', 'touches.plan'] as const;

export const CRASH_POINTS = {
  K1: {
    name: 'K1',
    what: 'decided, before the plan',
    watch: (position) => nth(1, isBefore(PLAN_STEPS[indexOf(position)] ?? '')),
  },
  K2: {
    name: 'K2',
    what: 'middle of the plan transaction',
    watch: (position) =>
      position === 'last'
        ? nth(1, (event) => event.name === 'tx.end' && ran(event, 'touches.plan') !== undefined)
        : nth(1, isAfter(PLAN_STEPS[order(position)] ?? '')),
  },
  K3: {
    name: 'K3',
    what: 'plan committed',
    watch: (position) => after(2 * indexOf(position), isCommitOf('touches.plan')),
  },
  K4: {
    name: 'K4',
    what: 'lease taken, nothing done',
    watch: (position) => nth(order(position), isLeaseCommitted),
  },
  K5: {
    name: 'K5',
    what: 'intent committed, nothing sent',
    watch: (position) => nth(order(position), isClaimCommitted),
  },
  K6: {
    name: 'K6',
    what: 'bytes partly sent',
    // No port shows it: the line to HubSpot is cut, and who cuts it kills.
    watch: () => () => false,
  },
  K7: {
    name: 'K7',
    what: 'HubSpot committed, reply unread',
    watch: () => nth(1, isUnread),
  },
  K8: {
    name: 'K8',
    what: 'reply read, outcome uncommitted',
    watch: (position) =>
      nth(order(position), (event) => event.name === 'tx.end' && outcomesIn(event).length > 0),
  },
  K9: {
    name: 'K9',
    what: 'outcome committed for part of a batch',
    watch: () => nth(1, isMixed),
  },
  K10: {
    name: 'K10',
    what: 'task there, a change of it under way',
    watch: (position) =>
      ({
        first: nth(1, isBefore('hubspot.updateTasks')),
        middle: nth(1, isAfter('hubspot.updateTasks')),
        last: after(1, isAfter('hubspot.updateTasks')),
      })[position],
  },
  K11: {
    name: 'K11',
    what: 'all created, run not summed up',
    watch: (position, customers) => after(2 * indexOf(position), whenAllCreated(customers)),
  },
  K12: {
    name: 'K12',
    what: 'zombie, its lease was taken over',
    watch: (position) => nth(order(position), isBefore('hubspot.createTasks')),
  },
} as const satisfies Record<string, CrashPoint>;
