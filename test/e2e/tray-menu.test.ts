import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { popoverTitle, startApp } from './app-fixture.js';
import { archivedExports } from './archived-exports.js';
import { openDesktopBus } from './desktop-bus.js';
import { click, countWindows, press } from './desktop-input.js';
import { findPanelIcon } from './panel-icon.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { findTrayItem } from './tray-item.js';
import { untilTrue } from './until-true.js';

const docsId = '2c0e7f11-0000-4000-8000-000000000002';

async function appWithTwoSessions() {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [42] });
  writeSession(scene, { id: docsId, project: 'docs-site', title: 'Rewrite the install guide', percents: [12.4] });
  const app = await startApp(scene);
  const item = await findTrayItem(openDesktopBus(), app.pid);
  await app.session(docsId, 'the second session to be read', ({ percent }) => percent !== null);
  return { scene, session, app, item };
}

test('the panel gets the tooltip and the menu, with a row for each session', async () => {
  const { item } = await appWithTwoSessions();
  await untilTrue('both sessions to be in the menu', async () =>
    (await item.menu()).some((label) => label.startsWith('docs-site')),
  );
  expect(await item.tooltip()).toBe('42% · api-server — Fix the flaky login tests · 1 more live');
  expect(await item.menu()).toEqual([
    'Show Context Watcher',
    '',
    'api-server — Fix the flaky login tests · 42%',
    'docs-site — Rewrite the install guide · 12%',
    '',
    'Export now',
    'Pause automatic exports',
    'Mute notices for 1 hour',
    '',
    'Open exports folder',
    'Open log',
    '',
    'About Context Watcher',
    'Quit Context Watcher',
  ]);
  expect(await item.menuPlace()).toBe('/com/canonical/dbusmenu');
});

test('Show and the row of a session open the popover, Escape hides it', async () => {
  const { app, item } = await appWithTwoSessions();
  expect(await countWindows(popoverTitle)).toBe(0);
  for (const label of ['Show Context Watcher', 'api-server — Fix the flaky login tests · 42%']) {
    await item.choose(label);
    await untilTrue('the popover', async () => (await countWindows(popoverTitle)) === 1);
    const page = await app.openPopover();
    await page.getByRole('region', { name: 'Fullest live session' }).waitFor();
    await press('Escape');
    await untilTrue('the popover to hide', async () => (await countWindows(popoverTitle)) === 0);
  }
});

test('a left click on the icon in the panel opens the popover, the next one hides it', async () => {
  const { app } = await appWithTwoSessions();
  const icon = await findPanelIcon();
  await click(icon);
  await untilTrue('the popover', async () => (await countWindows(popoverTitle)) === 1);
  await untilTrue('the popover to hide again', async () => {
    if ((await countWindows(popoverTitle)) === 0) return true;
    // Two clicks within 300 ms count as one: this one may have come too soon.
    await click(icon);
    return false;
  });
  expect((await app.state()).sessions).toHaveLength(2);
});

test('Export now exports every live session, Pause pauses, and Resume goes on', async () => {
  const { scene, session, app, item } = await appWithTwoSessions();
  await item.choose('Export now');
  await untilTrue('both to be archived', () =>
    [session.id, docsId].every((id) => archivedExports(scene.data, id).length === 1),
  );
  await item.choose('Pause automatic exports');
  await app.state('it to be paused', ({ paused }) => paused);
  await untilTrue('the menu to offer to go on', async () => (await item.menu()).includes('Resume automatic exports'));
  expect(await item.tooltip()).toContain('paused');
  session.turn(80);
  await app.session(session.id, 'the reading in the band', ({ percent }) => percent === 80);
  expect(archivedExports(scene.data, session.id)).toHaveLength(1);
  await item.choose('Resume automatic exports');
  await untilTrue('the export that the pause held back', () => archivedExports(scene.data, session.id).length === 2);
});

test('Open exports folder and Open log hand those to the desktop, About tells the version', async () => {
  const { scene, item, app } = await appWithTwoSessions();
  await item.choose('Export now');
  const archive = path.join(scene.data, 'exports-archive');
  await untilTrue('an archive', () => existsSync(archive));
  await item.choose('Open exports folder');
  await item.choose('Open log');
  const opened = await waitUntil('both to be opened', () => {
    const lines = existsSync(scene.openedFile) ? readFileSync(scene.openedFile, 'utf8').trim().split('\n') : [];
    return lines.length === 2 ? lines : null;
  });
  expect(opened.toSorted()).toEqual([archive, path.join(scene.data, 'logs', 'context-watcher.log')]);

  await item.choose('About Context Watcher');
  await untilTrue('the dialog', async () => (await countWindows('About Context Watcher')) === 1);
  await press('Escape');
  await untilTrue('it to close', async () => (await countWindows('About Context Watcher')) === 0);
  expect((await app.state()).sessions).toHaveLength(2);
});

test('Quit ends the app with exit code 0', async () => {
  const { app, item } = await appWithTwoSessions();
  await item.choose('Quit Context Watcher');
  expect(await app.ended).toBe(0);
});
