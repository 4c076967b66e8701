import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

test('the archive is searched in the popover, leads to the message in its transcript, is verified and restored from', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [20, 81] });
  const app = await startApp(scene);
  await app.state('the export to be archived', (state) => (state.archive.bytesBySession[session.id] ?? 0) > 0);
  const page = await app.openPopover();
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  const row = page.getByRole('row');
  await untilTrue('the session to be listed', async () => (await row.count()) === 1);
  expect(await row.innerText()).toContain(session.project);
  expect(await row.innerText()).toContain('Fix the flaky login tests');

  const field = page.getByRole('combobox');
  await field.fill('"share one clock"');
  await untilTrue('the results', async () => (await page.getByRole('option').count()) === 2);
  expect(await page.getByRole('option').first().locator('mark').allInnerTexts()).toEqual(['share one clock']);
  await field.press('ArrowDown');
  await field.press('Enter');
  const leading = path.join(scene.data, 'transcripts', `${session.id}.at.html`);
  await untilTrue('the transcript to be opened', () => existsSync(scene.openedFile));
  expect(readFileSync(scene.openedFile, 'utf8').trim().split('\n')).toEqual([leading]);
  // Of two that fit as well, the newer one comes first.
  expect(readFileSync(leading, 'utf8')).toMatch(/\.html#m-a-1b9d6bcd-2"/);

  await page.getByRole('button', { name: 'Verify all' }).click();
  await page.getByText('Everything is as it was exported.').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByText('Everything is as it was exported.').waitFor({ state: 'detached' });

  const original = session.read();
  rmSync(session.path);
  await field.press('Escape');
  await row.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Restore where it was' }).click();
  await page.getByText(/^Restored, /).waitFor();
  expect(session.read()).toBe(original);
}, 60_000);
