import path from 'node:path';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import { finishUnfinishedExports } from '../export/unfinished-exports.js';
import type { AskRoots } from '../sessions/ask-roots.js';
import { listSessionFiles, sessionIdOf } from '../sessions/session-file.js';
import type { Log } from '../support/log.js';
import { lastExportOf } from '../views/daemon-state.js';
import { readDaemonState } from './daemon-state-file.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';

/** Completes or sets aside what a crash left in the pending folder. False where that could not be done: a problem until it can. */
export async function finishCrashed(options: {
  layout: ArchiveLayout;
  askRoots: AskRoots;
  now: () => Date;
  appVersion: string;
  log: Log;
  problems: ProblemList;
  /** This segment alone. */
  only?: string;
}): Promise<boolean> {
  const { layout, askRoots, now, appVersion, log, problems, only } = options;
  async function findSources(prefix: string) {
    const files = (await askRoots((root) => listSessionFiles(root).catch(() => []))).flat();
    const fitting = files.filter(({ id }) => id.toLowerCase().startsWith(prefix.toLowerCase()));
    return fitting.map(({ id, path: file }) => ({ sessionId: id, path: file }));
  }
  try {
    const folders = { exportsPending: layout.exportsPending, exportsArchive: layout.exportsArchive };
    const request = {
      folders,
      setAside: layout.setAside,
      findSources,
      now,
      appVersion,
      log: log.info,
      ...(only !== undefined && { only }),
    };
    const { setAside } = await finishUnfinishedExports(request);
    problems.clear('exports-unreadable');
    if (setAside.length === 0) return true;
    problems.report({
      code: 'exports-set-aside',
      message: `Unfinished exports of an earlier run were set aside: ${setAside.join(', ')}.`,
      mend: `Look at them in ${layout.setAside}; what they hold is exported again from the session.`,
    });
    return true;
  } catch (error) {
    problems.report({
      code: 'exports-unreadable',
      message: `The pending exports could not be looked through: ${error instanceof Error ? error.message : String(error)}`,
      mend: `Check the permissions of ${layout.exportsPending}.`,
    });
    return false;
  }
}

/** The daemon's last export starts the cooldown of its session, so that nothing is exported twice in a row. Done at the very first start, and when the app takes over from a daemon (`again`). */
export async function takeDaemonState(options: {
  file: string;
  saved: SavedState;
  log: Log;
  again: boolean;
}): Promise<void> {
  const { file, saved, log } = options;
  if (saved.daemonStateTaken() && !options.again) return;
  try {
    const state = await readDaemonState(file);
    const lastExport = lastExportOf(state);
    const sessionFile = typeof state === 'object' && state !== null ? Reflect.get(state, 'session_file') : null;
    const sessionId = typeof sessionFile === 'string' ? sessionIdOf(path.basename(sessionFile)) : null;
    if (lastExport && sessionId) {
      saved.remember(sessionId, { ...saved.memoryOf(sessionId), cooldownFrom: lastExport.toISOString() });
      log.info(`The daemon's last export of ${sessionId} was at ${lastExport.toISOString()}; its cooldown is kept.`);
    }
    saved.takeDaemonState();
  } catch (error) {
    log.warn(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
