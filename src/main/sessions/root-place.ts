import type { Stats } from 'node:fs';
import path from 'node:path';
import { folderIdentity } from './folder-identity.js';
import { createFolderWatch, type FolderWatch, type StartWatch } from './folder-watch.js';
import type { RootDisk } from './root-disk.js';
import type { TroubleReporter } from './watch-trouble.js';

/** Watches the place where a root is or may appear: the nearest folder above it that exists. */
export interface RootPlace {
  /** Moves the watch to the folder that is the nearest now; call it before looking at the root. */
  readonly aim: () => Promise<void>;
  readonly stop: () => void;
}

/** `onStir` says that the root may have come, gone (`replaced`: it may be another folder now) or changed its permissions. */
export function watchRootPlace(
  root: string,
  {
    disk,
    startWatch,
    troubles,
    onStir,
  }: {
    readonly disk: RootDisk;
    readonly startWatch: StartWatch;
    readonly troubles: TroubleReporter;
    readonly onStir: (what: { readonly replaced: boolean }) => void;
  },
): RootPlace {
  let watch: FolderWatch | null = null;
  let watchedFolder = '';
  let watchedIdentity = '';
  let stopped = false;

  function onEvent(above: string, event: string, name: string | null): void {
    const next = path.relative(above, root).split(path.sep)[0];
    const isOfInterest = name === null || name === next || name === path.basename(above);
    if (isOfInterest && !stopped) onStir({ replaced: event === 'rename' });
  }

  return {
    async aim() {
      const { folder, stats } = await nearestFolderAbove(root, disk);
      const identity = stats === null ? '' : folderIdentity(stats);
      const isSame = folder === watchedFolder && identity === watchedIdentity;
      if (stopped || (isSame && watch?.isOn() === true)) return;
      const before = watch;
      if (watch === null || folder !== watchedFolder) {
        watch = createFolderWatch(folder, {
          startWatch,
          troubles,
          onEvent: (event, name) => onEvent(folder, event, name),
        });
      }
      watchedFolder = folder;
      watchedIdentity = identity;
      watch.start();
      if (before !== watch) before?.stop();
    },
    stop() {
      stopped = true;
      watch?.stop();
    },
  };
}

async function nearestFolderAbove(
  root: string,
  disk: RootDisk,
): Promise<{ readonly folder: string; readonly stats: Stats | null }> {
  const folder = path.dirname(root);
  const stats = await disk.stat(folder).catch(() => null);
  const isTop = folder === root || path.dirname(folder) === folder;
  return stats?.isDirectory() === true || isTop ? { folder, stats } : nearestFolderAbove(folder, disk);
}
