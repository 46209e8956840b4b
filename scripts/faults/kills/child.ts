/**
 * The product's backend as a process that will be killed: real wire, worker and web, on a clock that runs faster than real time. It
 * loads its code and waits for a line that says what it is to be (`Orders`). At the crash point named there it says so and stops until
 * somebody kills it or lets it go on by another line. Its other settings come by the environment.
 */
import { createServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { createFormulaClock, parseClockFormula } from '../../../sandbox/scaled-clock.ts';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import { wire } from '../../../src/wire.ts';
import { CRASH_POINTS } from '../crash-points.ts';
import { BATCH, withSmallBatches } from '../engine.ts';
import { observePorts, type Observer } from '../ports.ts';
import type { Orders } from './life.ts';

/** Real milliseconds between two looks for work: a lease ends within a second here. */
const TICK_MS = 60;
const CALL_DEADLINE_MS = 2_000;

const clock = createFormulaClock(
  parseClockFormula(process.env['FAULT_CLOCK'] ?? '', Number(process.env['FAULT_REAL_START'])),
);
// A killed process would leave nothing of it to the next one.
flushCompileCache();
const lines = createInterface({ input: process.stdin });
// Without its parent nobody would ever kill it.
lines.once('close', () => process.exit(1));
const { point: announced, apiUrl } = JSON.parse(await nextLine()) as Orders;
const { app } = await wire(readConfig({ ...process.env, HUBSPOT_API_URL: apiUrl }), {
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

function stopAtPoint(): Observer {
  if (announced === null) return () => undefined;
  const { name, position, customers } = announced;
  const isTime = Object.values(CRASH_POINTS)
    .find((known) => known.name === name)
    ?.watch(position, customers);
  return async (event) => {
    if (isTime?.(event) !== true) return;
    say({ at: name });
    // Only a zombie is ever told to go on.
    await nextLine();
  };
}

function nextLine(): Promise<string> {
  return new Promise((resolve) => lines.once('line', resolve));
}

function say(line: Readonly<Record<string, string>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
