/**
 * The product's backend as a process that will be killed: real wire, worker and web, on a clock that runs faster than real time. At
 * the crash point it is told to announce, it says so and stops there until somebody kills it or lets it go on. Its settings come by the environment.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFormulaClock, parseClockFormula } from '../../../sandbox/scaled-clock.ts';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import { wire } from '../../../src/wire.ts';
import { CRASH_POINTS, type Position } from '../crash-points.ts';
import { BATCH, withSmallBatches } from '../engine.ts';
import { observePorts, type Observer } from '../ports.ts';

/** Real milliseconds between two looks for work: a lease ends within a second here. */
const TICK_MS = 60;
const CALL_DEADLINE_MS = 2_000;

const clock = createFormulaClock(
  parseClockFormula(process.env['FAULT_CLOCK'] ?? '', Number(process.env['FAULT_REAL_START'])),
);
const { app } = await wire(readConfig(process.env), {
  log: createLog('error'),
  clock,
  allowLoopback: true,
  tickMs: TICK_MS,
  callDeadlineMs: CALL_DEADLINE_MS,
  sleep: (ms) => clock.wait(ms),
  decorate: (deps) => observePorts(withSmallBatches(deps, BATCH), stopAtPoint()),
});
const server = createServer(app);
server.listen(0, '127.0.0.1', () => {
  say({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
// Without its parent nobody would ever kill it.
process.stdin.resume().once('end', () => process.exit(1));

function stopAtPoint(): Observer {
  const {
    FAULT_POINT: name = '',
    FAULT_POSITION: position = 'first',
    FAULT_CUSTOMERS: customers,
  } = process.env;
  const point = Object.values(CRASH_POINTS).find((known) => known.name === name);
  const isTime = point?.watch(position as Position, Number(customers));
  return async (event) => {
    if (isTime?.(event) !== true) return;
    say({ at: name });
    // Only a zombie is ever told to go on.
    await new Promise((resolve) => process.stdin.once('data', resolve));
  };
}

function say(line: Readonly<Record<string, string>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
