import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import type { DesktopScene } from './desktop-scene.js';
import { fillArchive } from './filled-archive.js';
import { openPopover } from './open-popover.js';
import { scrollList, watchShowing, type ScrolledFrames } from './popover-frames.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore } from './session-store.js';
import { askApp, makeAppHome, type AppHome } from './start-app.js';
import { percentile, rounded } from './statistics.js';

const liveSessions = 100;
const archivedSessions = 10_000;

/** How soon the popover is there once it is asked for, and how its long lists scroll. */
export const popoverSpeed: Scenario = {
  name: 'popover',
  measures: 'popover of the packaged app with 100 live and 10 000 archived sessions',
  bar: 'visible ≤ 150 ms once loaded; scrolling p95 frame ≤ 20 ms, no task over 50 ms',
  needsDesktop: true,
  async measure(bench) {
    const { desktop } = bench;
    if (desktop === null) return { kind: 'skipped', why: 'There is no desktop.' };
    const { shows, sessions, archive } = await measureApp(bench, desktop);
    const frames = (name: string, scrolled: ScrolledFrames) =>
      [
        { name: `${name}: frame p95`, value: rounded(percentile(scrolled.frames, 95)), unit: 'ms', bar: 20 },
        { name: `${name}: tasks over 50 ms`, value: scrolled.longTasks.length, unit: '', bar: 0 },
      ] as const;
    return {
      kind: 'measured',
      figures: [
        { name: 'visible p50', value: rounded(percentile(shows, 50)), unit: 'ms', bar: null },
        { name: 'visible p95', value: rounded(percentile(shows, 95)), unit: 'ms', bar: 150 },
        ...frames('sessions', sessions),
        ...frames('archive', archive),
      ],
      beside: [],
      notes: [
        `${shows.length} times from the request to show it, as a second start of the app sends it, to its window on the screen and one frame more. The lists are scrolled frame by frame, down and up. The desktop is drawn by the processor: there is no graphics card.`,
      ],
      samples: { visible: shows, 'sessions frame': sessions.frames, 'archive frame': archive.frames },
    };
  },
};

async function measureApp(bench: Bench, desktop: DesktopScene) {
  const { _electron } = await import('playwright-core');
  const store = makeSessionStore(bench.folder, { recent: liveSessions });
  const home = makeAppHome(desktop, desktop.executable);
  await fillAs(desktop, home);
  const places = ['--data-dir', home.data, '--claude-dir', store.claude];
  const electron = await _electron.launch({
    executablePath: home.app,
    args: [...places, '--active-within', '86400', '--threshold', '99', '--max-threshold', '100'],
    cwd: home.home,
    env: { ...home.environment },
    chromiumSandbox: true,
    timeout: 30_000,
  });
  try {
    const page = await openPopover(electron, home);
    await page.getByText(`${liveSessions + 1} live`).waitFor();
    await pause(5_000); // What follows the start is done.
    const shows: number[] = [];
    const showing = watchShowing(electron, page);
    for (let count = 0; count < (bench.quick ? 5 : 20); count += 1) {
      await showing.hide();
      await pause(400); // Later than what counts as one click with the one that hides it.
      const askedAt = Date.now();
      await askApp(home, { kind: 'show' });
      shows.push((await showing.shownAt()) - askedAt);
    }
    const sessions = await scrollList(page, '.place-scroll', 240, 60);
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByText('10,000 sessions').first().waitFor();
    await pause(1_000);
    const archive = await scrollList(page, '.archived', 480, 120);
    return { shows, sessions, archive };
  } finally {
    await electron.close();
  }
}

/** An archive that belongs to the user whom the app runs as. */
async function fillAs({ user }: DesktopScene, { data }: AppHome): Promise<void> {
  const archive = path.join(data, 'exports-archive');
  mkdirSync(archive, { mode: 0o700 });
  fillArchive(archive, { sessions: archivedSessions, segmentsEach: 1 });
  if (user !== null) await execa('chown', ['-R', `${user.uid}:${user.gid}`, archive]);
}
