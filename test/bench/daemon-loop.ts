import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import type { Bench } from './scenario.js';

/** The daemon's loop while it runs. */
export interface DaemonLoop {
  readonly pid: number;
  /** Milliseconds that each look took so far. */
  readonly looksMs: () => readonly number[];
  readonly stop: () => Promise<void>;
}

/** Starts the daemon's loop and waits for its first look; null where there is no Python. */
export async function startDaemonLoop(
  bench: Bench,
  projects: string,
  pauseSeconds: number,
): Promise<DaemonLoop | null> {
  const script = path.join(bench.projectFolder, 'test', 'bench', 'daemon-loop.py');
  const state = path.join(bench.folder, 'daemon-state.json');
  const child = spawn('python3', [script, projects, state, String(pauseSeconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', HOME: bench.folder, LANG: 'C.UTF-8' },
  });
  if (!(await hasStarted(child))) return null;
  let output = '';
  child.stdout.on('data', (piece) => (output += String(piece)));
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => {
      throw new Error(`The daemon's loop ended with ${String(code)}.`);
    }),
  ]);
  const { pid } = child;
  if (pid === undefined) throw new Error("The daemon's loop has no process.");
  return {
    pid,
    looksMs: () => output.split('\n').filter(Boolean).map(Number),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function hasStarted(child: ChildProcess): Promise<boolean> {
  try {
    await once(child, 'spawn');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
