import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lockFolder } from '../../src/store/folder-lock.ts';

function inFolder(work: (folder: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sci-lock-'));
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

describe('the lock on a data folder', () => {
  it(
    'is refused a second time, naming process and remedy, until it is given back',
    inFolder((folder) => {
      const unlock = lockFolder(folder);

      expect(() => lockFolder(folder)).toThrow(
        expect.objectContaining({
          code: 'unavailable',
          message: `The data folder ${folder} is in use by process ${process.pid}.`,
          hint: expect.stringContaining(`Stop process ${process.pid}`),
        }),
      );
      unlock();
      lockFolder(folder)();
      expect(readdirSync(folder)).toEqual([]);
    }),
  );

  it(
    'is not taken from another process that lives',
    inFolder(async (folder) => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      try {
        writeFileSync(path.join(folder, 'in-use.pid'), `${child.pid ?? 0}\n`);

        expect(() => lockFolder(folder)).toThrow(`in use by process ${child.pid ?? 0}`);
      } finally {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
      }

      const unlock = lockFolder(folder);
      expect(readFileSync(path.join(folder, 'in-use.pid'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
      unlock();
    }),
  );

  it(
    'is taken over where the same process number was started at another time',
    inFolder((folder) => {
      writeFileSync(path.join(folder, 'in-use.pid'), `${process.ppid} an-earlier-boot/1\n`);

      const unlock = lockFolder(folder);

      expect(readdirSync(folder)).toEqual(['in-use.pid']);
      unlock();
    }),
  );

  it(
    'is taken over where an earlier life had the same process number',
    inFolder((folder) => {
      writeFileSync(path.join(folder, 'in-use.pid'), `${process.pid}\n`);

      expect(() => {
        lockFolder(folder)();
      }).not.toThrow();
    }),
  );
});
