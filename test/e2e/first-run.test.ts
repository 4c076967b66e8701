import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { popoverTitle, startApp } from './app-fixture.js';
import { demoFolders, exportedSessions } from './demo-folder.js';
import { openDesktopBus } from './desktop-bus.js';
import { click, countWindows, pointOf, press } from './desktop-input.js';
import { readerOfNewNotifications } from './notification-server.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

test(
  'the first run opens by itself, tells what it copies, and plays the demo until it is left',
  { timeout: 90_000 },
  async () => {
    const scene = makeScene({ isFirstRun: true });
    const storage = path.join(scene.home, '.coditect', 'context-storage');
    const app = await startApp(scene, { args: [], storage });
    await untilTrue('the popover to open by itself', async () => (await countWindows(popoverTitle)) === 1);
    const page = await app.openPopover();
    await page.getByRole('heading', { name: 'No session yet' }).waitFor();
    const note = page.getByRole('region', { name: 'What is copied, and where' });
    expect(await note.innerText()).toContain(storage);
    expect(await note.innerText()).toContain('Archives grow');
    await click(await pointOf(page, note.getByRole('button', { name: 'Got it' })));
    await note.waitFor({ state: 'detached' });
    expect((await app.state()).firstRun).toBe(false);

    const newNotifications = await readerOfNewNotifications(openDesktopBus());
    await click(await pointOf(page, page.getByRole('button', { name: 'Watch the demo' })));
    await page.getByText('This is a demo – nothing here is yours.').waitFor();
    const gauge = page.getByRole('region', { name: 'Fullest live session' }).getByRole('meter');
    const percent = async () => Number(await gauge.getAttribute('aria-valuenow'));
    await gauge.waitFor();
    const atFirst = await percent();
    await untilTrue('the gauge to climb', async () => (await percent()) >= atFirst + 10);
    const [folder, ...others] = demoFolders(scene);
    expect(others).toEqual([]);
    const data = path.join(folder ?? '', 'data');
    await waitUntil('an export of the demo', () => exportedSessions(data)[0], 60_000);
    expect(await percent()).toBeGreaterThanOrEqual(75);
    await page
      .getByText(/last export|Exported through/)
      .first()
      .waitFor();

    await untilTrue('the notice', async () =>
      (await newNotifications()).some(({ summary }) => summary === 'Auto-Export Complete'),
    );
    await click(await pointOf(page, page.getByRole('button', { name: 'Leave the demo' })));
    await page.getByRole('heading', { name: 'No session yet' }).waitFor();
    await untilTrue('the demo to be cleared away', () => demoFolders(scene).length === 0);
    expect(exportedSessions(storage)).toEqual([]);
    expect((await app.state()).sessions).toEqual([]);
    expect(readFileSync(path.join(scene.home, '.coditect', 'logs', 'context-watcher.log'), 'utf8')).not.toContain(
      'Exported:',
    );
  },
);

test('the first session shows up by itself, although its folder was missing at the start', async () => {
  const scene = makeScene({ isFirstRun: true });
  const app = await startApp(scene, { args: [], storage: path.join(scene.home, '.coditect', 'context-storage') });
  const page = await app.openPopover();
  await page.getByRole('heading', { name: 'No session yet' }).waitFor();
  writeSession(scene, { claude: path.join(scene.home, '.claude'), percents: [30] });
  const region = page.getByRole('region', { name: 'Fullest live session' });
  await region.getByRole('heading', { name: 'api-server' }).waitFor();
  expect(await region.innerText()).toContain('60k of 200k');
  // Esc hides it, as in every popover.
  await press('Escape');
  await untilTrue('the popover to hide', async () => (await countWindows(popoverTitle)) === 0);
});
