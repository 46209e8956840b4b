import { createServer, type Server } from 'node:http';
import { readConfig } from './config.ts';
import { placeOf } from './errors.ts';
import { createLog } from './log.ts';
import { wire } from './wire.ts';

const GONE_AFTER_MS = 10_000;
const IDLE_CHECK_MS = 100;

/** The process: settings, parts, listen, and a stop that leaves nothing half done. */
async function main(): Promise<void> {
  const config = readConfig(process.env, { execArgv: process.execArgv });
  const log = createLog(config.logLevel);
  const wired = await wire(config, { log, allowLoopback: !config.isProduction });
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000 }, wired.app);
  if (config.runsWeb) {
    server.listen(config.port, () => {
      log.info({ port: config.port }, 'Service check-in is ready');
    });
  } else {
    log.info({}, 'Service check-in is working');
  }

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), GONE_AFTER_MS).unref();
    void wired.close(requestsEnded(server)).then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => {
      log.error({ event, cause: placeOf(error) }, 'an error that nobody expected: the process ends');
      process.exit(1);
    });
  }
}

/** Takes no new connections; resolves when the last request is answered. Connections kept alive are closed as they fall idle. */
function requestsEnded(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const closing = setInterval(() => {
      server.closeIdleConnections();
    }, IDLE_CHECK_MS);
    server.close(() => {
      clearInterval(closing);
      resolve();
    });
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
