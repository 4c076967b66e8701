import type { Problem } from '../../shared/app-state.js';

/** A problem as it is reported; the list adds since when. */
export type ReportedProblem = Omit<Problem, 'since' | 'sessionId'> & { readonly sessionId?: string | null };

/** What is wrong now. A cause (code and session) stands in the list once, from its first report until it is cleared. */
export interface ProblemList {
  readonly all: () => readonly Problem[];
  readonly report: (problem: ReportedProblem) => void;
  readonly clear: (code: string, sessionId?: string | null) => void;
}

/** Makes an empty list. `onNew` is called once per cause, for the log; `onChange` after every change. */
export function keepProblems(options: {
  now: () => Date;
  onNew: (problem: Problem) => void;
  onChange: () => void;
}): ProblemList {
  let problems: readonly Problem[] = [];
  const isOf = (code: string, sessionId: string | null) => (problem: Problem) =>
    problem.code === code && problem.sessionId === sessionId;
  return {
    all: () => problems,
    report({ code, message, mend, sessionId = null }) {
      const known = problems.find(isOf(code, sessionId));
      if (known?.message === message && known.mend === mend) return;
      const problem = { code, message, mend, sessionId, since: known?.since ?? options.now().toISOString() };
      problems = known ? problems.map((other) => (other === known ? problem : other)) : [...problems, problem];
      options.onNew(problem);
      options.onChange();
    },
    clear(code, sessionId = null) {
      if (!problems.some(isOf(code, sessionId))) return;
      const isCleared = isOf(code, sessionId);
      problems = problems.filter((problem) => !isCleared(problem));
      options.onChange();
    },
  };
}

/** Hands back a function that brings the list up to date with what `source` says is wrong now. */
export function mirrorProblems(source: () => readonly Problem[], problems: ProblemList): () => void {
  let mirrored: readonly Problem[] = [];
  return () => {
    const current = source();
    for (const { code } of mirrored) if (!current.some((problem) => problem.code === code)) problems.clear(code);
    for (const problem of current) problems.report(problem);
    mirrored = current;
  };
}
