import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Append, AppendPlan } from './append-plan.js';
import { makeBareApp, watchedFolderVariable } from './bare-app.js';
import type { DesktopScene } from './desktop-scene.js';
import { openPopover } from './open-popover.js';
import { drawnLatencies, watchPercent } from './popover-sightings.js';
import { appendByPlan } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore, type SessionStore, type StoredSession } from './session-store.js';
import { makeAppHome, startInHome } from './start-app.js';
import { percentile, rounded } from './statistics.js';
import { watchTraySignals, type TraySignals } from './tray-signals.js';

const tokensPerPercent = 2_000;

/** How soon an appended line is on the screen, and whether anything is drawn for nothing. */
export const appendToScreen: Scenario = {
  name: 'append-to-screen',
  measures: 'line appended → tray icon and popover of the packaged app, 10 000 files in 500 folders',
  bar: 'p99 ≤ 120 ms, redrawn only when what is shown changes',
  needsDesktop: true,
  async measure(bench) {
    const { desktop } = bench;
    if (desktop === null) return { kind: 'skipped', why: 'There is no desktop.' };
    const store = makeSessionStore(bench.folder);
    const signals = await watchTraySignals(desktop.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '');
    try {
      const app = await measureApp(bench, desktop, store, signals);
      const floor = await measureFloor(bench, desktop, store.newest, signals);
      const changes = app.appends.length;
      return {
        kind: 'measured',
        figures: [
          { name: 'icon p50', value: rounded(percentile(app.icons, 50)), unit: 'ms', bar: null },
          { name: 'icon p99', value: rounded(percentile(app.icons, 99)), unit: 'ms', bar: 120 },
          { name: 'popover p50', value: rounded(percentile(app.drawn, 50)), unit: 'ms', bar: null },
          { name: 'popover p99', value: rounded(percentile(app.drawn, 99)), unit: 'ms', bar: 120 },
          { name: 'changes that never came to the icon', value: changes - app.icons.length, unit: '', bar: 0 },
          { name: 'changes that never came to the popover', value: changes - app.drawn.length, unit: '', bar: 0 },
          { name: 'icons more than changes', value: app.iconCount - changes, unit: '', bar: 0 },
          { name: 'icons for 50 lines that change nothing it shows', value: app.iconsInVain, unit: '', bar: 0 },
        ],
        beside: [
          {
            name: 'bare tray app that watches the folder, icon p50',
            value: rounded(percentile(floor, 50)),
            unit: 'ms',
          },
          {
            name: 'bare tray app that watches the folder, icon p99',
            value: rounded(percentile(floor, 99)),
            unit: 'ms',
          },
        ],
        notes: [
          `${changes} answers by another process, 300 to 500 ms apart, each with another percent. The icon is there when the panel is told of it over D-Bus; the popover when its text has changed and the next frame is due. Its clock has whole milliseconds.`,
          'The bare app sets another icon at each event of the one folder and reads nothing. The daemon shows nothing.',
        ],
        samples: {
          icon: app.icons.map((value) => rounded(value)),
          popover: app.drawn.map((value) => rounded(value)),
        },
      };
    } finally {
      signals.stop();
    }
  },
};

async function measureApp(bench: Bench, desktop: DesktopScene, store: SessionStore, signals: TraySignals) {
  const { _electron } = await import('playwright-core');
  const home = makeAppHome(desktop, desktop.executable);
  const electron = await _electron.launch({
    executablePath: home.app,
    args: ['--data-dir', home.data, '--claude-dir', store.claude, '--threshold', '99', '--max-threshold', '100'],
    cwd: home.home,
    env: { ...home.environment },
    chromiumSandbox: true,
    timeout: 30_000,
  });
  try {
    const page = await openPopover(electron, home);
    await pause(3_000); // What follows the start is done.
    const takeSightings = await watchPercent(page);
    signals.takeIcons();
    const { appends } = await appendPercents(bench, store.newest, bench.quick ? 40 : 150);
    await pause(500);
    const announced = signals.takeIcons();
    const drawn = drawnLatencies(appends, await takeSightings(), tokensPerPercent);
    await appendUnchanged(bench, store.newest, appends);
    await pause(500);
    return {
      appends,
      icons: iconLatencies(appends, announced),
      iconCount: announced.length,
      drawn,
      iconsInVain: signals.takeIcons().length,
    };
  } finally {
    await electron.close();
  }
}

async function measureFloor(bench: Bench, desktop: DesktopScene, session: StoredSession, signals: TraySignals) {
  const home = makeAppHome(desktop, await makeBareApp(desktop.executable));
  const app = startInHome(home, [], { [watchedFolderVariable]: path.dirname(session.file) });
  try {
    await pause(5_000);
    signals.takeIcons();
    const { appends } = await appendPercents(bench, session, bench.quick ? 20 : 60);
    await pause(500);
    return iconLatencies(appends, signals.takeIcons());
  } finally {
    await app.stop();
  }
}

function appendPercents(bench: Bench, { id, file }: StoredSession, count: number) {
  const plan: AppendPlan = {
    files: [{ id, path: file }],
    firstTokens: 10 * tokensPerPercent,
    stepTokens: 7 * tokensPerPercent,
    spanTokens: 61 * tokensPerPercent,
    count,
    gapMs: [300, 500],
    linesPerAnswer: 1,
    seed: 3,
  };
  return appendByPlan(bench, plan);
}

/** Prompts, and answers that move the percent by less than what is shown of it. */
async function appendUnchanged(bench: Bench, { id, file }: StoredSession, before: readonly Append[]): Promise<void> {
  const [, tokens = 0] = before.at(-1) ?? [];
  const files = [{ id, path: file }];
  await appendByPlan(bench, {
    files,
    firstTokens: tokens + 1,
    count: 50,
    gapMs: [60, 140],
    linesPerAnswer: 2,
    seed: 4,
  });
}

/** From where each write began to the first icon announced after it and before the next write. */
function iconLatencies(appends: readonly Append[], icons: readonly bigint[]): number[] {
  return appends.flatMap(([, , began], index) => {
    const next = appends[index + 1]?.[2];
    const icon = icons.find((at) => at > BigInt(began) && (next === undefined || at < BigInt(next)));
    return icon === undefined ? [] : [Number(icon - BigInt(began)) / 1e6];
  });
}
