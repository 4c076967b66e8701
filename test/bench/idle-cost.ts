import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { startDaemonLoop, type DaemonLoop } from './daemon-loop.js';
import { processBytes, processorSeconds } from './process-facts.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore, type StoredSession } from './session-store.js';
import { rounded } from './statistics.js';

const pauseSeconds = 10;
const dayMs = 86_400_000;

/** What the app costs while nothing happens. */
export const idleCost: Scenario = {
  name: 'idle',
  measures: 'idle with 10 000 files, sweep every 10 s',
  bar: '≤ 0.15 % of a core over 10 minutes, 0 transcript bytes read, 0 written',
  isQuiet: true,
  async measure(bench) {
    const minutes = bench.quick ? 1 : 10;
    const store = makeSessionStore(bench.folder, { newestAgeMs: 3_600_000, recent: 20 });
    const app = startHeadless(bench, store.claude);
    const daemon = await startDaemonLoop(bench, store.projects, pauseSeconds);
    try {
      await pause(10_000); // What follows the start is done.
      forgetAccess(store.all);
      await pause(10_000);
      const [appCost, daemonCost] = await Promise.all([
        costOf(app.pid, minutes),
        daemon === null ? null : costOf(daemon.pid, minutes),
      ]);
      const opened = store.all.filter(wasRead).length;
      return {
        kind: 'measured',
        figures: [
          { name: 'processor share', value: appCost.share, unit: '%', bar: 0.15 },
          { name: 'transcripts that were read', value: opened, unit: '', bar: 0 },
          { name: 'bytes written', value: appCost.storedBytes, unit: 'bytes', bar: 0 },
          { name: 'bytes read in all', value: appCost.read, unit: 'bytes', bar: null },
        ],
        beside: daemonFigures(daemon, daemonCost),
        notes: [
          `The headless command as built and the daemon's loop, ${minutes} min side by side; 21 of the sessions were written to within the last twelve hours, none while this ran.`,
          'A transcript was read when its access time moved. Bytes are those that the kernel counts for the process: written to a disk; read by any call, of which most are its own threads’ wake-ups.',
        ],
        samples: {},
      };
    } finally {
      await app.stop();
      await daemon?.stop();
    }
  },
};

function daemonFigures(daemon: DaemonLoop | null, cost: Cost | null) {
  if (daemon === null || cost === null) return [];
  return [{ name: "the daemon's loop, processor share", value: cost.share, unit: '%' as const }];
}

interface Cost {
  readonly share: number;
  readonly read: number;
  readonly storedBytes: number;
}

async function costOf(pid: number, minutes: number): Promise<Cost> {
  const [seconds, bytes, startedAt] = [processorSeconds(pid), processBytes(pid), performance.now()];
  await pause(minutes * 60_000);
  const after = processBytes(pid);
  const share = ((processorSeconds(pid) - seconds) / ((performance.now() - startedAt) / 1_000)) * 100;
  return {
    share: rounded(share, 4),
    read: after.read - bytes.read,
    storedBytes: after.storedBytes - bytes.storedBytes,
  };
}

/** The shipped command, without anything of the bench in it. */
function startHeadless(bench: Bench, claude: string) {
  const cli = path.join(bench.projectFolder, 'out', 'main', 'cli.js');
  const places = ['--claude-dir', claude, '--data-dir', path.join(bench.folder, 'data')];
  const child = spawn(process.execPath, [cli, '--headless', ...places, '--threshold', '99', '--max-threshold', '100'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: bench.folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('The command has no process.');
  return {
    pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Puts the access time before the modification again where the start has moved it, so that the next read moves it. */
function forgetAccess(sessions: readonly StoredSession[]): void {
  for (const session of sessions.filter(wasRead)) {
    const { mtimeMs } = statSync(session.file);
    utimesSync(session.file, (mtimeMs - dayMs) / 1_000, mtimeMs / 1_000);
  }
}

function wasRead({ file }: StoredSession): boolean {
  const { atimeMs, mtimeMs } = statSync(file);
  return atimeMs > mtimeMs;
}
