import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { openDesktopBus } from './desktop-bus.js';
import { runPackaged } from './packaged-command.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { shuffle } from './shuffle.js';
import { findTrayItem, isNear } from './tray-item.js';
import { waitUntil } from '../support/wait-until.js';
import { untilTrue } from './until-true.js';

const seed = Number(process.env['CONTEXT_WATCHER_E2E_SEED'] ?? Date.now() % 100_000);

test(`the icon that the panel received is filled as --once says (order from seed ${seed})`, async () => {
  const scene = makeScene();
  const session = writeSession(scene);
  // A band that 96 % doesn't reach: an export in hand would draw its mark over the gauge.
  const quiet = ['--threshold', '99', '--max-threshold', '100'];
  const app = await startApp(scene, { args: ['--data-dir', scene.data, '--claude-dir', scene.claude, ...quiet] });
  const item = await findTrayItem(openDesktopBus(), app.pid);

  for (const percent of shuffle([10, 50, 76, 96], seed)) {
    session.turn(percent);
    const { stdout } = await runPackaged(scene, '--once', '--json');
    const told: unknown = JSON.parse(stdout);
    expect(told).toMatchObject({ sessions: [{ id: session.id, percent }] });
    await untilTrue(`the tooltip to tell ${percent} %`, async () =>
      (await item.tooltip()).startsWith(`${percent}% · api-server`),
    );
    await untilTrue(`the icon to be filled to ${percent} %`, async () => isNear(await item.filledPercent(), percent));
  }
});

test('without a reading the gauge is hollow', async () => {
  const scene = makeScene();
  writeSession(scene);
  const app = await startApp(scene);
  const item = await findTrayItem(openDesktopBus(), app.pid);
  await untilTrue('the tooltip to tell so', async () => (await item.tooltip()).startsWith('no reading yet'));
  expect(await waitUntil('a gauge', () => item.filledPercent())).toBe('hollow');
});

test('an icon is sent once for each change that can be seen', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [40] });
  const app = await startApp(scene);
  const bus = openDesktopBus();
  const item = await findTrayItem(bus, app.pid);
  const read = (percent: number) => app.session(session.id, `${percent} %`, (known) => known.percent === percent);
  await read(40);
  await untilTrue('the icon to be filled', async () => isNear(await item.filledPercent(), 40));
  const sent = await bus.countSignal('org.kde.StatusNotifierItem', 'NewIcon');

  for (const percent of [40.1, 40.2, 40.3, 40.4]) {
    session.turn(percent);
    await read(percent);
  }
  session.turn(60);
  await untilTrue('the icon to be filled further', async () => isNear(await item.filledPercent(), 60));
  expect(sent()).toBe(1);
});

test.each(['bar', 'number'] as const)('the settings make it a %s', async (gaugeStyle) => {
  const scene = makeScene();
  writeSession(scene, { percents: [40] });
  scene.makeFolder(path.join(scene.data, 'config'));
  scene.write(path.join(scene.data, 'config', 'settings.json'), JSON.stringify({ gaugeStyle }));
  const app = await startApp(scene);
  const item = await findTrayItem(openDesktopBus(), app.pid);
  await untilTrue('the tooltip to tell 40 %', async () => (await item.tooltip()).startsWith('40% · api-server'));
  expect(await item.filledPercent()).toBeNull();
});
