import type { AppState } from '../../shared/app-state.js';
import { keepDaemonStateFile } from './daemon-state-file.js';
import { watchDaemon } from './daemon-watch.js';
import type { EngineOptions } from './engine-contract.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';
import { takeDaemonState } from './start-up.js';
import { tellDaemonState } from './tell-problems.js';

/** All that has to do with the Python daemon: whether one lives, its end, and the state file that other tools read. */
export interface DaemonWork {
  /** Of the live daemon, which then does the exporting; null where there is none. */
  readonly pid: () => number | null;
  /** Takes over from an earlier daemon what it knew, before the first export. Does nothing while one lives. */
  readonly begin: () => Promise<void>;
  /** Looks whether the daemon has ended by itself, or one has started meanwhile. */
  readonly check: () => Promise<void>;
  /** Ends it at the user's wish; false where it does not end, which becomes a problem. */
  readonly end: () => Promise<boolean>;
  /** Brings the state file up to date; a live daemon writes it itself. */
  readonly writeState: (state: AppState) => void;
  /** Writes the state file one last time. Never throws. */
  readonly close: (state: AppState) => Promise<void>;
}

/** Wires the watch of the daemon: `pause` ends what the engine does in its place, `takeOver` begins that. */
export function wireDaemon(options: {
  engine: EngineOptions;
  saved: SavedState;
  problems: ProblemList;
  pause: () => void;
  takeOver: () => Promise<void>;
}): DaemonWork {
  const { engine, saved, problems, pause, takeOver } = options;
  const { paths, log, now } = engine;
  const daemon = watchDaemon({
    first: engine.daemonPid,
    pidFile: paths.pidFile,
    onStarted(pid) {
      log.warn(`A Python daemon has started (PID ${pid}) and exports the same sessions: from now on only watching.`);
      pause();
    },
    async onEnded() {
      log.info('The Python daemon has ended; exporting from now on.');
      await engine.onDaemonEnded();
      await takeDaemonState({ file: paths.stateFile, saved, log, again: true });
      await takeOver();
    },
  });
  const stateFile = keepDaemonStateFile({
    file: paths.stateFile,
    now,
    onFault: (error) => tellDaemonState(problems, error, paths),
  });

  return {
    pid: daemon.pid,
    async begin() {
      if (daemon.pid() === null) await takeDaemonState({ file: paths.stateFile, saved, log, again: false });
    },
    check: daemon.check,
    async end() {
      const pid = daemon.pid();
      const ended = await daemon.end();
      if (ended.kind === 'failed') {
        const mend = `End the process ${pid ?? ''} yourself; exporting begins when it has ended.`;
        problems.report({ code: 'daemon-survives', message: ended.message, mend });
        return false;
      }
      problems.clear('daemon-survives');
      return true;
    },
    writeState(state) {
      if (daemon.pid() === null) stateFile.update(state);
    },
    async close(state) {
      if (daemon.pid() === null) await stateFile.close(state);
    },
  };
}
