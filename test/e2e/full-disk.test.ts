import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { archivedExports } from './archived-exports.js';
import { openDesktopBus } from './desktop-bus.js';
import { click, pointOf } from './desktop-input.js';
import { readNotifications } from './notification-server.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

test('a full disk: said in the popover and by a notice, nothing lost, and the export follows once there is room', async ({
  skip,
}) => {
  const scene = makeScene();
  const data = path.join(scene.home, 'small-disk');
  scene.makeFolder(data);
  const mounted = await execa('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=777', 'tmpfs', data], { reject: false });
  if (mounted.failed) skip(`A small disk can't be made here (${mounted.stderr || mounted.message}).`);
  onTestFinished(async () => {
    // Lazily: what Chromium leaves behind ends a moment after it.
    await execa('umount', ['-l', data]);
  });

  const session = writeSession(scene, { project: 'big-job', percents: [50] });
  const app = await startApp(scene, { args: ['--data-dir', data, '--claude-dir', scene.claude], storage: data });
  const bus = openDesktopBus();
  const page = await app.openPopover();
  const filler = path.join(data, 'filler');
  fill(filler);
  session.turn(80);

  const problem = page.getByRole('region', { name: 'Problems' }).locator('[data-code="export-failed"]');
  await problem.waitFor();
  expect(await problem.innerText()).toMatch(/disk is full.*Free some space/s);
  await untilTrue('the notice', async () =>
    (await readNotifications(bus)).some(({ summary, body }) => summary === 'Export Failed' && body.includes('big-job')),
  );
  expect(archivedExports(data, session.id)).toEqual([]);
  expect((await app.session(session.id, 'the gauge to go on', ({ percent }) => percent === 80)).exportedBytes).toBe(0);

  rmSync(filler);
  await click(await pointOf(page, page.getByRole('button', { name: 'Export now', exact: true })));
  await untilTrue('the export', () => archivedExports(data, session.id).length === 1);
  expect(archivedExports(data, session.id)[0]?.bytes.toString()).toBe(session.read());
  await problem.waitFor({ state: 'detached' });
  expect(await app.stop()).toBe(0);
});

/** Writes until the disk takes no more. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (const piece of [Buffer.alloc(1 << 20), Buffer.alloc(1 << 12)]) writeUntilFull(handle, piece);
  } finally {
    closeSync(handle);
  }
}

function writeUntilFull(handle: number, piece: Buffer): void {
  try {
    for (;;) writeSync(handle, piece);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
