import { expect, test } from 'vitest';
import { popoverTitle, startApp } from './app-fixture.js';
import { openDesktopBus } from './desktop-bus.js';
import { countWindows, press } from './desktop-input.js';
import { chooseNewestBubble, countBubbles, readerOfNewNotifications } from './notification-server.js';
import { makeScene, type Scene } from './scene.js';
import { writeSession } from './session-file.js';
import { findTrayItem } from './tray-item.js';
import { untilTrue } from './until-true.js';

/** Longer than news wait for each other. */
const settleMilliseconds = 1_500;

const idOf = (number: number): string => `${number}c0e7f11-0000-4000-8000-000000000002`;
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settleMilliseconds));

function sessionsAt(scene: Scene, percent: number, count: number) {
  return Array.from({ length: count }, (_, index) =>
    writeSession(scene, { id: idOf(index + 1), project: `project-${index + 1}`, percents: [percent] }),
  );
}

test('a crossing and its export are one bubble; choosing it opens the popover at that session', async () => {
  const scene = makeScene();
  const sessions = sessionsAt(scene, 40, 9);
  const app = await startApp(scene);
  const bus = openDesktopBus();
  const told = await readerOfNewNotifications(bus);
  const [, , , , , , , last] = sessions;
  await app.state(
    'all sessions',
    (state) => state.sessions.length === 9 && state.sessions.every(({ complete }) => complete),
  );
  last?.turn(80);
  await untilTrue('the bubble', async () => (await countBubbles(bus)) === 1);
  await rest();
  expect(await countBubbles(bus)).toBe(1);
  expect(await countWindows(popoverTitle)).toBe(0);
  await chooseNewestBubble(bus);
  await untilTrue('the popover', async () => (await countWindows(popoverTitle)) === 1);
  await untilTrue('the bubble to go', async () => (await countBubbles(bus)) === 0);
  const page = await app.openPopover();
  const row = page.locator(`.row[data-session-id="${idOf(8)}"]`);
  await untilTrue('the row to have the focus', () => row.evaluate((element) => element === document.activeElement));
  await untilTrue('the row to be in sight', () =>
    row.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= globalThis.innerHeight;
    }),
  );
  expect((await told()).map(({ summary }) => summary)).toEqual(['Auto-Export Complete']);
});

test('many exports at a time are one bubble that names them', async () => {
  const scene = makeScene();
  const sessions = sessionsAt(scene, 40, 4);
  const app = await startApp(scene);
  const bus = openDesktopBus();
  const told = await readerOfNewNotifications(bus);
  await app.state(
    'all sessions',
    (state) => state.sessions.length === 4 && state.sessions.every(({ complete }) => complete),
  );
  for (const session of sessions) session.turn(80);
  await app.state('all exports', ({ events }) => events.filter(({ kind }) => kind === 'exported').length === 4);
  await rest();
  expect(await countBubbles(bus)).toBe(1);
  const newest = (await told())[0];
  expect(newest?.summary).toBe('4 Sessions Exported');
  for (const name of ['project-1', 'project-2', 'project-3', 'project-4']) expect(newest?.body).toContain(`${name} — `);
});

test('there is no notice of what the user looks at, and none while notices are muted', async () => {
  const scene = makeScene();
  const [looked, muted, heard] = sessionsAt(scene, 40, 3);
  const app = await startApp(scene);
  const bus = openDesktopBus();
  const item = await findTrayItem(bus, app.pid);
  const told = await readerOfNewNotifications(bus);
  const exports = (count: number) =>
    app.state(`${count} exports`, ({ events }) => events.filter(({ kind }) => kind === 'exported').length === count);
  await item.choose('Show Context Watcher');
  const page = await app.openPopover();
  await page.locator(`.row[data-session-id="${idOf(1)}"]`).waitFor();
  await rest();
  looked?.turn(80);
  await exports(1);
  await rest();
  expect(await told()).toEqual([]);
  await press('Escape');
  await untilTrue('the popover to hide', async () => (await countWindows(popoverTitle)) === 0);

  await item.choose('Mute notices for 1 hour');
  await app.state('the mute', ({ mute }) => mute?.kind === 'until');
  muted?.turn(80);
  await exports(2);
  await rest();
  expect(await told()).toEqual([]);

  await untilTrue('the menu', async () => (await item.menu()).includes('Let notices through again'));
  await item.choose('Let notices through again');
  await app.state('no mute', ({ mute }) => mute === null);
  heard?.turn(80);
  await exports(3);
  await untilTrue('the notice', async () => (await told()).some(({ body }) => body.startsWith('project-3')));
});
