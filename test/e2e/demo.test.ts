import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { startApp } from './app-fixture.js';
import { archivedExports, manifestOf } from './archived-exports.js';
import { openDesktopBus } from './desktop-bus.js';
import { readerOfNewNotifications } from './notification-server.js';
import { makeScene } from './scene.js';
import { findTrayItem } from './tray-item.js';
import { untilTrue } from './until-true.js';

test(
  '--demo climbs, crosses the threshold, exports, notifies and compacts by itself',
  { timeout: 90_000 },
  async () => {
    const scene = makeScene({ isFirstRun: true });
    const bus = openDesktopBus();
    const newNotifications = await readerOfNewNotifications(bus);
    const app = await startApp(scene, { args: ['--demo', '--data-dir', scene.data] });
    const item = await findTrayItem(bus, app.pid);
    await untilTrue('the tooltip to call it a demo', async () => (await item.tooltip()).endsWith('· demo'));
    expect((await item.menu())[0]).toBe('Show Context Watcher (demo)');
    const filled = async () => {
      const percent = await item.filledPercent();
      return typeof percent === 'number' ? percent : 0;
    };
    await untilTrue('the gauge to show a start', async () => (await filled()) > 0);
    const atFirst = await filled();
    expect(atFirst).toBeLessThan(40);
    await untilTrue('the gauge to climb', async () => (await filled()) >= atFirst + 10);

    const sessionId = await waitUntil(
      'the crossing',
      async () => (await app.state()).events.find(({ kind }) => kind === 'threshold-crossed'),
      45_000,
    ).then((event) => ('sessionId' in event ? event.sessionId : ''));
    const made = await waitUntil('the export', () => archivedExports(scene.data, sessionId)[0]);
    expect(await manifestOf(made)).toMatchObject({ trigger: 'threshold', late: false });
    const notice = await waitUntil('the notice', async () =>
      (await newNotifications()).find(({ body }) => body.includes('Fix the flaky login tests')),
    );
    expect(notice.summary).toBe('Auto-Export Complete');

    const events = (await app.state()).events.length;
    expect(events).toBeGreaterThan(1);
    await waitUntil(
      'the compaction',
      async () => (await app.state()).events.find(({ kind }) => kind === 'compacted'),
      30_000,
    );
    await app.session(sessionId, 'the gauge to fall', ({ percent }) => percent !== null && percent < 30);
    expect(await app.stop()).toBe(0);
    expect(readdirSync(scene.home)).not.toContain('.coditect');
    expect(readdirSync(path.join(scene.data, 'exports-archive'))).toContain(sessionId);
  },
);
