import { statSync } from 'node:fs';
import path from 'node:path';
import { createFolderWatch, startFolderWatch, type StartWatch } from './folder-watch.js';
import { createTroubleReporter, type WatchTrouble } from './watch-trouble.js';

/** A watch on which clients run and what they wait for. */
export interface RunningClientsWatch {
  /** To be called with every sweep: begins to watch a folder that has come or was made again, and tries again where the system refused. */
  readonly check: () => void;
  readonly stop: () => void;
}

/** The client writes a change in two or three steps. */
const settleMs = 20;

/**
 * Calls `onChange` within some 20 ms when a client starts, ends or changes what it does, by a plain watch on
 * `<config folder>/sessions`. Where there is no such folder, or none can be watched (`onTrouble` is told), nothing
 * comes: looking again with every sweep is what makes up for it.
 */
export function watchRunningClients(
  configFolder: string,
  onChange: () => void,
  {
    onTrouble = () => undefined,
    startWatch = startFolderWatch,
  }: { readonly onTrouble?: (trouble: WatchTrouble) => void; readonly startWatch?: StartWatch } = {},
): RunningClientsWatch {
  const folder = path.join(configFolder, 'sessions');
  let timer: NodeJS.Timeout | undefined;
  let watched: string | null = null;

  const watch = createFolderWatch(folder, {
    startWatch,
    troubles: createTroubleReporter(onTrouble),
    onEvent(_event, name) {
      if (name !== null && !/^\d+\.json$/.test(name)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        onChange();
      }, settleMs);
    },
  });

  function check(): void {
    const facts = statSync(folder, { throwIfNoEntry: false, bigint: true });
    const identity = facts === undefined ? null : `${facts.dev}/${facts.ino}`;
    if (identity === watched && (identity === null || watch.isOn())) return;
    watched = identity;
    if (identity === null) watch.stop();
    else watch.start();
  }

  check();
  return {
    check,
    stop() {
      clearTimeout(timer);
      watch.stop();
    },
  };
}
