import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { archivedExports } from './archived-exports.js';
import { click, pointOf, press, type } from './desktop-input.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

const docsId = '2c0e7f11-0000-4000-8000-000000000002';

async function openedByANewUser() {
  const scene = makeScene();
  const fullest = writeSession(scene, { percents: [60, 68] });
  writeSession(scene, { id: docsId, project: 'docs-site', title: 'Rewrite the install guide', percents: [12] });
  const app = await startApp(scene);
  await app.session(fullest.id, 'the fullest', ({ percent }) => percent === 68);
  await app.session(docsId, 'the other', ({ percent }) => percent === 12);
  const page = await app.openPopover();
  let clicks = 0;
  const clickOn = async (place: Locator): Promise<void> => {
    clicks++;
    await click(await pointOf(page, place));
  };
  return { scene, fullest, app, page, hero: heroOf(page), clickOn, clicks: () => clicks };
}

test('a new user sees without a click which session is nearest to its compaction', async () => {
  const { hero, clicks } = await openedByANewUser();
  const words = await hero.innerText();
  expect(words).toContain('api-server');
  expect(words).toContain('68');
  expect(words).not.toContain('docs-site');
  expect(clicks()).toBe(0);
});

test('a new user exports it with one click', async () => {
  const { scene, fullest, hero, clickOn, clicks } = await openedByANewUser();
  await clickOn(hero.getByRole('button', { name: 'Export now' }));
  await untilTrue('the export', () => archivedExports(scene.data, fullest.id).length === 1);
  expect(archivedExports(scene.data, docsId)).toEqual([]);
  expect(clicks()).toBeLessThanOrEqual(2);
});

test('a new user raises the threshold to 80 with one click and two keys', async () => {
  const { app, page, clickOn, clicks } = await openedByANewUser();
  await clickOn(page.getByRole('spinbutton', { name: 'Export threshold in percent' }));
  await press('ctrl+a');
  await type('80');
  const { settings } = await app.state('the threshold', ({ settings: now }) => now.thresholdPercent === 80);
  expect(settings.maxPercent).toBe(95);
  expect(clicks()).toBeLessThanOrEqual(2);
});

function heroOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Fullest live session' });
}
