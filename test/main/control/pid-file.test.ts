import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOurs, readPidFile, removePidFiles, writePidFiles } from '../../../src/main/control/pid-file.js';
import { patient, startNode } from '../../support/start-node.js';
import { tempFolder } from '../../support/temp-folder.js';

/** Above every process id that a system gives out. */
const noProcess = 2_147_483_646;

function makeFiles(pidText?: string | number) {
  const folder = tempFolder();
  const files = { pidFile: path.join(folder, 'w.pid'), instanceFile: path.join(folder, 'w.instance.json') };
  if (pidText !== undefined) writeFileSync(files.pidFile, String(pidText));
  return files;
}

describe('readPidFile', () => {
  it('knows that there is none', async () => {
    expect(await readPidFile(makeFiles(), null)).toEqual({ kind: 'none' });
  });

  it.each(['', 'abc', '12 34', '-5', '0', '1.5', '99999999999999999999', '{"pid":1}'])(
    'takes %j as invalid',
    async (text) => {
      expect(await readPidFile(makeFiles(text), null)).toEqual({ kind: 'invalid' });
    },
  );

  it('takes the number of no process as stale', async () => {
    expect(await readPidFile(makeFiles(`${noProcess}\n`), null)).toEqual({ kind: 'stale', pid: noProcess });
  });

  it('takes the number of another program as stale, not as running', async () => {
    const other = await startNode(patient);
    expect(await readPidFile(makeFiles(other.pid), null)).toEqual({ kind: 'stale', pid: other.pid });
  });

  it('takes the number of a later process as stale although an instance of ours had it', async () => {
    const files = makeFiles();
    await writePidFiles(files, process.pid);
    writeFileSync(files.instanceFile, JSON.stringify({ pid: process.pid, startMark: 'another boot/1' }));
    expect(await readPidFile(files, null)).toEqual({ kind: 'stale', pid: process.pid });
  });

  it('knows its own process by number and start', async () => {
    const files = makeFiles();
    const other = await startNode(patient);
    await writePidFiles(files, other.pid);
    expect(await readPidFile(files, null)).toEqual({ kind: 'live', pid: other.pid, who: 'ours' });
    const ended = new Promise((resolve) => other.on('exit', resolve));
    other.kill('SIGKILL');
    await ended;
    expect(await readPidFile(files, null)).toEqual({ kind: 'stale', pid: other.pid });
  });

  it('trusts the process that answers on the control socket', async () => {
    expect(await readPidFile(makeFiles(process.pid), process.pid)).toMatchObject({ kind: 'live', who: 'ours' });
  });

  it('knows the Python daemon by its command line', async () => {
    const daemon = await startNode(patient, [
      '/home/ada/.coditect/scripts/context-watcher-daemon.py',
      '--threshold',
      '80',
    ]);
    expect(await readPidFile(makeFiles(daemon.pid), null)).toEqual({
      kind: 'live',
      pid: daemon.pid,
      who: 'python-daemon',
    });
  });
});

describe('writePidFiles and removePidFiles', () => {
  it('writes the number as the daemon does, for the user alone, and removes both', async () => {
    const files = makeFiles('12');
    await writePidFiles(files, process.pid);
    expect(Number(readFileSync(files.pidFile, 'utf8'))).toBe(process.pid);
    expect(statSync(files.instanceFile).mode & 0o777).toBe(0o600);
    expect(await isOurs(files, process.pid)).toBe(true);
    await removePidFiles(files, process.pid);
    expect([existsSync(files.pidFile), existsSync(files.instanceFile)]).toEqual([false, false]);
  });

  it('leaves the files of another process', async () => {
    const files = makeFiles(noProcess);
    writeFileSync(files.instanceFile, JSON.stringify({ pid: noProcess, startMark: 'x' }));
    await removePidFiles(files, process.pid);
    expect([existsSync(files.pidFile), existsSync(files.instanceFile)]).toEqual([true, true]);
  });
});
