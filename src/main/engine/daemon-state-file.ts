import { setTimeout as sleep } from 'node:timers/promises';
import { readFile } from 'node:fs/promises';
import type { AppState } from '../../shared/app-state.js';
import { writeFileAtomically } from '../export/atomic-file.js';
import { daemonStateOf } from '../views/daemon-state.js';

/** Keeps the daemon's `auto-export-state.json` up to date for the tools that read it. */
export interface DaemonStateFile {
  /** Writes the state if what the file says would change; writes follow each other, the newest state wins. */
  readonly update: (state: AppState) => void;
  /** Writes the state one last time, with `watcher_active` false. Never throws. */
  readonly close: (state: AppState) => Promise<void>;
}

/** Reads the file as it is; undefined where there is none or it is no JSON. */
export async function readDaemonState(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Between two writes: other tools look at it every few seconds at most. */
const restMs = 1_000;

/** Opens the file; it is written when a reading changes, at most once a second. Keys in it that are not ours are kept. `onFault` hears of a write that failed, null when one works again. */
export function keepDaemonStateFile(options: {
  file: string;
  now: () => Date;
  onFault: (error: unknown) => void;
}): DaemonStateFile {
  let writing: Promise<void> = Promise.resolve();
  let waiting: AppState | null = null;
  let said = '';
  let closed = false;
  const ending = new AbortController();

  async function write(state: AppState, watcherActive: boolean): Promise<void> {
    try {
      const previous = await readDaemonState(options.file);
      const next = daemonStateOf(previous, state, options.now(), watcherActive);
      await writeFileAtomically(options.file, `${JSON.stringify(next, null, 2)}\n`);
      options.onFault(null);
    } catch (error) {
      said = '';
      options.onFault(error);
    }
  }

  async function writeWaiting(): Promise<void> {
    const state = waiting;
    waiting = null;
    if (state && !closed) await write(state, true);
    if (!closed) await sleep(restMs, undefined, { signal: ending.signal }).catch(() => undefined);
  }

  return {
    update(state) {
      const says = substanceOf(state);
      if (says === said || closed) return;
      said = says;
      const isQueued = waiting !== null;
      waiting = state;
      if (!isQueued) writing = writing.then(writeWaiting);
    },
    async close(state) {
      closed = true;
      ending.abort();
      await writing;
      await write(state, false);
    },
  };
}

/** What the file says, without the time of the last check: the readings, the last exports and the pending list. */
function substanceOf(state: AppState): string {
  const sessions = state.sessions.map(({ id, usedTokens, percent, lastExport }) => [
    id,
    usedTokens,
    percent,
    lastExport,
  ]);
  const pending = state.pendingExports.map(({ name }) => name);
  return JSON.stringify([sessions, pending, state.pendingTotal]);
}
