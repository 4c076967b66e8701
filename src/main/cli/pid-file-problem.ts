import type { Problem } from '../../shared/app-state.js';
import type { Engine } from '../engine/engine-contract.js';
import { StorageError } from '../export/storage-error.js';

const code = 'pid-file-unwritable';

/** Carries what is wrong with the pid file to the engine, which starts only after the first attempt to write it. */
export interface PidFileProblem {
  readonly onFault: (error: Error | null) => void;
  /** For the engine's start. */
  readonly startProblems: () => readonly Problem[];
  /** From now on the engine hears of each change itself. */
  readonly attach: (engine: Pick<Engine, 'reportProblem' | 'clearProblem'>) => void;
}

/** Starts with no problem. */
export function carryPidFileProblem(now: () => Date): PidFileProblem {
  let problem: Problem | null = null;
  let engine: Pick<Engine, 'reportProblem' | 'clearProblem'> | null = null;

  function tell(): void {
    if (problem) engine?.reportProblem(problem);
    else engine?.clearProblem(code);
  }

  return {
    onFault(error) {
      problem = error && problemOf(error, problem?.since ?? now().toISOString());
      tell();
    },
    startProblems: () => (problem ? [problem] : []),
    attach(started) {
      engine = started;
      tell();
    },
  };
}

function problemOf(error: Error, since: string): Problem {
  const mend = error instanceof StorageError ? error.mend : 'Check the context storage folder.';
  return {
    code,
    message: `No pid file says that the app runs. ${error.message}`,
    mend: `${mend} It is tried again every few seconds.`,
    sessionId: null,
    since,
  };
}
