import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseArguments } from '../../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../../src/main/cli/run-command.js';
import { startControlServer } from '../../../src/main/control/control-server.js';
import { commandHash } from '../../../src/main/export/user-command.js';
import { blankState } from '../../support/blank-state.js';
import { makeTestWorld } from './test-world.js';

const words = ['/usr/bin/cp', '{file}', '/backup\u202e'];
const code = commandHash(words).slice(0, 12);

function makeScene(commandAfterExport: readonly string[] = words) {
  const test = makeTestWorld();
  const settingsFolder = path.join(test.storage, 'config');
  mkdirSync(settingsFolder, { recursive: true });
  writeFileSync(path.join(settingsFolder, 'settings.json'), JSON.stringify({ commandAfterExport }));
  const command = (line: string) =>
    runCommand(parseArguments([...line.split(' '), '--data-dir', test.storage], '/'), test.world);
  const memory = () => JSON.parse(readFileSync(path.join(settingsFolder, 'state.json'), 'utf8'));
  return { ...test, command, memory };
}

it('shows the command and its code, and keeps nothing', async () => {
  const scene = makeScene();
  expect(await scene.command('--confirm-command')).toBe(0);
  expect(scene.stdout()).toBe(
    `Not confirmed, so it is not run:\n  1. /usr/bin/cp\n  2. {file}\n  3. /backup\\u202e\nConfirm it with --confirm-command ${code}\n`,
  );
  expect(scene.memory).toThrow(/ENOENT/);
});

it('confirms the command that has the code, and no other', async () => {
  const scene = makeScene();
  expect(await scene.command('--confirm-command 0123456789ab')).toBe(2);
  expect(scene.stderr()).toContain('the code of another command');
  expect(await scene.command(`--confirm-command ${code}`)).toBe(0);
  expect(scene.stdout()).toContain('Confirmed');
  expect(scene.memory()).toMatchObject({ confirmedCommand: commandHash(words) });
});

it('says that there is none', async () => {
  const scene = makeScene([]);
  expect(await scene.command('--confirm-command')).toBe(0);
  expect(scene.stdout()).toBe('The settings name no command after exports.\n');
});

it('asks the running instance where there is one', async () => {
  const scene = makeScene();
  const asked: (string | null)[] = [];
  const server = await startControlServer({
    sockets: [path.join(scene.storage, 'context-watcher.sock')],
    pid: process.pid,
    appVersion: '1.2.3',
    handlers: Promise.resolve({
      state: () => blankState,
      exportNow: () => Promise.resolve({ kind: 'done', outcomes: [] }),
      retryPending: () => Promise.reject(new Error('not asked')),
      setPendingAside: () => Promise.reject(new Error('not asked')),
      bringPendingBack: () => Promise.reject(new Error('not asked')),
      confirmCommand: (given) => (asked.push(given), { kind: 'confirmed', words }),
      show: null,
      stop: () => undefined,
    }),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, close: () => {} },
  });
  if (server.kind !== 'listening') throw new Error(server.kind);
  expect(await scene.command(`--confirm-command ${code}`)).toBe(0);
  expect(asked).toEqual([code]);
  expect(scene.memory).toThrow(/ENOENT/);
  await server.stop();
});
