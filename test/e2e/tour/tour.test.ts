import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { startApp } from '../app-fixture.js';
import { makeScene } from '../scene.js';
import { openTourCamera } from './tour-camera.js';
import { tourPage } from './tour-page.js';
import { percentApart, sideBySide } from './tour-pictures.js';
import { tourViews } from './tour-views.js';

const docs = path.resolve(import.meta.dirname, '../../../docs');
const page = path.join(docs, 'tour.md');
const mostPercentApart = 0.5;
/** Set by `npm run tour`: the pictures are committed ones from now on. */
const isWriting = process.env['CONTEXT_WATCHER_TOUR'] === 'write';

const fileOf = (name: string): string => path.join(docs, 'tour', `${name}.png`);

test('every view looks as in the tour, in both themes', { timeout: 180_000 }, async () => {
  const scene = makeScene();
  const app = await startApp({ ...scene, environment: { ...scene.environment, TZ: 'UTC' } });
  const take = await openTourCamera(app);
  if (isWriting) {
    rmSync(path.dirname(fileOf('any')), { recursive: true, force: true });
    mkdirSync(path.dirname(fileOf('any')));
  }
  const apart: string[] = [];
  for (const view of tourViews) {
    const taken = sideBySide(await take(view, 'light'), await take(view, 'dark'));
    if (isWriting) writeFileSync(fileOf(view.name), taken);
    const percent = existsSync(fileOf(view.name)) ? percentApart(readFileSync(fileOf(view.name)), taken) : 100;
    if (percent <= mostPercentApart) continue;
    writeFileSync(fileOf(`${view.name}.new`), taken);
    apart.push(`docs/tour/${view.name}.png: ${percent.toFixed(2)}% of the pixels differ, see ${view.name}.new.png`);
  }
  if (isWriting) writeFileSync(page, tourPage(tourViews));
  expect(apart).toEqual([]);
});

test('the tour’s page and folder hold these views and no others', () => {
  const committed = readdirSync(path.dirname(fileOf('any'))).filter((name) => !name.endsWith('.new.png'));
  expect(committed.toSorted()).toEqual(tourViews.map(({ name }) => `${name}.png`).toSorted());
  expect(readFileSync(page, 'utf8')).toBe(tourPage(tourViews));
});
