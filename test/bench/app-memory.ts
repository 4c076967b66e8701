import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { makeBareApp } from './bare-app.js';
import type { DesktopScene } from './desktop-scene.js';
import { countProcesses, mappedFiles, memoryMegabytes } from './process-facts.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore } from './session-store.js';
import { askApp, makeAppHome, startInHome, type AppHome } from './start-app.js';
import { median, rounded } from './statistics.js';

const settleMs = 15_000;
const patienceSeconds = 600;
const page = '--type=renderer';

/** What the app holds in memory while nobody looks, and what is left of the popover after somebody did. */
export const appMemory: Scenario = {
  name: 'app-memory',
  measures: 'memory of the main process with 10 000 files, popover never opened; then its popover released',
  bar: '≤ a bare Electron tray app + 30 MB; renderer gone some minutes after the popover was closed; SQLite not loaded before it is needed',
  needsDesktop: true,
  isQuiet: true,
  async measure(bench) {
    const { desktop } = bench;
    if (desktop === null) return { kind: 'skipped', why: 'There is no desktop.' };
    const bareExecutable = await makeBareApp(desktop.executable);
    const runs = bench.quick ? 1 : 3;
    const bare: number[] = [];
    for (let run = 0; run < runs; run += 1) bare.push(await bareMegabytes(desktop, bareExecutable));
    const store = makeSessionStore(bench.folder, { newestAgeMs: 60_000, recent: 20 });
    const apps: AppFacts[] = [];
    for (let run = 0; run < runs; run += 1) {
      apps.push(await measureApp(bench, desktop, store.claude, run === runs - 1 && !bench.quick));
    }
    const megabytes = median(apps.map((app) => app.megabytes));
    const released = apps.at(-1)?.releasedSeconds ?? null;
    return {
      kind: 'measured',
      figures: [
        {
          name: 'main process',
          value: rounded(megabytes, 1),
          unit: 'MB',
          bar: rounded(median(bare) + 30, 1),
        },
        { name: 'SQLite libraries loaded', value: Math.max(...apps.map((app) => app.libraries)), unit: '', bar: 0 },
        ...(released === null
          ? []
          : [{ name: 'renderer gone after', value: rounded(released, 0), unit: 's' as const, bar: patienceSeconds }]),
      ],
      beside: [{ name: 'bare tray app, main process', value: rounded(median(bare), 1), unit: 'MB' }],
      notes: [
        `Proportional set size ${settleMs / 1_000} s after the app answers, each app alone on the desktop, the median of ${runs}. The bare app is the same Electron with the same fuses and a white icon.`,
        ...(released === null ? ['A quick run does not wait for the renderer.'] : []),
      ],
      samples: { app: apps.map((app) => rounded(app.megabytes, 1)), bare: bare.map((value) => rounded(value, 1)) },
    };
  },
};

async function bareMegabytes(desktop: DesktopScene, executable: string): Promise<number> {
  const app = startInHome(makeAppHome(desktop, executable), []);
  try {
    await pause(settleMs + 2_000);
    return memoryMegabytes(app.pid);
  } finally {
    await app.stop();
  }
}

interface AppFacts {
  readonly megabytes: number;
  readonly libraries: number;
  /** Null where it was not waited for. */
  readonly releasedSeconds: number | null;
}

async function measureApp(bench: Bench, desktop: DesktopScene, claude: string, andPopover: boolean): Promise<AppFacts> {
  const home = makeAppHome(desktop, desktop.executable);
  const places = ['--data-dir', home.data, '--claude-dir', claude, '--threshold', '99', '--max-threshold', '100'];
  const app = startInHome(home, places);
  try {
    await askApp(home, { kind: 'status' });
    await pause(settleMs);
    const libraries = [...mappedFiles(app.pid)].filter((file) => file.includes(`${path.sep}@libsql${path.sep}`)).length;
    const megabytes = memoryMegabytes(app.pid);
    return { megabytes, libraries, releasedSeconds: andPopover ? await releasedSeconds(home, app.pid) : null };
  } finally {
    await app.stop();
  }
}

/** Opens the popover, closes it, and waits until its renderer has ended. */
async function releasedSeconds(home: AppHome, pid: number): Promise<number> {
  await askApp(home, { kind: 'show' });
  for (let tries = 0; tries < 20 && countProcesses(pid, page) === 0; tries += 1) await pause(1_000);
  if (countProcesses(pid, page) === 0) throw new Error('The popover has no renderer.');
  await pause(3_000); // It is drawn and has the focus.
  await execa('xdotool', ['key', 'Escape'], { env: { ...home.environment } });
  const closedAt = performance.now();
  const seconds = (): number => (performance.now() - closedAt) / 1_000;
  while (countProcesses(pid, page) > 0 && seconds() < patienceSeconds + 60) await pause(1_000);
  return seconds();
}
