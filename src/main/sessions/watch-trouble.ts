/**
 * Something that keeps changes from being seen at once; the sweep then catches them. `watches-exhausted`: the system
 * gives no more watches (`ENOSPC`, `EMFILE`). `watch-failed`: it can't watch there, as on some network drives.
 * `folder-unreadable`: a project folder is closed to us. A null message: it is over.
 */
export interface WatchTrouble {
  readonly code: 'watches-exhausted' | 'watch-failed' | 'folder-unreadable';
  readonly message: string | null;
  /** The folder, where it is about one. */
  readonly path: string | null;
}

/** Gathers the troubles of many folders, so that each is told once when it starts and once when it is over. */
export interface TroubleReporter {
  /** A watch on `folder` could not be had or broke. */
  readonly watchFailed: (folder: string, error: unknown) => void;
  readonly folderUnreadable: (folder: string, error: unknown) => void;
  /** `folder` is watched again, or nobody wants it watched any more. */
  readonly watchMended: (folder: string) => void;
  readonly folderReadable: (folder: string) => void;
}

/** Tells `onTrouble` of a shortage of watches once for all folders, of an unreadable folder once for each. */
export function createTroubleReporter(onTrouble: (trouble: WatchTrouble) => void): TroubleReporter {
  const unwatched = { 'watches-exhausted': new Set<string>(), 'watch-failed': new Set<string>() };
  const unreadable = new Set<string>();

  return {
    watchFailed(folder, error) {
      const code = isExhaustion(error) ? 'watches-exhausted' : 'watch-failed';
      const folders = unwatched[code];
      const isFirst = folders.size === 0;
      folders.add(folder);
      if (isFirst) onTrouble({ code, message: messageOf(error), path: code === 'watch-failed' ? folder : null });
    },
    folderUnreadable(folder, error) {
      if (unreadable.has(folder)) return;
      unreadable.add(folder);
      onTrouble({ code: 'folder-unreadable', message: messageOf(error), path: folder });
    },
    watchMended(folder) {
      for (const code of ['watches-exhausted', 'watch-failed'] as const) {
        const folders = unwatched[code];
        if (folders.delete(folder) && folders.size === 0) onTrouble({ code, message: null, path: null });
      }
    },
    folderReadable(folder) {
      if (unreadable.delete(folder)) onTrouble({ code: 'folder-unreadable', message: null, path: folder });
    },
  };
}

function isExhaustion(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EMFILE');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
