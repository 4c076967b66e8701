import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { click, pointOf, press, type } from './desktop-input.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

test('a session’s menu copies its command, tells why its folder is not opened, sets its threshold and dismisses it', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  const page = await app.openPopover();
  const row = page.locator(`.row[data-session-id="${session.id}"]`);

  await choose(page, 'Copy command to resume');
  await row.getByText('Command copied').waitFor();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe(`cd /w/api-server && claude --resume ${session.id}`);

  await choose(page, 'Open folder');
  await page.getByText('/w/api-server is not there any more. It may have been moved or deleted.').waitFor();

  await choose(page, /^Own threshold/);
  await press('ctrl+a');
  await type('20');
  await press('Return');
  const exported = await app.session(session.id, 'the export', ({ lastExport }) => lastExport !== null);
  expect(exported).toMatchObject({ exportBand: { from: 20, isOwn: true }, lastExport: { trigger: 'threshold' } });
  await page.getByRole('list', { name: 'Recent exports and compactions' }).getByText('at 30%').waitFor();

  await choose(page, /^Dismiss/);
  await row.waitFor({ state: 'detached' });
  expect(await app.session(session.id, 'the dismissal', ({ dismissed }) => dismissed)).toMatchObject({ percent: 30 });
  session.turn(31);
  await row.waitFor();
});

/** Opens the menu of the only row and chooses from it. */
async function choose(page: Page, name: string | RegExp): Promise<void> {
  await click(await pointOf(page, page.locator('.row .button-more')));
  const item = page.getByRole('menuitem', { name });
  await item.waitFor();
  await untilTrue('the menu to stand still', async () => {
    const before = await item.boundingBox();
    const after = await item.boundingBox();
    return before !== null && before.y === after?.y;
  });
  await click(await pointOf(page, item));
}
