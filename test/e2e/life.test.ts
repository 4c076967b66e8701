import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { popoverTitle, startApp } from './app-fixture.js';
import { openDesktopBus } from './desktop-bus.js';
import { countWindows } from './desktop-input.js';
import { runPackaged } from './packaged-command.js';
import { makeScene, type Scene } from './scene.js';
import { writeSession } from './session-file.js';
import { countTrayItems, findTrayItem } from './tray-item.js';
import { untilTrue } from './until-true.js';

test('SIGTERM ends it cleanly: exit code 0, pid file gone, watcher inactive', async () => {
  const scene = makeScene();
  writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  const pidFile = path.join(scene.data, 'context-watcher.pid');
  expect(readFileSync(pidFile, 'utf8').trim()).toBe(String(app.pid));
  await untilTrue('the state file to say that it runs', () => stateFileOf(scene)?.['watcher_active'] === true);

  expect(await app.stop()).toBe(0);
  expect(app.output()).toContain('Watching 1 folder');
  expect(existsSync(pidFile)).toBe(false);
  expect(existsSync(path.join(scene.data, 'context-watcher.sock'))).toBe(false);
  expect(stateFileOf(scene)).toMatchObject({ watcher_active: false, last_context_percent: 30 });
  const log = readFileSync(path.join(scene.data, 'logs', 'context-watcher.log'), 'utf8');
  expect(log).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] .*Received signal 15, shutting down\.\.\.$/m);
});

test('a second start opens the popover of the first and ends with exit code 0', async () => {
  const scene = makeScene();
  writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  const bus = openDesktopBus();
  await findTrayItem(bus, app.pid);
  expect(await countWindows(popoverTitle)).toBe(0);

  const second = await runPackaged(scene);
  expect(second.exitCode).toBe(0);
  expect(second.stdout).toContain('already running');
  await untilTrue('the popover', async () => (await countWindows(popoverTitle)) === 1);
  expect(await countTrayItems(bus, app.pid)).toBe(1);
  expect((await app.state()).sessions).toHaveLength(1);
});

test('--status and --stop of the packaged app talk to the running one', async () => {
  const scene = makeScene();
  writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  const status = await runPackaged(scene, '--status');
  expect(status).toMatchObject({ exitCode: 0 });
  expect(status.stdout).toContain(`RUNNING (PID: ${app.pid})`);
  expect(await runPackaged(scene, '--stop')).toMatchObject({ exitCode: 0 });
  expect(await app.ended).toBe(0);
});

function stateFileOf(scene: Scene): Record<string, unknown> | null {
  const file = path.join(scene.data, 'auto-export-state.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
