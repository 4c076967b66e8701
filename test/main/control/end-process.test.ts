import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endProcess, hasEndedWithin } from '../../../src/main/control/end-process.js';
import { commandOf, isAlive, startMarkOf } from '../../../src/main/control/process-facts.js';
import { stopPythonDaemon } from '../../../src/main/control/stop-python-daemon.js';
import { patient, startNode, stubborn } from '../../support/start-node.js';

function end(pid: number, isStillThat = () => Promise.resolve(true)) {
  const signals: string[] = [];
  const onSignal = (signal: string) => Promise.resolve(void signals.push(signal));
  return endProcess({ pid, isStillThat, onSignal, graceMilliseconds: 400 }).then((ended) => ({ ended, signals }));
}

describe('endProcess', () => {
  it('ends a process that listens to SIGTERM with that alone', async () => {
    const { pid } = await startNode(patient);
    expect(await end(pid)).toEqual({ ended: 'ended', signals: ['SIGTERM'] });
    expect(await isAlive(pid)).toBe(false);
  });

  it('kills one that ignores SIGTERM after the grace', async () => {
    const { pid } = await startNode(stubborn);
    const before = performance.now();
    expect(await end(pid)).toEqual({ ended: 'ended', signals: ['SIGTERM', 'SIGKILL'] });
    expect(performance.now() - before).toBeGreaterThan(390);
    expect(await isAlive(pid)).toBe(false);
  });

  it('sends nothing to a process that is not the one', async () => {
    const { pid } = await startNode(patient);
    expect(await end(pid, () => Promise.resolve(false))).toEqual({ ended: 'not-that', signals: [] });
    expect(await isAlive(pid)).toBe(true);
  });

  it('asks again before the kill: the number may have got another owner', async () => {
    const { pid } = await startNode(stubborn);
    let asked = 0;
    expect(await end(pid, () => Promise.resolve((asked += 1) === 1))).toEqual({
      ended: 'not-that',
      signals: ['SIGTERM'],
    });
    expect(await isAlive(pid)).toBe(true);
  });
});

describe('process facts', () => {
  it('tells two processes apart by their start, and one from itself not at all', async () => {
    const [one, other] = [await startNode(patient), await startNode(patient)];
    expect(await startMarkOf(one.pid)).toBe(await startMarkOf(one.pid));
    expect(await startMarkOf(one.pid)).not.toBe(await startMarkOf(other.pid));
    expect(await commandOf(one.pid)).toEqual([process.execPath, '-e', patient]);
  });

  it('knows nothing of a process that is not there', async () => {
    const none = 2_147_483_646;
    expect(await Promise.all([isAlive(none), startMarkOf(none), commandOf(none)])).toEqual([false, null, null]);
  });

  it.skipIf(process.platform !== 'linux')('takes a process as ended that only waits for its parent', async () => {
    // The shell becomes `sleep`, which never looks after the child that it inherits.
    const shell = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void shell.kill());
    const [printed] = (await once(shell.stdout, 'data')) as [Buffer];
    expect(await hasEndedWithin(Number(String(printed)), 3_000)).toBe(true);
    expect(() => process.kill(Number(String(printed)), 0)).not.toThrow();
  });
});

describe('stopPythonDaemon', () => {
  it('ends the daemon', async () => {
    const { pid } = await startNode(patient, ['context-watcher-daemon.py']);
    expect(await stopPythonDaemon(pid)).toEqual({ kind: 'ended' });
    expect(await isAlive(pid)).toBe(false);
  });

  it.each([[[]], [['/home/ada/context-watcher-daemon/notes.txt']]])(
    'leaves any other program alone: %j',
    async (args) => {
      const { pid } = await startNode(patient, args);
      expect(await stopPythonDaemon(pid)).toEqual({ kind: 'not-a-daemon' });
      expect(await isAlive(pid)).toBe(true);
    },
  );
});
