import { watch, type FSWatcher } from 'node:fs';
import { isGone } from './session-file.js';
import type { TroubleReporter } from './watch-trouble.js';

/** Starts a watch on the entries of one folder, as `fs.watch` does; throws where the system refuses. */
export type StartWatch = (folder: string, onEvent: (event: string, name: string | null) => void) => FSWatcher;

/** A plain `fs.watch` on one folder, not on what lies below it. */
export const startFolderWatch: StartWatch = (folder, onEvent) => watch(folder, onEvent);

/** A watch on one folder that can be lost and had again. */
export interface FolderWatch {
  readonly isOn: () => boolean;
  /** Watches what is now at the folder's path; a failure is reported and leaves it off. */
  readonly start: () => void;
  readonly stop: () => void;
}

/** A watch that is off as yet. `onEvent` gets the kind of event and the entry's name, null where the system doesn't tell it. */
export function createFolderWatch(
  folder: string,
  {
    startWatch,
    troubles,
    onEvent,
  }: {
    readonly startWatch: StartWatch;
    readonly troubles: TroubleReporter;
    readonly onEvent: (event: string, name: string | null) => void;
  },
): FolderWatch {
  let watcher: FSWatcher | null = null;

  function close(): void {
    watcher?.close();
    watcher = null;
  }

  return {
    isOn: () => watcher !== null,
    start() {
      close();
      try {
        const started = startWatch(folder, onEvent);
        started.on('error', (error) => {
          if (watcher !== started) return;
          close();
          troubles.watchFailed(folder, error);
        });
        watcher = started;
        troubles.watchMended(folder);
      } catch (error) {
        // A folder that is gone has no watch, and that is all right.
        if (!isGone(error)) troubles.watchFailed(folder, error);
      }
    },
    stop() {
      close();
      troubles.watchMended(folder);
    },
  };
}
