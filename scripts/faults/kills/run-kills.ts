import type { KillReport } from './kill-report.ts';

export function runKills(
  _size: { seed: string; kills: number; databaseStops: number },
  _out: NodeJS.WriteStream,
): Promise<KillReport | null> {
  return Promise.resolve(null);
}
