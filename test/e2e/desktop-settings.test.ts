import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isOwnEntry } from '../../src/main/electron/desktop-entry.js';
import { waitUntil } from '../support/wait-until.js';
import { popoverTitle, startApp } from './app-fixture.js';
import { countWindows, press, titleOfActiveWindow } from './desktop-input.js';
import { makeScene } from './scene.js';
import { untilTrue } from './until-true.js';

test('the start at login is an autostart file, private, taken back, and left alone once it was changed', async () => {
  const scene = makeScene();
  const app = await startApp(scene);
  const page = await openAppGroup(await app.openPopover());
  const login = page.getByRole('switch', { name: 'Start at login' });
  const file = path.join(scene.home, '.config', 'autostart', 'context-watcher.desktop');

  await login.click();
  const content = await waitUntil('the autostart file', () => (existsSync(file) ? readFileSync(file, 'utf8') : null));
  expect(isOwnEntry(content)).toBe(true);
  expect(/^Exec=(.*)$/m.exec(content)?.[1]).toMatch(new RegExp(`^"/.*context-watcher" "--data-dir" "${scene.data}"$`));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  await app.state('the setting', ({ settings }) => settings.launchAtLogin);

  await login.click();
  await untilTrue('the file to be gone', async () => !existsSync(file));
  await login.click();
  await waitUntil('the file again', () => existsSync(file) || null);
  writeFileSync(file, `${content}X-Mine=yes\n`);
  await login.click();
  await page.getByText('was changed by hand and is left as it is').waitFor();
  expect(readFileSync(file, 'utf8')).toContain('X-Mine=yes');
  expect((await app.state()).settings.launchAtLogin).toBe(true);
});

test('the shortcut opens and closes the popover from anywhere, and one that is taken is refused beside its field', async () => {
  const scene = makeScene();
  const other = makeScene();
  const app = await startApp(scene);
  const page = await openAppGroup(await app.openPopover());
  await setShortcut(page, 'ctrl+alt+u');
  await app.state('the shortcut', ({ settings }) => settings.globalShortcut === 'CommandOrControl+Alt+U');
  await press('Escape');
  await untilTrue('the popover to be hidden', async () => (await countWindows(popoverTitle)) === 0);
  await press('ctrl+alt+u');
  await untilTrue('the popover to open', async () => (await titleOfActiveWindow()) === popoverTitle);
  await press('ctrl+alt+u');
  await untilTrue('the popover to close', async () => (await countWindows(popoverTitle)) === 0);

  const second = await startApp(other);
  const secondPage = await openAppGroup(await second.openPopover());
  // The combination is the first app's: the keys never come here, so that it is asked for as the page would.
  const answer = await secondPage.evaluate(() =>
    Reflect.get(globalThis, 'contextWatcher').updateSettings({ globalShortcut: 'CommandOrControl+Alt+U' }),
  );
  expect(answer).toMatchObject({ ok: true, value: { faults: [{ field: 'globalShortcut' }] } });
  expect((await second.state()).settings.globalShortcut).toBeNull();
});

test.each(['Dark', 'Light'] as const)('the theme of the settings is the page’s: %s', async (theme) => {
  const app = await startApp(makeScene());
  const page = await openAppGroup(await app.openPopover());
  await page.getByRole('radio', { name: theme }).click();
  await app.state('the setting', ({ settings }) => settings.theme === theme.toLowerCase());
  expect(await app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe(theme.toLowerCase());
});

test('a popover that is kept open stays when another window takes the focus', async () => {
  const scene = makeScene();
  scene.write(path.join(scene.data, 'config', 'settings.json'), JSON.stringify({ keepOpen: true }));
  const app = await startApp(scene);
  await app.openPopover();
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [popover] = BrowserWindow.getAllWindows();
    popover?.blur();
    const another = new BrowserWindow({ width: 200, height: 120, title: 'another' });
    another.focus();
  });
  await untilTrue('another window to have the focus', async () => (await titleOfActiveWindow()) !== popoverTitle);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await countWindows(popoverTitle)).toBe(1);
});

async function openAppGroup(page: Page): Promise<Page> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: /^App/ }).click();
  return page;
}

async function setShortcut(page: Page, keys: string): Promise<void> {
  await page.getByRole('button', { name: /^Shortcut/ }).click();
  await page.getByRole('button', { name: 'Shortcut Press keys …' }).waitFor();
  await press(keys);
}
