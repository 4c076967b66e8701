import path from 'node:path';
import type { RootHealth } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import type { SessionFile } from '../sessions/session-file.js';
import { resolveSessionRoots } from '../sessions/session-roots.js';
import { watchSessions, type SessionWatcher } from '../sessions/session-watcher.js';
import type { WatchTrouble } from '../sessions/watch-trouble.js';
import type { Log } from '../support/log.js';
import type { ProblemList } from './problem-list.js';
import { tellFolders, tellRootHealth, usualRoots } from './root-problems.js';

/** The session roots that are watched now, and the watcher over them. */
export interface WatchedRoots {
  /** As the settings name them now, watched yet or not. */
  readonly roots: () => readonly string[];
  readonly health: () => readonly RootHealth[];
  /** Whether a session file lies in one of these roots. */
  readonly holds: (path: string) => boolean;
  /** Watches the roots that the settings name now, if they are others than before. Resolves after the first walk. */
  readonly rewatch: () => Promise<void>;
  /** Looks for everything that no event has told. */
  readonly sweep: () => Promise<void>;
  readonly setPollInterval: (seconds: number) => void;
  readonly stop: () => Promise<void>;
}

/** Prepares the watching; `rewatch` starts it. Folders that are missing or closed to us become problems with their mend. */
export function watchRoots(options: {
  homeFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  claudeFolders: readonly string[];
  settings: () => Settings;
  onFile: (file: SessionFile) => void;
  onGone: (path: string) => void;
  onChange: () => void;
  problems: ProblemList;
  log: Log;
}): WatchedRoots {
  const { problems } = options;
  let watchedRoots: readonly string[] = [];
  let health = new Map<string, RootHealth>();
  let watcher: SessionWatcher | undefined;
  let rewatching: Promise<void> = Promise.resolve();
  let stopped = false;

  function roots(): readonly string[] {
    return resolveSessionRoots({ ...options, extraRoots: options.settings().extraRoots });
  }

  async function rewatch(): Promise<void> {
    const next = roots();
    if (stopped || (watcher && isSameList(next, watchedRoots))) return;
    await watcher?.stop();
    watchedRoots = next;
    health = new Map();
    const closedFolders = new Set<string>();
    watcher = await watchSessions({
      roots: next,
      pollIntervalMs: options.settings().pollIntervalSeconds * 1_000,
      onFile: options.onFile,
      onGone: options.onGone,
      onRoot(root) {
        health.set(root.path, root);
        tellHealth();
      },
      onTrouble: (trouble) => tellTrouble(problems, closedFolders, trouble),
      log: options.log,
    });
    tellHealth();
  }

  function tellHealth(): void {
    tellRootHealth(
      problems,
      [...health.values()],
      options.claudeFolders.length > 0 ? [] : usualRoots(options.homeFolder),
    );
    options.onChange();
  }

  return {
    roots,
    holds: (file) => watchedRoots.includes(path.dirname(path.dirname(file))),
    health: () => [...health.values()],
    rewatch: () => (rewatching = rewatching.then(rewatch, rewatch)),
    async sweep() {
      await watcher?.rewalk();
    },
    setPollInterval: (seconds) => watcher?.setPollInterval(seconds * 1_000),
    async stop() {
      stopped = true;
      await rewatching;
      await watcher?.stop();
    },
  };
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index]);
}

/** Folders that are closed to us are told together; the other troubles are each about all folders. */
function tellTrouble(
  problems: ProblemList,
  closedFolders: Set<string>,
  { code, message, path: folder }: WatchTrouble,
): void {
  if (code === 'folder-unreadable' && folder !== null) {
    if (message === null) closedFolders.delete(folder);
    else closedFolders.add(folder);
    return tellFolders(problems, code, [...closedFolders], (paths) => ({
      message: `Sessions in ${paths} can't be read: permission denied.`,
      mend: troubleMends[code],
    }));
  }
  if (message === null) return problems.clear(code);
  return problems.report({ code, message, mend: troubleMends[code] });
}

const troubleMends: Readonly<Record<WatchTrouble['code'], string>> = {
  'watches-exhausted':
    'Changes are seen at each sweep meanwhile. Close programs that watch many files, or raise the limit (on Linux fs.inotify.max_user_watches).',
  'folder-unreadable': 'Give your user read access to this folder.',
  'watch-failed': 'Changes are seen at each sweep meanwhile; nothing is lost.',
};
