import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseArguments } from '../../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../../src/main/cli/run-command.js';
import { startEngine } from '../../../src/main/engine.js';
import type { AppState } from '../../../src/shared/app-state.js';
import { fillDisk } from '../../support/fill-disk.js';
import { tempFolder } from '../../support/temp-folder.js';
import { waitUntil } from '../../support/wait-until.js';
import { mountSmallDisk } from '../export/small-disk.js';
import { makeTestWorld } from './test-world.js';

it(
  'starts on a full disk, says so, and writes its pid file once there is room',
  { timeout: 40_000 },
  async ({ skip }) => {
    const home = tempFolder();
    const storage = path.join(home, 'storage');
    const disk = mountSmallDisk(storage, 512);
    if (!disk) return skip('A small disk can be mounted only by root on Linux.');
    onTestFinished(disk.unmount);
    const { makeRoom } = fillDisk(storage);
    const claude = path.join(home, 'claude');
    mkdirSync(path.join(claude, 'projects'), { recursive: true });
    const run = (test: ReturnType<typeof makeTestWorld>, line: string) => {
      const words = [...line.split(' '), '--data-dir', storage, '--claude-dir', claude];
      return runCommand(parseArguments(words, '/'), { ...test.world, startEngine });
    };
    const askProblems = async () => {
      const test = makeTestWorld({}, storage);
      expect(await run(test, '--status --json')).toBe(0);
      const { running, problems } = JSON.parse(test.stdout()) as AppState & { running: boolean };
      expect(running).toBe(true);
      return problems;
    };

    const test = makeTestWorld({}, storage);
    const ended = run(test, '--headless');
    await waitUntil('the headless run', () => test.stdout().includes('Watching') || null);
    const problem = (await askProblems()).find(({ code }) => code === 'pid-file-unwritable');
    expect(problem?.message).toContain('the disk is full');
    expect(problem?.mend).toContain('Free some space');
    expect(test.stdout()).toContain(`Warning: ${problem?.message}`);

    makeRoom();
    const pidFile = path.join(storage, 'context-watcher.pid');
    await waitUntil('the pid file', () => existsSync(pidFile) || null);
    expect(readFileSync(pidFile, 'utf8')).toBe(`${process.pid}\n`);
    await expect.poll(async () => (await askProblems()).map(({ code }) => code)).not.toContain('pid-file-unwritable');
    test.signal({ name: 'SIGTERM', number: 15 });
    expect(await ended).toBe(0);
    expect(existsSync(pidFile)).toBe(false);
    return undefined;
  },
);
