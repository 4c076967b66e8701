import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { folderIdentity } from './folder-identity.js';
import { createFolderWatch, type StartWatch } from './folder-watch.js';
import { sessionIdOf, statSessionFile, type SessionFile } from './session-file.js';
import type { TroubleReporter } from './watch-trouble.js';

/** What a project folder needs of its surroundings. */
export interface ProjectFolderContext {
  readonly onFile: (file: SessionFile) => void;
  readonly onGone: (path: string) => void;
  readonly troubles: TroubleReporter;
  readonly startWatch: StartWatch;
  readonly now: () => number;
}

/** Follows the session files of one project folder. */
export interface ProjectFolder {
  /**
   * Looks for what events have missed: a changed folder is listed again, files that were written to lately are looked
   * at, with `all` (and where there is no watch) every file. False: the folder is gone, and its files were reported so.
   */
  readonly refresh: (options: { readonly all: boolean }) => Promise<boolean>;
  /** Ends it; with `report` its files are reported as gone. */
  readonly stop: (options?: { readonly report: boolean }) => void;
}

/** A second look at a file, after its event: a write right after the first look may bring no event of its own. */
const secondLookMs = 75;
/** Files written to within this time are looked at in every sweep. */
const recentMs = 12 * 60 * 60 * 1000;
/** Within this time of a listing a folder can change without a new modification time. */
const coarseClockMs = 2000;

/** Starts nothing until the first `refresh`, which watches the folder and then reports every file in it. */
export function followProjectFolder(
  folder: string,
  { onFile, onGone, troubles, startWatch, now }: ProjectFolderContext,
): ProjectFolder {
  const known = new Map<string, SessionFile>();
  const looking = new Map<string, Promise<void>>();
  const lookAgain = new Set<string>();
  const secondLooks = new Map<string, NodeJS.Timeout>();
  let identity = '';
  let listedAtMtimeMs = -1;
  let failure: unknown = null;
  let stopped = false;

  const watch = createFolderWatch(folder, {
    startWatch,
    troubles,
    onEvent(_event, name) {
      if (stopped) return;
      if (name === null || name === path.basename(folder)) void refresh({ all: true });
      else if (sessionIdOf(name) !== null) seeTwice(name);
    },
  });

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
    const run = lookUntilSettled(name).finally(() => looking.delete(name));
    looking.set(name, run);
    return run;
  }

  async function lookUntilSettled(name: string): Promise<void> {
    lookAgain.delete(name);
    await look(name);
    if (lookAgain.has(name) && !stopped) await lookUntilSettled(name);
  }

  async function look(name: string): Promise<void> {
    let file: SessionFile | null;
    try {
      file = await statSessionFile(path.join(folder, name));
    } catch (error) {
      failure = error;
      return;
    }
    if (stopped) return;
    const before = known.get(name);
    if (file === null) forget(name);
    else if (before === undefined || isChanged(before, file)) {
      known.set(name, file);
      onFile(file);
    }
  }

  function forget(name: string): void {
    const file = known.get(name);
    if (known.delete(name) && file !== undefined) onGone(file.path);
  }

  function forgetAll(): void {
    for (const name of known.keys()) forget(name);
  }

  async function refresh({ all }: { readonly all: boolean }): Promise<boolean> {
    const stats = await stat(folder).catch(() => null);
    if (stopped) return true;
    if (stats === null || !stats.isDirectory()) {
      identity = '';
      watch.stop();
      forgetAll();
      return false;
    }
    const isAnother = folderIdentity(stats) !== identity;
    identity = folderIdentity(stats);
    if (isAnother || (all && !watch.isOn())) watch.start();
    const everything = all || isAnother || !watch.isOn();
    failure = null;
    const changed = everything || stats.mtimeMs !== listedAtMtimeMs ? await list(stats) : [];
    const recentFrom = now() - recentMs;
    const expected = [...known].filter(([, file]) => everything || file.modifiedAtMs >= recentFrom);
    await Promise.all([...new Set([...expected.map(([name]) => name), ...changed])].map(see));
    if (stopped) return true;
    if (failure === null) troubles.folderReadable(folder);
    else troubles.folderUnreadable(folder, failure);
    return true;
  }

  /** The names that came or went since the listing before. Only a look settles it: a name may be back by now. */
  async function list(stats: Stats): Promise<readonly string[]> {
    try {
      const names = new Set((await readdir(folder)).filter((name) => sessionIdOf(name) !== null));
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
    stop({ report } = { report: false }) {
      watch.stop();
      for (const timer of secondLooks.values()) clearTimeout(timer);
      secondLooks.clear();
      troubles.folderReadable(folder);
      if (report && !stopped) forgetAll();
      stopped = true;
    },
  };
}

function isChanged(before: SessionFile, after: SessionFile): boolean {
  return (
    before.sizeBytes !== after.sizeBytes || before.modifiedAtMs !== after.modifiedAtMs || before.inode !== after.inode
  );
}
