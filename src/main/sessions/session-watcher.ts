import type { RootHealth } from '../../shared/app-state.js';
import { noticeBursts } from './event-burst.js';
import { startFolderWatch, type StartWatch } from './folder-watch.js';
import { isOnNetwork as isOnNetworkDrive } from './network-drive.js';
import { watchRoot } from './root-watch.js';
import type { SessionFile } from './session-file.js';
import type { SessionRoot } from './session-roots.js';
import { createTroubleReporter, type WatchTrouble } from './watch-trouble.js';

/** What is watched, how often, and who is told. */
export interface SessionWatcherOptions {
  /** There or not. */
  readonly roots: readonly SessionRoot[];
  /** Pause between two sweeps. */
  readonly pollIntervalMs: number;
  /** How often a sweep looks at every file; ten minutes by default. */
  readonly fullWalkIntervalMs?: number;
  /** A session file is new or has changed in size, modification time or inode. Comes for every file at the start. */
  readonly onFile: (file: SessionFile) => void;
  readonly onGone: (path: string) => void;
  /** At the start and when it changes. */
  readonly onRoot: (health: RootHealth) => void;
  readonly onTrouble: (trouble: WatchTrouble) => void;
  readonly now?: () => number;
  readonly startWatch?: StartWatch;
  readonly isOnNetwork?: (folder: string) => Promise<boolean>;
}

/** Watches session files until it is stopped. */
export interface SessionWatcher {
  /** Looks now for what events have missed: new and vanished folders and files, and files written to in the last 12 hours. */
  readonly sweep: () => Promise<void>;
  readonly setPollInterval: (pollIntervalMs: number) => void;
  /** Looks at every file now, as after sleep. */
  readonly rewalk: () => Promise<void>;
  /** The session files that are known, as they were when they were last looked at. */
  readonly files: () => readonly SessionFile[];
  /** Ends all watches and timers; afterwards nothing is reported any more. */
  readonly stop: () => void;
}

/**
 * Watches the session files of all roots: by events, with a sweep as the net. Ready when every root has been walked once;
 * a root whose disk is slow holds up neither this nor a sweep, and is walked when it answers.
 */
export async function watchSessions({
  roots,
  pollIntervalMs,
  fullWalkIntervalMs = 600_000,
  onFile,
  onGone,
  onRoot,
  onTrouble,
  now = Date.now,
  startWatch = startFolderWatch,
  isOnNetwork = isOnNetworkDrive,
}: SessionWatcherOptions): Promise<SessionWatcher> {
  const troubles = createTroubleReporter(onTrouble);
  const rewalk = () => walk(true);
  const context = {
    onFile,
    onGone,
    onRoot,
    troubles,
    startWatch: noticeBursts(startWatch, () => void rewalk()),
    isOnNetwork,
    now,
  };
  const rootWatches = roots.map((root) => watchRoot(root, context));
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = pollIntervalMs;
  let walkedAt = now();
  let stopped = false;

  async function walk(all: boolean): Promise<void> {
    if (all) walkedAt = now();
    await Promise.all(rootWatches.map((root) => root.check({ all })));
  }

  /** The clock is looked at, not a timer, so that the first sweep after sleep is a full walk. */
  function sweep(): Promise<void> {
    const sinceWalkMs = now() - walkedAt;
    return walk(sinceWalkMs >= fullWalkIntervalMs || sinceWalkMs < 0);
  }

  function schedule(): void {
    if (timer !== null) clearTimeout(timer);
    timer = stopped ? null : setTimeout(() => void sweep().finally(schedule), pauseMs);
  }

  await walk(true);
  schedule();
  return {
    sweep,
    rewalk,
    files: () => rootWatches.flatMap((root) => root.files()),
    setPollInterval(intervalMs) {
      pauseMs = intervalMs;
      schedule();
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      for (const root of rootWatches) root.stop();
    },
  };
}
