import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ControlHandlers } from '../../../src/main/control/control-server.js';
import { claimInstance } from '../../../src/main/control/instance.js';
import { mountSmallDisk } from '../export/small-disk.js';
import { patient, startNode } from '../../support/start-node.js';
import { fillDisk } from '../../support/fill-disk.js';
import { tempFolder } from '../../support/temp-folder.js';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, close: () => {} };

function makePaths() {
  const contextStorage = path.join(tempFolder(), 'storage');
  return {
    contextStorage,
    controlSockets: [path.join(contextStorage, 'context-watcher.sock')],
    pidFile: path.join(contextStorage, 'context-watcher.pid'),
    instanceFile: path.join(contextStorage, 'context-watcher.instance.json'),
  };
}

async function claim(paths: ReturnType<typeof makePaths>, faults: (string | null)[] = []) {
  const handlers = new Promise<ControlHandlers>(() => undefined);
  const onPidFileFault = (error: Error | null) => faults.push(error && error.message);
  const answer = await claimInstance({ paths, appVersion: '1', handlers, log, onPidFileFault });
  if (answer.kind === 'claimed') onTestFinished(() => answer.release());
  return answer;
}

async function claimed(paths: ReturnType<typeof makePaths>) {
  const instance = await claim(paths);
  if (instance.kind !== 'claimed') throw new Error(instance.kind);
  return instance;
}

describe('claimInstance', () => {
  it('writes the pid file and removes it at the end', async () => {
    const paths = makePaths();
    const instance = await claimed(paths);
    expect(Number(readFileSync(paths.pidFile, 'utf8'))).toBe(process.pid);
    await instance.release();
    expect([paths.pidFile, paths.instanceFile, ...paths.controlSockets].filter((file) => existsSync(file))).toEqual([]);
  });

  it('tells the second who is first, and lets it in afterwards', async () => {
    const paths = makePaths();
    const first = await claimed(paths);
    expect(await claim(paths)).toEqual({ kind: 'already-running', pid: process.pid, answers: true });
    expect(Number(readFileSync(paths.pidFile, 'utf8'))).toBe(process.pid);
    await first.release();
    expect(await claim(paths)).toMatchObject({ kind: 'claimed', daemonPid: null });
  });

  it('lets exactly one of many in', async () => {
    const paths = makePaths();
    const kinds = (await Promise.all(Array.from({ length: 5 }, () => claim(paths)))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'claimed')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'already-running')).toHaveLength(4);
  });

  it('leaves the pid file of a live Python daemon alone until it has ended', async () => {
    const paths = makePaths();
    const daemon = await startNode(patient, ['context-watcher-daemon.py']);
    await (await claimed(paths)).release();
    writeFileSync(paths.pidFile, String(daemon.pid));
    const instance = await claimed(paths);
    expect(instance.daemonPid).toBe(daemon.pid);
    expect(readFileSync(paths.pidFile, 'utf8')).toBe(String(daemon.pid));
    await instance.takePidFile();
    expect(Number(readFileSync(paths.pidFile, 'utf8'))).toBe(process.pid);
  });

  it("does not remove the daemon's pid file when it goes", async () => {
    const paths = makePaths();
    const daemon = await startNode(patient, ['context-watcher-daemon.py']);
    await (await claimed(paths)).release();
    writeFileSync(paths.pidFile, String(daemon.pid));
    await (await claimed(paths)).release();
    expect(readFileSync(paths.pidFile, 'utf8')).toBe(String(daemon.pid));
  });

  it.each(['nonsense', '2147483646', String(process.ppid)])('takes over a pid file that says %j', async (text) => {
    const paths = makePaths();
    await (await claimed(paths)).release();
    writeFileSync(paths.pidFile, text);
    expect((await claimed(paths)).daemonPid).toBeNull();
    expect(Number(readFileSync(paths.pidFile, 'utf8'))).toBe(process.pid);
  });

  it('holds a storage on a full disk although the pid file can not be written, and says so', async ({ skip }) => {
    const paths = makePaths();
    const disk = mountSmallDisk(paths.contextStorage, 64);
    if (!disk) return skip('A small disk can be mounted only by root on Linux.');
    onTestFinished(disk.unmount);
    fillDisk(paths.contextStorage);
    const faults: (string | null)[] = [];
    expect(await claim(paths, faults)).toMatchObject({ kind: 'claimed', daemonPid: null });
    expect(faults).toEqual([expect.stringContaining('the disk is full')]);
    expect(await claim(paths)).toEqual({ kind: 'already-running', pid: process.pid, answers: true });
    return undefined;
  });

  it('takes the second socket where the disk has no room for the first', async ({ skip }) => {
    const paths = makePaths();
    const disk = mountSmallDisk(paths.contextStorage, 64);
    if (!disk) return skip('A small disk can be mounted only by root on Linux.');
    onTestFinished(disk.unmount);
    // One file more than the folder itself: a lock or a socket, not both.
    execFileSync('mount', ['-o', 'remount,nr_inodes=2', paths.contextStorage]);
    expect(await claim(paths)).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ENOSPC') });
    const second = path.join(path.dirname(paths.contextStorage), 'runtime', 'watcher.sock');
    const twoSockets = { ...paths, controlSockets: [...paths.controlSockets, second] };
    expect(await claim(twoSockets)).toMatchObject({ kind: 'claimed' });
    expect(existsSync(second)).toBe(true);
    return undefined;
  });

  it('says what to do where the storage can not be used', async () => {
    const paths = makePaths();
    writeFileSync(path.dirname(paths.contextStorage) + '/storage', 'a file');
    expect(await claim(paths)).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining(paths.contextStorage),
      mend: expect.stringContaining('--data-dir'),
    });
  });
});
