import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { watch as watchWithChokidar, type FSWatcher } from 'chokidar';
import type { RootHealth } from '../../shared/app-state.js';
import { folderIdentity } from './folder-identity.js';
import { inParallel } from './in-parallel.js';
import { followProjectFolder, type ProjectFolder, type ProjectFolderContext } from './project-folder.js';
import { watchRootPlace } from './root-place.js';

/** What a root needs of its surroundings. */
export interface RootWatchContext extends ProjectFolderContext {
  readonly onRoot: (health: RootHealth) => void;
  readonly log: { readonly debug: (message: string) => void };
}

/** Follows one root, whether it is there or not. */
export interface RootWatch {
  /** Looks at the root and its project folders for what events have missed; with `all` at every file. */
  readonly check: (options: { readonly all: boolean }) => Promise<void>;
  readonly stop: () => Promise<void>;
}

type RootLook =
  | { readonly state: 'watching'; readonly identity: string; readonly folders: readonly string[] }
  | { readonly state: 'missing' | 'unreadable' };

const foldersAtOnce = 16;

/**
 * chokidar tells of project folders that come and go, a plain watch on each of them of their files. Of the root itself
 * coming, going and being made again chokidar tells nothing reliable: a watch on the folder above does. Starts nothing until the first `check`.
 */
export function watchRoot(root: string, context: RootWatchContext): RootWatch {
  const { onRoot, troubles, startWatch, log } = context;
  const folders = new Map<string, ProjectFolder>();
  let folderWatcher: FSWatcher | null = null;
  let isFolderWatcherBroken = false;
  let closing: Promise<void> = Promise.resolve();
  let identity = '';
  let state: RootHealth['state'] | null = null;
  let stopped = false;

  const place = watchRootPlace(root, {
    startWatch,
    troubles,
    onStir({ replaced }) {
      if (replaced) identity = '';
      void check({ all: false });
    },
  });

  /** One check at a time; what is asked for meanwhile is done in one more. */
  let running: Promise<void> | null = null;
  let queued: { promise: Promise<void>; all: boolean } | null = null;

  function check({ all }: { readonly all: boolean }): Promise<void> {
    if (stopped) return Promise.resolve();
    if (running === null) {
      running = checkOnce(all).finally(() => {
        running = null;
      });
      return running;
    }
    if (queued === null) {
      const waiting = { all, promise: Promise.resolve() };
      const start = () => {
        queued = null;
        return check({ all: waiting.all });
      };
      waiting.promise = running.then(start, start);
      queued = waiting;
    }
    queued.all ||= all;
    return queued.promise;
  }

  async function checkOnce(all: boolean): Promise<void> {
    await place.aim();
    const look = await lookAt(root);
    if (stopped) return;
    if (look.state !== state) {
      state = look.state;
      onRoot({ path: root, state });
    }
    if (look.state !== 'watching') {
      identity = '';
      closeFolderWatcher();
      troubles.watchMended(root);
      for (const folder of folders.values()) folder.stop({ report: true });
      folders.clear();
      return;
    }
    if (look.identity !== identity || folderWatcher === null || (all && isFolderWatcherBroken)) {
      identity = look.identity;
      closeFolderWatcher();
      await closing;
      if (stopped) return;
      startFolderWatcher();
    }
    const present = new Set(look.folders);
    const paths = [...new Set([...folders.keys(), ...present])];
    await inParallel(paths, foldersAtOnce, (folder) => follow(folder, { all }));
  }

  async function follow(folder: string, options: { readonly all: boolean }): Promise<void> {
    if (stopped || state !== 'watching') return;
    const projectFolder = folders.get(folder) ?? followProjectFolder(folder, context);
    folders.set(folder, projectFolder);
    const isThere = await projectFolder.refresh(options);
    if (isThere || folders.get(folder) !== projectFolder) return;
    projectFolder.stop();
    folders.delete(folder);
  }

  function startFolderWatcher(): void {
    const watcher = watchWithChokidar(root, {
      depth: 0,
      ignoreInitial: true,
      ignored: (_path, stats) => stats !== undefined && !stats.isDirectory(),
    });
    const onFolder = (folder: string) => {
      if (path.dirname(folder) === root) void follow(folder, { all: false });
    };
    watcher.on('addDir', onFolder);
    watcher.on('unlinkDir', onFolder);
    watcher.on('ready', () => {
      if (!isFolderWatcherBroken) troubles.watchMended(root);
      // Folders made while chokidar was getting ready are announced by nobody.
      void check({ all: false });
    });
    watcher.on('error', (error) => {
      log.debug(`Watching ${root}: ${String(error)}`);
      isFolderWatcherBroken = true;
      troubles.watchFailed(root, error);
    });
    folderWatcher = watcher;
    isFolderWatcherBroken = false;
  }

  function closeFolderWatcher(): void {
    const watcher = folderWatcher;
    if (watcher === null) return;
    folderWatcher = null;
    closing = closing.then(() => watcher.close());
  }

  return {
    check,
    async stop() {
      stopped = true;
      place.stop();
      for (const folder of folders.values()) folder.stop();
      folders.clear();
      closeFolderWatcher();
      await Promise.all([closing, running, queued?.promise]);
    },
  };
}

async function lookAt(root: string): Promise<RootLook> {
  try {
    const stats = await stat(root);
    const entries = await readdir(root, { withFileTypes: true });
    const folders = entries
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => path.join(root, entry.name));
    return { state: 'watching', identity: folderIdentity(stats), folders };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { state: isMissing ? 'missing' : 'unreadable' };
  }
}
