import path from 'node:path';
import type { RootHealth } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import type { SessionFile } from '../sessions/session-file.js';
import { askRoots, type AskRoots } from '../sessions/ask-roots.js';
import { keepRootDisks } from '../sessions/root-disks.js';
import { resolveSessionRoots, type SessionRoot } from '../sessions/session-roots.js';
import { watchSessions, type SessionWatcher } from '../sessions/session-watcher.js';
import type { WatchTrouble } from '../sessions/watch-trouble.js';
import type { Log } from '../support/log.js';
import type { ProblemList } from './problem-list.js';
import { tellFolders, tellRootHealth } from './root-problems.js';

/** The session roots that are watched now, and the watcher over them. */
export interface WatchedRoots {
  /** Asks each root that the settings name, watched yet or not. */
  readonly ask: AskRoots;
  readonly health: () => readonly RootHealth[];
  /** The session files in them, as they were when they were last looked at. */
  readonly files: () => readonly SessionFile[];
  /** Whether a session file lies in one of these roots. */
  readonly holds: (path: string) => boolean;
  /** Whether the disk that a session file lies on is local and answers at once. */
  readonly isQuick: (path: string) => boolean;
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
  const diskOf = keepRootDisks();
  let resolved: readonly SessionRoot[] = [];
  let resolvedFrom = '';
  let watchedRoots: readonly string[] | null = null;
  let health = new Map<string, RootHealth>();
  let watcher: SessionWatcher | undefined;
  let rewatching: Promise<void> = Promise.resolve();
  let stopped = false;

  /** Looks again at each call, because folders come and links change, but not while a drive hangs: it would only seem to be another. */
  async function resolve(): Promise<readonly SessionRoot[]> {
    const { homeFolder, environment, claudeFolders } = options;
    const { extraRoots } = options.settings();
    const from = JSON.stringify(extraRoots);
    if (from === resolvedFrom && resolved.some(({ disk }) => disk.isSlow())) return resolved;
    resolved = await resolveSessionRoots({ homeFolder, environment, claudeFolders, extraRoots }, diskOf);
    resolvedFrom = from;
    return resolved;
  }

  async function rewatch(): Promise<void> {
    const roots = await resolve();
    const next = roots.map(({ path: root }) => root);
    if (stopped || (watchedRoots !== null && isSameList(next, watchedRoots))) return;
    watcher?.stop();
    watchedRoots = next;
    health = new Map();
    const closedFolders = new Set<string>();
    watcher = await watchSessions({
      roots,
      pollIntervalMs: options.settings().pollIntervalSeconds * 1_000,
      onFile: options.onFile,
      onGone: options.onGone,
      onRoot(root) {
        health.set(root.path, root);
        tellHealth();
      },
      onTrouble: (trouble) => tellTrouble(problems, closedFolders, trouble),
    });
    if (stopped) watcher.stop();
    tellHealth();
  }

  function tellHealth(): void {
    tellRootHealth(problems, [...health.values()]);
    options.onChange();
  }

  return {
    ask: async (question) => askRoots(resolvedFrom === '' ? await resolve() : resolved)(question),
    files: () => watcher?.files() ?? [],
    holds: (file) => watchedRoots?.includes(path.dirname(path.dirname(file))) ?? false,
    isQuick(file) {
      const root = path.dirname(path.dirname(file));
      return resolved.find((one) => one.path === root)?.disk.isQuick() ?? false;
    },
    health: () => (watchedRoots ?? []).flatMap((root) => health.get(root) ?? []),
    rewatch: () => (rewatching = rewatching.then(rewatch, rewatch)),
    async sweep() {
      await watcher?.rewalk();
    },
    setPollInterval: (seconds) => watcher?.setPollInterval(seconds * 1_000),
    async stop() {
      stopped = true;
      watcher?.stop();
      await rewatching;
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
    const reason = /^EACCES|^EPERM/.test(message ?? 'EACCES') ? 'permission denied' : message;
    return tellFolders(problems, code, [...closedFolders], (paths) => ({
      message: `Sessions in ${paths} can't be read: ${reason}.`,
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
