import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { ridingLine, transcriptOf } from '../support/transcript-lines.js';
import { popoverTitle, startApp } from './app-fixture.js';
import { archivedExports } from './archived-exports.js';
import { startBareBus } from './bare-bus.js';
import { openDesktopBus } from './desktop-bus.js';
import { click, countWindows, placeOfWindow, press, titleOfActiveWindow } from './desktop-input.js';
import { e2eEnvironment } from './e2e-environment.js';
import { runPackaged } from './packaged-command.js';
import { findPanelIcon } from './panel-icon.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { findTrayItem } from './tray-item.js';
import { untilTrue } from './until-true.js';

const screen = { width: 1280, height: 800, panel: 32 };

async function popoverShows(count: number): Promise<void> {
  await untilTrue(`${count} popovers`, async () => (await countWindows(popoverTitle)) === count);
}

/** Moves the panel, in its own words for places. */
async function movePanel(position: string): Promise<void> {
  const change = ['--channel', 'xfce4-panel', '--property', '/panels/panel-1/position', '--set', position];
  await execa('xfconf-query', change, { env: e2eEnvironment().desktop, timeout: 10_000 });
}

/** Another program's window, which takes the focus; it is closed when the test is over. */
async function openOtherWindow(): Promise<void> {
  const other = execa('xmessage', ['-name', 'another-window', '-title', 'Another window', 'Hello'], {
    env: e2eEnvironment().desktop,
    reject: false,
  });
  onTestFinished(async () => {
    other.kill();
    await other;
  });
  await untilTrue('the other window to have the focus', async () => (await titleOfActiveWindow()) === 'Another window');
}

test('the popover opens beside the icon that was clicked, and hides when another window is used', async () => {
  const scene = makeScene();
  writeSession(scene, { percents: [42] });
  await startApp(scene);
  const icon = await findPanelIcon();
  await click(icon);
  await popoverShows(1);
  const { x, y, width, height } = await placeOfWindow(popoverTitle);
  expect(y).toBeGreaterThanOrEqual(screen.panel);
  expect(y).toBeLessThan(screen.panel + 40);
  expect(y + height).toBeLessThanOrEqual(screen.height);
  expect(x + width).toBeLessThanOrEqual(screen.width);
  expect(x).toBeLessThanOrEqual(icon.x);
  expect(x + width).toBeGreaterThanOrEqual(icon.x);
  await openOtherWindow();
  await popoverShows(0);
});

test('it opens above a panel at the bottom', async () => {
  await movePanel('p=10;x=0;y=0');
  onTestFinished(() => movePanel('p=6;x=0;y=0'));
  const scene = makeScene();
  writeSession(scene, { percents: [42] });
  await startApp(scene);
  const icon = await findPanelIcon(screen.height - screen.panel);
  await click(icon);
  await popoverShows(1);
  const { x, y, width, height } = await placeOfWindow(popoverTitle);
  expect(y + height).toBeLessThanOrEqual(screen.height - screen.panel);
  expect(y + height).toBeGreaterThan(screen.height - screen.panel - 40);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(x).toBeLessThanOrEqual(icon.x);
  expect(x + width).toBeGreaterThanOrEqual(icon.x);
});

test(
  'a desktop without a panel gets a window that stays; a panel that comes gets the icon',
  { timeout: 60_000 },
  async () => {
    const made = makeScene();
    const bus = await startBareBus(made);
    const scene = { ...made, environment: { ...made.environment, DBUS_SESSION_BUS_ADDRESS: bus.address } };
    writeSession(scene, { percents: [42] });
    const app = await startApp(scene);
    const codes = async () => (await app.state()).problems.map(({ code }) => code);
    await popoverShows(1);
    expect(await codes()).toEqual(expect.arrayContaining(['tray-host-missing', 'notifications-unavailable']));
    await openOtherWindow();
    expect(await countWindows(popoverTitle)).toBe(1);

    // Closing it ends nothing; a second start is the way back.
    await app.openPopover();
    await press('alt+F4');
    await popoverShows(0);
    expect((await app.state()).sessions).toHaveLength(1);
    expect(await runPackaged(scene)).toMatchObject({ exitCode: 0 });
    await popoverShows(1);

    const icons = await bus.startPanel();
    await untilTrue('the icon to register', () => icons.length > 0);
    await untilTrue('the problem to be over', async () => !(await codes()).includes('tray-host-missing'));
  },
);

test('after a sleep everything is looked at at once', async () => {
  const scene = makeScene();
  writeSession(scene, { percents: [42] });
  const args = ['--data-dir', scene.data, '--claude-dir', scene.claude, '--poll-interval', '3600'];
  const app = await startApp(scene, { args });
  const aside = path.join(scene.data, 'set-aside');
  scene.makeFolder(aside);
  scene.write(path.join(aside, 'notes.txt'), 'No event tells of this file.');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await app.state()).setAside).toEqual([]);
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await app.state('the file', ({ setAside }) => setAside.length === 1);
});

test('Quit finishes the export in hand', { timeout: 60_000 }, async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [42] });
  const line = transcriptOf(ridingLine('note', { text: 'x'.repeat(1_000_000) }));
  for (let count = 0; count < 120; count += 1) session.append(line);
  session.turn(43);
  const app = await startApp(scene);
  const item = await findTrayItem(openDesktopBus(), app.pid);
  await app.session(session.id, 'all of it to be read', ({ complete, percent }) => complete && percent === 43);
  await item.choose('Export now');
  await app.session(session.id, 'the export to begin', ({ exporting }) => exporting);
  await item.choose('Quit Context Watcher');
  expect(await app.ended).toBe(0);
  const [archived, ...others] = archivedExports(scene.data, session.id);
  expect(others).toEqual([]);
  const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
  expect(hash(archived?.bytes ?? '')).toBe(hash(session.read()));
  expect(readdirSync(path.join(scene.data, 'exports-pending'))).toEqual([]);
});
