import type { EngineSource, ShellEngine } from './engine-source.js';

/** A problem of the shell's own, for the popover. */
interface ShellProblem {
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}

/** Keeps the shell's problems in the state, whichever engine is the current one. */
export interface ShellProblems {
  readonly set: (problem: ShellProblem) => void;
  readonly clear: (code: string) => void;
  /** Tells an engine that was swapped in what it doesn't know yet. */
  readonly carryOver: () => void;
}

/** Starts with no problem. */
export function keepShellProblems(engine: EngineSource): ShellProblems {
  const problems = new Map<string, ShellProblem>();
  let told: ShellEngine = engine.current();
  const report = (problem: ShellProblem): void => engine.current().reportProblem(problem);
  return {
    set: (problem) => {
      problems.set(problem.code, problem);
      report(problem);
    },
    clear: (code) => {
      if (problems.delete(code)) engine.current().clearProblem(code);
    },
    carryOver: () => {
      if (told === engine.current()) return;
      told = engine.current();
      for (const problem of problems.values()) report(problem);
    },
  };
}
