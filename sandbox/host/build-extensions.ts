import { remoteBuild } from '@hubspot/ui-extensions-dev-server/build';

/**
 * Runs HubSpot's production builder in a process of its own: it reads NODE_ENV and prints as it likes.
 * Takes one argument, a JSON list of `{root, file, outputDir}`.
 */
const jobs = JSON.parse(process.argv[2] ?? '[]') as { root: string; file: string; outputDir: string }[];
for (const { root, file, outputDir } of jobs) {
  await remoteBuild({ root, entryPoint: file, outputDir, logLevel: 'error' });
}
