import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { runCommandLine, startCommandLine, type CommandLineResult } from '../support/command-line.js';
import { waitUntil } from '../support/wait-until.js';
import { archivedSegments, pendingNames, processingReports, type ArchivedSegment } from './archived-segments.js';
import type { Scene } from './scene.js';

/** Long enough for an export that should not happen to show up. */
const settleMs = 700;

/** Long enough for a machine that has much else to do. */
const patienceMs = 30_000;

/** The app running headless over a scene. */
export interface Watcher {
  /** Waits until the app has read what the client was told last and had time to act on it. */
  readonly hasRead: () => Promise<void>;
  /** Waits until the archive holds `count` exports of the client's session, each reported and none pending; hands them back. */
  readonly exports: (count: number) => Promise<readonly ArchivedSegment[]>;
  readonly stop: () => Promise<CommandLineResult>;
}

/** Starts the app over a scene with flags of its own and waits until it runs; it ends with the test at the latest. */
export async function startWatcher(scene: Scene, ...flags: readonly string[]): Promise<Watcher> {
  const { home, dataDir } = scene.home;
  const startedAt = Date.now();
  const running = startCommandLine(home, ['--headless', ...scene.appFlags, ...flags]);
  onTestFinished(async () => void (await running.stop()));
  await waitUntil('the pid file', async () => ((await textOf(join(dataDir, 'context-watcher.pid'))) ? true : null));

  const said = async <Value>(awaited: Promise<Value>): Promise<Value> => {
    try {
      return await awaited;
    } catch (error) {
      throw new Error(`The app said:\n${running.output()}`, { cause: error });
    }
  };
  const hasReadTold = async (): Promise<true | null> => {
    const text = await textOf(join(dataDir, 'auto-export-state.json'));
    if (text === '') return null;
    const state = JSON.parse(text) as { last_check: string; last_tokens?: number };
    return Date.parse(state.last_check) >= startedAt && state.last_tokens === scene.api.lastTold().usedTokens
      ? true
      : null;
  };
  const exportsNow = async (count: number): Promise<readonly ArchivedSegment[] | null> => {
    const segments = await archivedSegments(dataDir, (await scene.sessionFile()).id);
    const [pending, reports] = await Promise.all([pendingNames(dataDir), processingReports(dataDir)]);
    return segments.length === count && pending.length === 0 && reports.length === count ? segments : null;
  };

  return {
    hasRead: async () => {
      await said(waitUntil(`the reading of ${scene.api.lastTold().usedTokens} tokens`, hasReadTold, patienceMs));
      await pause(settleMs);
    },
    exports: (count) => said(waitUntil(`${count} archived exports`, () => exportsNow(count), patienceMs)),
    stop: running.stop,
  };
}

/** Runs `--export-now` over a scene, through the running app where there is one. */
export async function exportNow(scene: Scene): Promise<CommandLineResult> {
  return runCommandLine(scene.home.home, ['--export-now', ...scene.appFlags]);
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
