import type { Stats } from 'node:fs';
import path from 'node:path';
import { folderIdentity } from './folder-identity.js';
import { createFolderWatch, type StartWatch } from './folder-watch.js';
import type { FolderQuestions, LstatAnswer } from './root-disk.js';
import { idLength, isGone, sessionIdOf, type SessionFile } from './session-file.js';
import type { TroubleReporter } from './watch-trouble.js';

/** What a project folder needs of its surroundings. */
export interface ProjectFolderContext {
  readonly onFile: (file: SessionFile) => void;
  readonly onGone: (path: string) => void;
  readonly troubles: TroubleReporter;
  readonly startWatch: StartWatch;
  readonly now: () => number;
}

/** What one project folder is told beside that. */
export interface ProjectFolderPlace {
  readonly folder: string;
  readonly disk: FolderQuestions;
  /** The folder itself has changed, or something in it whose name isn't told: it is to be refreshed. */
  readonly onStir: () => void;
}

/** What is kept of every file, of ten thousand as of one: no more than what tells that it has changed. */
type FileFacts = Pick<SessionFile, 'sizeBytes' | 'modifiedAtMs' | 'inode'>;

/** How thoroughly a folder is looked at. */
export interface LookOptions {
  /** Every file, not only those that something speaks for. */
  readonly all: boolean;
  /** Changes may come without an event: the folder is listed each time, and watched only while files in it are written to. */
  readonly onNetwork: boolean;
}

/** Follows the session files of one project folder. */
export interface ProjectFolder {
  /**
   * Looks for what events have missed, given what the folder is now: a changed folder is listed again, files that were
   * written to lately are looked at. Where no watch can be had the other files take turns. Null when there is nothing to look for.
   */
  readonly refresh: (stats: Stats, options: LookOptions) => Promise<void> | null;
  readonly fileCount: () => number;
  /** Its session files as they were when they were last looked at. */
  readonly files: () => readonly SessionFile[];
  /** False where events are missed because no watch could be had; a folder that is closed to us is told of otherwise. */
  readonly hasItsWatch: () => boolean;
  /** It is watched, and nothing in it was written to lately. */
  readonly isQuiet: () => boolean;
  /** Ends it; with `report` its files are reported as gone. */
  readonly stop: (options?: { readonly report: boolean }) => void;
}

/** A second look at a file, after its event: a write right after the first look may bring no event of its own. */
const secondLookMs = 75;
/** Files written to within this time are looked at in every sweep. */
const recentMs = 12 * 60 * 60 * 1000;
/** Within this time of a listing a folder can change without a new modification time. */
const coarseClockMs = 2000;
/** Without a watch, a file that nobody wrote to lately is looked at in every sixth sweep. */
const turns = 6;

/** Starts nothing until the first `refresh`, which watches the folder and then reports every file in it. */
export function followProjectFolder(
  { folder, disk, onStir }: ProjectFolderPlace,
  { onFile, onGone, troubles, startWatch, now }: ProjectFolderContext,
): ProjectFolder {
  const known = new Map<string, FileFacts>();
  const looking = new Map<string, Promise<void>>();
  const lookAgain = new Set<string>();
  const secondLooks = new Map<string, NodeJS.Timeout>();
  let identity = '';
  let listedAtMtimeMs = -1;
  let newestModifiedAtMs = 0;
  let wantsWatch = false;
  let turn = 0;
  let failure: unknown = null;
  let stopped = false;

  const watch = createFolderWatch(folder, {
    startWatch,
    troubles,
    onEvent(_event, name) {
      if (stopped) return;
      if (name === null || name === path.basename(folder)) onStir();
      else if (sessionIdOf(name) !== null) seeTwice(name);
    },
  });

  /** Of a name that is a session's. */
  const fileFrom = (name: string, facts: FileFacts): SessionFile => ({
    id: name.slice(0, idLength),
    path: pathOf(name),
    folder,
    ...facts,
  });
  const pathOf = (name: string) => folder + path.sep + name;
  const nameOf = (file: string) => file.slice(folder.length + 1);

  function seeTwice(name: string): void {
    void see(name);
    const timer = secondLooks.get(name);
    if (timer !== undefined) {
      timer.refresh();
      return;
    }
    const lookOnce = () => {
      secondLooks.delete(name);
      void see(name);
    };
    secondLooks.set(name, setTimeout(lookOnce, secondLookMs));
  }

  /** One look at a time for each file, so that an older answer never comes after a newer one. */
  function see(name: string): Promise<void> {
    const running = looking.get(name);
    if (running !== undefined) {
      lookAgain.add(name);
      return running;
    }
    const settle = () => {
      looking.delete(name);
      return lookAgain.delete(name) && !stopped ? see(name) : undefined;
    };
    const run = disk
      .lstat(pathOf(name))
      .catch((error: NodeJS.ErrnoException) => error)
      .then((answer) => {
        takeAnswer(name, answer);
        return settle();
      });
    looking.set(name, run);
    return run;
  }

  /** Many at once where the disk is quick: each answer is taken in the moment it is had, so none is older than it looks. */
  async function seeAll(names: readonly string[]): Promise<void> {
    const left = await disk.lstatEach(names.map(pathOf), (file, answer) => takeAnswer(nameOf(file), answer));
    await Promise.all(left.map((file) => see(nameOf(file))));
  }

  function takeAnswer(name: string, answer: LstatAnswer): void {
    if (!(answer instanceof Error)) take(name, answer);
    else if (isGone(answer)) take(name, null);
    else failure = answer;
  }

  function take(name: string, stats: Stats | null): void {
    if (stopped) return;
    if (stats === null || !stats.isFile()) return forget(name);
    const before = known.get(name);
    if (before !== undefined && !isChanged(before, stats)) return;
    const facts = { sizeBytes: stats.size, modifiedAtMs: stats.mtimeMs, inode: stats.ino };
    known.set(name, facts);
    newestModifiedAtMs = Math.max(newestModifiedAtMs, facts.modifiedAtMs);
    onFile(fileFrom(name, facts));
  }

  function forget(name: string): void {
    if (known.delete(name)) onGone(pathOf(name));
  }

  function refresh(stats: Stats, { all, onNetwork }: LookOptions): Promise<void> | null {
    if (stopped) return null;
    const recentFrom = now() - recentMs;
    const isLively = newestModifiedAtMs >= recentFrom;
    const isAnother = folderIdentity(stats) !== identity;
    const everything = all || isAnother || failure !== null;
    identity = folderIdentity(stats);
    aimWatch(!onNetwork || isLively, { isAnother, all });
    const takesTurns = !everything && !onNetwork && !watch.isOn();
    turn = (turn + 1) % turns;
    const isDue = (file: FileFacts, index: number) =>
      everything || file.modifiedAtMs >= recentFrom || (takesTurns && index % turns === turn);
    const hasDue = everything || isLively || takesTurns;
    const due = hasDue ? [...known].filter(([, file], index) => isDue(file, index)).map(([name]) => name) : [];
    const mustList = everything || onNetwork || stats.mtimeMs !== listedAtMtimeMs;
    if (!mustList && due.length === 0) return null;
    return look(due, mustList ? stats : null);
  }

  function aimWatch(wanted: boolean, { isAnother, all }: { readonly isAnother: boolean; readonly all: boolean }): void {
    const isNewWish = wanted && !wantsWatch;
    wantsWatch = wanted;
    if (!wanted) watch.stop();
    else if (isAnother || isNewWish || (all && !watch.isOn())) watch.start();
  }

  async function look(due: readonly string[], listing: Stats | null): Promise<void> {
    failure = null;
    const changed = listing === null ? [] : await list(listing);
    await seeAll([...new Set([...due, ...changed])]);
    if (stopped) return;
    if (failure === null) troubles.folderReadable(folder);
    else troubles.folderUnreadable(folder, failure);
  }

  /** The names that came or went since the listing before. Only a look settles it: a name may be back by now. */
  async function list(stats: Stats): Promise<readonly string[]> {
    try {
      const entries = await disk.names(folder).catch((error: unknown) => {
        if (isGone(error)) return [];
        throw error;
      });
      const names = new Set(entries.filter((name) => sessionIdOf(name) !== null));
      listedAtMtimeMs = now() - stats.mtimeMs < coarseClockMs ? -1 : stats.mtimeMs;
      return [
        ...[...names].filter((name) => !known.has(name)),
        ...[...known.keys()].filter((name) => !names.has(name)),
      ];
    } catch (error) {
      failure = error;
      return [];
    }
  }

  return {
    refresh,
    fileCount: () => known.size,
    files: () => [...known].map(([name, facts]) => fileFrom(name, facts)),
    hasItsWatch: () => !wantsWatch || watch.isOn() || failure !== null,
    isQuiet: () => watch.isOn() && failure === null && newestModifiedAtMs < now() - recentMs,
    stop({ report } = { report: false }) {
      watch.stop();
      for (const timer of secondLooks.values()) clearTimeout(timer);
      secondLooks.clear();
      troubles.folderReadable(folder);
      if (report && !stopped) for (const name of known.keys()) forget(name);
      stopped = true;
    },
  };
}

function isChanged(before: FileFacts, now: Stats): boolean {
  return before.sizeBytes !== now.size || before.modifiedAtMs !== now.mtimeMs || before.inode !== now.ino;
}
