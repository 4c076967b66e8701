import type { Dirent, Stats } from 'node:fs';
import path from 'node:path';
import type { RootHealth } from '../../shared/app-state.js';
import { folderIdentity } from './folder-identity.js';
import { createFolderWatch } from './folder-watch.js';
import { inParallel } from './in-parallel.js';
import { followProjectFolder, type ProjectFolder, type ProjectFolderContext } from './project-folder.js';
import { watchRootPlace } from './root-place.js';
import type { LstatAnswer } from './root-disk.js';
import { isGone, type SessionFile } from './session-file.js';
import type { SessionRoot } from './session-roots.js';

/** What a root needs of its surroundings. */
export interface RootWatchContext extends ProjectFolderContext {
  readonly onRoot: (health: RootHealth) => void;
  /** Whether changes in the folder may come without an event; rejects where the folder can't be asked. */
  readonly isOnNetwork: (folder: string) => Promise<boolean>;
}

/** Follows one root, whether it is there or not. */
export interface RootWatch {
  /**
   * Looks at the root and its project folders for what events have missed; with `all` at every file. Resolves when that
   * is done, or when the root's disk turns out to be slow: it is done when the disk answers.
   */
  readonly check: (options: { readonly all: boolean }) => Promise<void>;
  /** The session files that it knows of. */
  readonly files: () => readonly SessionFile[];
  readonly stop: () => void;
}

type RootLook =
  | { readonly state: 'there'; readonly stats: Stats; readonly folders: readonly string[] }
  | { readonly state: 'missing' | 'unreadable' };

interface FolderNow {
  readonly folder: string;
  /** Null when it is no folder (any more), undefined when that could not be found out. */
  readonly stats: Stats | null | undefined;
}

const foldersAtOnce = 16;
/** In so many sweeps every quiet folder has had its turn. */
const quietTurns = 4;
/** Within this time of a listing a folder can change without a new modification time. */
const coarseClockMs = 2000;

/**
 * A plain watch on the root tells of project folders that come and go, one on each of them of their files, one on the
 * folder above of the root itself coming, going and being made again. Starts nothing until the first `check`.
 */
export function watchRoot({ path: root, source, disk }: SessionRoot, context: RootWatchContext): RootWatch {
  const { onRoot, troubles, startWatch, isOnNetwork, now } = context;
  const folders = new Map<string, ProjectFolder>();
  let identity = '';
  let onNetwork = false;
  let look: RootLook['state'] | null = null;
  let walked = false;
  let told = '';
  let stopped = false;
  let device = 0;
  let listed: { readonly atMtimeMs: number; readonly folders: readonly string[] } = { atMtimeMs: -1, folders: [] };
  let turn = 0;
  const closedFolders = new Set<string>();
  const farFolders = new Set<string>();

  const watch = createFolderWatch(root, {
    startWatch,
    troubles,
    onEvent(_event, name) {
      if (name === null || name === path.basename(root)) void check({ all: false });
      if (name !== null) void follow(path.join(root, name), { all: false });
    },
  });
  const place = watchRootPlace(root, {
    disk,
    startWatch,
    troubles,
    onStir({ replaced }) {
      if (replaced) identity = '';
      void check({ all: false });
    },
  });
  const undoSlowness = disk.onSlowness(() => {
    if (!stopped) tell();
  });

  /** One check at a time; what is asked for meanwhile is done in one more. */
  let running: Promise<void> | null = null;
  let queued: { promise: Promise<void>; all: boolean } | null = null;

  async function check({ all }: { readonly all: boolean }): Promise<void> {
    const work = checkInTurn(all);
    await disk.orSlow(() => work);
  }

  function checkInTurn(all: boolean): Promise<void> {
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
        return checkInTurn(waiting.all);
      };
      waiting.promise = running.then(start, start);
      queued = waiting;
    }
    queued.all ||= all;
    return queued.promise;
  }

  async function checkOnce(all: boolean): Promise<void> {
    await place.aim();
    const found = await lookAtRoot(all);
    if (stopped) return;
    const wasThere = look === 'there';
    look = found.state;
    if (found.state === 'missing') {
      identity = '';
      watch.stop();
      for (const folder of folders.values()) folder.stop({ report: true });
      folders.clear();
    }
    // What can't be read for a while is not gone: its sessions stay, and the watches too.
    if (found.state !== 'there') return tell();
    const isAnother = folderIdentity(found.stats) !== identity;
    identity = folderIdentity(found.stats);
    device = found.stats.dev;
    if (isAnother || !wasThere) await recogniseDisk();
    if (stopped) return;
    if (all || isAnother || !wasThere) disk.setLocal(!onNetwork);
    if (isAnother || (all && !watch.isOn())) watch.start();
    await checkFolders(new Set([...folders.keys(), ...found.folders]), all || !wasThere);
    if (stopped) return;
    walked = true;
    tell();
  }

  async function recogniseDisk(): Promise<void> {
    disk.setLocal(false);
    onNetwork = await disk.ask(() => isOnNetwork(root)).catch(() => false);
    if (!stopped) tell();
  }

  /** With `all`, the folders where something was made last come first: that is where people work. */
  async function checkFolders(paths: ReadonlySet<string>, all: boolean): Promise<void> {
    turn = (turn + 1) % quietTurns;
    const due = all || onNetwork ? [...paths] : [...paths].filter(isDue);
    const looks = await lookAtFolders(due);
    if (!all) {
      await Promise.all(looks.map((found) => take(found, false)));
      return;
    }
    const modifiedAt = ({ stats }: FolderNow) => stats?.mtimeMs ?? 0;
    const newestFirst = looks.toSorted((one, other) => modifiedAt(other) - modifiedAt(one));
    await inParallel(newestFirst, foldersAtOnce, async (found) => {
      await take(found, true);
    });
  }

  /** A folder that has its watch and where nobody works needs the net less: it is looked at in every fourth sweep. */
  function isDue(folder: string, index: number): boolean {
    const known = folders.get(folder);
    return known === undefined || !known.isQuiet() || index % quietTurns === turn;
  }

  async function lookAtFolders(paths: readonly string[]): Promise<readonly FolderNow[]> {
    const looks: (FolderNow | Promise<FolderNow>)[] = [];
    const near = paths.filter((folder) => !farFolders.has(folder));
    const left = await disk.quick.lstatEach(near, (folder, answer) => looks.push(followLink(folder, answer)));
    const others = [...left, ...paths.filter((folder) => farFolders.has(folder))];
    return Promise.all([...looks, ...others.map(lookAtFolder)]);
  }

  async function lookAtFolder(folder: string): Promise<FolderNow> {
    if (farFolders.has(folder)) return followFar(folder);
    return followLink(folder, await disk.quick.lstat(folder).catch((error: NodeJS.ErrnoException) => error));
  }

  /** A link and a folder that is a disk of its own may lead to a drive that hangs: they are asked with patience. */
  function followLink(folder: string, answer: LstatAnswer): FolderNow | Promise<FolderNow> {
    const isNear = answer instanceof Error || (answer.dev === device && !answer.isSymbolicLink());
    if (isNear) return folderFrom(folder, answer);
    farFolders.add(folder);
    return followFar(folder);
  }

  async function followFar(folder: string): Promise<FolderNow> {
    return folderFrom(folder, await disk.stat(folder).catch((error: NodeJS.ErrnoException) => error));
  }

  function folderFrom(folder: string, answer: LstatAnswer): FolderNow {
    if (answer instanceof Error && !isGone(answer)) {
      closedFolders.add(folder);
      if (!stopped) troubles.folderUnreadable(folder, answer);
      return { folder, stats: undefined };
    }
    if (closedFolders.delete(folder)) troubles.folderReadable(folder);
    return { folder, stats: !(answer instanceof Error) && answer.isDirectory() ? answer : null };
  }

  function take({ folder, stats }: FolderNow, all: boolean): Promise<void> | null {
    if (stopped || stats === undefined) return null;
    const known = folders.get(folder);
    if (stats === null) {
      known?.stop({ report: true });
      folders.delete(folder);
      return null;
    }
    const onStir = () => void follow(folder, { all: true });
    const questions = farFolders.has(folder) ? disk : disk.quick;
    const projectFolder = known ?? followProjectFolder({ folder, disk: questions, onStir }, context);
    folders.set(folder, projectFolder);
    return projectFolder.refresh(stats, { all, onNetwork });
  }

  async function follow(folder: string, { all }: { readonly all: boolean }): Promise<void> {
    if (stopped || look !== 'there') return;
    await take(await lookAtFolder(folder), all);
  }

  function tell(): void {
    const state = stateNow();
    if (state === null) return;
    const sessionFiles =
      walked && look === 'there' ? [...folders.values()].reduce((sum, folder) => sum + folder.fileCount(), 0) : null;
    const health: RootHealth = { path: root, source, state, sessionFiles };
    const words = JSON.stringify(health);
    if (words === told) return;
    told = words;
    onRoot(health);
  }

  function stateNow(): RootHealth['state'] | null {
    if (disk.isSlow()) return 'slow';
    if (look !== 'there') return look;
    const isWatched = watch.isOn() && [...folders.values()].every((folder) => folder.hasItsWatch());
    return onNetwork || (walked && !isWatched) ? 'polling' : 'watching';
  }

  async function lookAtRoot(all: boolean): Promise<RootLook> {
    try {
      const stats = await disk.stat(root);
      const isListed = stats.mtimeMs === listed.atMtimeMs && folderIdentity(stats) === identity;
      if (all || onNetwork || !isListed) listed = await listRoot(stats);
      return { state: 'there', stats, folders: listed.folders };
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return { state: isMissing ? 'missing' : 'unreadable' };
    }
  }

  async function listRoot({ mtimeMs }: Stats): Promise<typeof listed> {
    const entries = await disk.entries(root);
    const isOfInterest = (entry: Dirent) => entry.isDirectory() || entry.isSymbolicLink();
    const paths = entries.filter(isOfInterest).map((entry) => root + path.sep + entry.name);
    return { atMtimeMs: now() - mtimeMs < coarseClockMs ? -1 : mtimeMs, folders: paths };
  }

  return {
    check,
    files: () => [...folders.values()].flatMap((folder) => folder.files()),
    stop() {
      stopped = true;
      undoSlowness();
      place.stop();
      watch.stop();
      for (const folder of folders.values()) folder.stop();
      folders.clear();
    },
  };
}
