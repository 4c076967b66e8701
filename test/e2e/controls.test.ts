import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Settings } from '../../src/shared/settings.js';
import { waitUntil } from '../support/wait-until.js';
import { startApp } from './app-fixture.js';
import { archivedExports, manifestOf } from './archived-exports.js';
import { click, drag, pointOf, press, type } from './desktop-input.js';
import { makeScene, type Scene } from './scene.js';
import { writeSession } from './session-file.js';

test('Export now works by mouse and by keyboard, and the popover tells the outcome', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  const page = await app.openPopover();
  const fullest = page.getByRole('region', { name: 'Fullest live session' });

  await click(await pointOf(page, fullest.getByRole('button', { name: 'Export now' })));
  const exports = await waitUntil('the export', () => exportsOf(scene, session.id, 1));
  expect(await manifestOf(exports[0])).toMatchObject({ trigger: 'manual', percent: 30, messages: 2 });
  await fullest.getByText('Exported 2 messages').waitFor();

  session.turn(31);
  await app.session(session.id, 'the turn', ({ unexportedMessages }) => unexportedMessages === 2);
  const rowButton = page.getByRole('button', { name: 'Export now: api-server, Fix the flaky login tests' });
  await tabTo(page, rowButton);
  await press('Return');
  const [, second] = await waitUntil('the second export', () => exportsOf(scene, session.id, 2));
  expect(`${exports[0].bytes.toString()}${second?.bytes.toString()}`).toBe(session.read());

  // The file is archived a moment before the page hears of it; until then the button says "Exporting…".
  await rowButton.waitFor();
  await press('space');
  await page.locator(`.row[data-session-id="${session.id}"]`).getByText('Nothing new to export').waitFor();
  expect(archivedExports(scene.data, session.id)).toHaveLength(2);
});

test('the sliders work by mouse: the band is dragged, the cooldown clicked', async () => {
  const scene = makeScene();
  const app = await startApp(scene);
  writeSession(scene, { percents: [30] });
  const page = await app.openPopover();
  await page.getByRole('region', { name: 'Fullest live session' }).waitFor();
  const [threshold, maximum, cooldown] = sliders(page);

  const from = await pointOf(page, threshold);
  await drag(from, { x: from.x - 100, y: from.y });
  const afterDrag = await settingsOnceDifferent(scene, 'thresholdPercent', 75);
  expect(afterDrag).toBeLessThan(60);
  expect(await threshold.getAttribute('aria-valuenow')).toBe(String(afterDrag));

  const top = await pointOf(page, maximum);
  await drag(top, { x: top.x - 40, y: top.y });
  const lowered = await settingsOnceDifferent(scene, 'maxPercent', 95);
  expect(lowered).toBeGreaterThan(Number(afterDrag));
  expect(lowered).toBeLessThan(95);

  const start = await pointOf(page, cooldown);
  await click({ x: start.x + 150, y: start.y });
  expect(await settingsOnceDifferent(scene, 'cooldownMinutes', 10)).toBeGreaterThan(30);
  expect((await app.state()).settings).toMatchObject({ thresholdPercent: afterDrag, maxPercent: lowered });
});

test('the sliders and fields work by keyboard, act at once and survive a restart', async () => {
  const scene = makeScene();
  const first = await startApp(scene);
  const page = await first.openPopover();
  const [threshold, maximum, cooldown] = sliders(page);

  await tabTo(page, threshold);
  await press('Left', 'Left', 'Page_Down');
  expect(await settingsOnceDifferent(scene, 'thresholdPercent', 75)).toBe(68);
  await tabTo(page, maximum);
  await press('End');
  expect(await settingsOnceDifferent(scene, 'maxPercent', 95)).toBe(100);
  await tabTo(page, cooldown);
  await press('Home');
  expect(await settingsOnceDifferent(scene, 'cooldownMinutes', 10)).toBe(0);

  await openGroup(page, 'Folders');
  await tabTo(page, page.getByRole('spinbutton', { name: 'Poll interval in seconds' }));
  await press('ctrl+a');
  await type('30');
  expect(await settingsOnceDifferent(scene, 'pollIntervalSeconds', 10)).toBe(30);
  await openGroup(page, 'Notices');
  await tabTo(page, page.getByRole('switch', { name: 'Sound' }));
  await press('space');
  expect(await settingsOnceDifferent(scene, 'noticeSound', true)).toBe(false);
  await openGroup(page, 'Exports');
  await tabTo(page, page.getByRole('spinbutton', { name: 'Minutes of quiet before an export' }));
  await press('ctrl+a');
  await type('45');
  expect(await settingsOnceDifferent(scene, 'idleExportMinutes', 0)).toBe(45);
  await tabTo(page, page.getByRole('switch', { name: 'Archive before deletion' }));
  await press('space');
  expect(await settingsOnceDifferent(scene, 'archiveBeforeDeletion', false)).toBe(true);
  await openGroup(page, 'Gauge');
  await tabTo(page, page.getByRole('radio', { name: 'Ring' }));
  await press('Right');
  expect(await settingsOnceDifferent(scene, 'gaugeStyle', 'ring')).toBe('bar');

  const changed = {
    thresholdPercent: 68,
    maxPercent: 100,
    cooldownMinutes: 0,
    pollIntervalSeconds: 30,
    noticeSound: false,
    idleExportMinutes: 45,
    archiveBeforeDeletion: true,
    gaugeStyle: 'bar',
  };
  expect((await first.state()).settings).toMatchObject(changed);
  expect(statSync(settingsFile(scene)).mode & 0o777).toBe(0o600);
  expect(await first.stop()).toBe(0);

  const second = await startApp(scene);
  expect((await second.state()).settings).toMatchObject(changed);
  const [thresholdAgain, maximumAgain, cooldownAgain] = sliders(await second.openPopover());
  const shown = [thresholdAgain, maximumAgain, cooldownAgain].map((slider) => slider.getAttribute('aria-valuenow'));
  expect(await Promise.all(shown)).toEqual(['68', '100', '0']);
});

test('a lowered threshold exports the session that is then in the band, without a restart', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [72] });
  const app = await startApp(scene);
  const page = await app.openPopover();
  await tabTo(page, sliders(page)[0]);
  expect(archivedExports(scene.data, session.id)).toEqual([]);
  await press('Page_Down');
  const [made] = await waitUntil('the export', () => exportsOf(scene, session.id, 1));
  expect(await manifestOf(made)).toMatchObject({ trigger: 'threshold', percent: 72 });
});

function sliders(page: Page): [threshold: Locator, maximum: Locator, cooldown: Locator] {
  const slider = (name: string): Locator => page.getByRole('slider', { name, exact: true });
  return [slider('Export threshold'), slider('Export maximum'), slider('Cooldown')];
}

/** Goes to a group of the settings, by keyboard. */
async function openGroup(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Settings', exact: true }));
  await press('Return');
  await tabTo(page, page.getByRole('button', { name: new RegExp(`^${name}`) }));
  await press('Return');
  await page.getByRole('button', { name: 'Back to all settings' }).waitFor();
}

/** Goes on with the Tab key until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const hasFocus = (): Promise<boolean> =>
    target.evaluate((element) => element === element.ownerDocument.activeElement);
  for (let presses = 0; presses < 40; presses += 1) {
    if (await hasFocus()) return;
    await press('Tab');
  }
  throw new Error(
    `40 presses of Tab never reached ${String(target)}; the focus is on ${await page.evaluate(() => document.activeElement?.outerHTML)}`,
  );
}

type Exports = readonly [ReturnType<typeof archivedExports>[number], ...ReturnType<typeof archivedExports>];

function exportsOf(scene: Scene, sessionId: string, count: number): Exports | null {
  const [first, ...more] = archivedExports(scene.data, sessionId);
  return first !== undefined && more.length === count - 1 ? [first, ...more] : null;
}

function settingsFile(scene: Scene): string {
  return path.join(scene.data, 'config', 'settings.json');
}

/** The value in the settings file, once it is another one than `before`. */
async function settingsOnceDifferent<Key extends keyof Settings>(
  scene: Scene,
  key: Key,
  before: Settings[Key],
): Promise<Settings[Key]> {
  return waitUntil(`${key} to change on the disk`, () => {
    if (!existsSync(settingsFile(scene))) return null;
    const stored: Partial<Settings> = JSON.parse(readFileSync(settingsFile(scene), 'utf8'));
    const value = stored[key];
    return value === undefined || value === before ? null : value;
  });
}
