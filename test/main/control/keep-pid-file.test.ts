import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { keepPidFile } from '../../../src/main/control/keep-pid-file.js';
import { tempFolder } from '../../support/temp-folder.js';

/** A storage whose name a file has taken, so that nothing can be written there until `mend`. */
function blockedStorage() {
  const storage = path.join(tempFolder(), 'storage');
  writeFileSync(storage, 'in the way');
  const faults: (string | null)[] = [];
  const files = { pidFile: path.join(storage, 'w.pid'), instanceFile: path.join(storage, 'w.instance.json') };
  const kept = keepPidFile({
    files,
    pid: process.pid,
    onFault: (error) => faults.push(error && error.message),
    retryMilliseconds: 20,
  });
  onTestFinished(() => kept.release());
  return { kept, files, faults, mend: () => rmSync(storage) };
}

it('says that it can not be written, and writes it as soon as it can', async () => {
  const { kept, files, faults, mend } = blockedStorage();
  await kept.take();
  expect(faults[0]).toContain(path.dirname(files.pidFile));
  mend();
  await expect.poll(() => faults.at(-1)).toBeNull();
  expect(readFileSync(files.pidFile, 'utf8')).toBe(`${process.pid}\n`);
});

it('tries no more once it is released, and leaves nothing', async () => {
  const { kept, files, mend } = blockedStorage();
  await kept.take();
  await kept.release();
  mend();
  mkdirSync(path.dirname(files.pidFile));
  await pause(100);
  expect([existsSync(files.pidFile), existsSync(files.instanceFile)]).toEqual([false, false]);
});
