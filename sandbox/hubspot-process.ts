import path from 'node:path';
import { parseArgs } from 'node:util';
import { sandboxApp } from './app.ts';
import { createSimulator, type Simulator, type SimulatorApp } from './hubspot/simulator.ts';
import { resolvePortalReference } from './portals/portal-reference.ts';
import { createFormulaClock, parseClockFormula } from './scaled-clock.ts';

/** Real milliseconds between two looks for webhooks that are due. */
const LOOK_MS = 100;

/**
 * The local HubSpot alone, in a process of its own, so that a bench measures the product and not both in one process.
 * Prints one line of JSON when it listens: { url, pid, startAt, realStartMs, speed }. Accounts come through the control API.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      clock: { type: 'string', default: 'real' },
      'real-start': { type: 'string', default: String(Date.now()) },
      state: { type: 'string' },
      seed: { type: 'string', default: '1' },
      backend: { type: 'string' },
      callback: { type: 'string', default: 'http://localhost:3000/oauth/callback' },
      'allow-kill': { type: 'boolean', default: false },
    },
  });
  const formula = parseClockFormula(values.clock, numberFrom('real-start', values['real-start']));
  const app = sandboxApp(values.callback);
  const simulator = await createSimulator({
    clock: createFormulaClock(formula),
    stateDir: values.state === undefined ? null : path.resolve(values.state),
    app: values.backend === undefined ? withoutWebhooks(app) : app,
    backendOrigin: () => values.backend ?? null,
    resolveReference: resolvePortalReference,
    seed: numberFrom('seed', values.seed),
    allowKill: values['allow-kill'],
  });
  const { url } = await simulator.listen(numberFrom('port', values.port));
  const looking = setInterval(() => void simulator.timers.runDue().catch(() => undefined), LOOK_MS);
  stopOn(simulator, looking);
  const { startAt, realStartMs, speed } = formula;
  process.stdout.write(`${JSON.stringify({ url, pid: process.pid, startAt, realStartMs, speed })}\n`);
}

/** Where nobody listens, events would only pile up and be tried again. */
function withoutWebhooks(app: SimulatorApp): SimulatorApp {
  return { ...app, webhooks: { ...app.webhooks, subscriptions: [] } };
}

function numberFrom(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new RangeError(`--${name}: "${text}" is no whole number`);
}

function stopOn(simulator: Simulator, looking: NodeJS.Timeout): void {
  const stop = () => {
    clearInterval(looking);
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
