import type { NewAppEvent } from '../../shared/app-state.js';
import type { ProblemList, ReportedProblem } from './problem-list.js';
import type { SavedState } from './saved-state.js';

/** The list of problems for who watches, with an ear for those that last. */
export interface DegradedWatching {
  readonly problems: ProblemList;
  readonly stop: () => void;
}

/** What is over sooner, such as a drive that wakes up, is nobody's business. */
const patienceMs = 30_000;
/** The same trouble, again and again, is told so often at most. */
const quietMs = 6 * 3_600_000;
/** What is found within this time of the start was there before it. */
const startMs = 2 * 60_000;

/**
 * Makes an event of each problem of watching that lasts: once from its report to its end, over restarts too, and not
 * again within six hours. Nothing runs while there is no such problem.
 */
export function announceDegradedWatching(options: {
  readonly problems: ProblemList;
  readonly saved: Pick<SavedState, 'watchingTold' | 'setWatchingTold'>;
  readonly addEvent: (event: NewAppEvent) => void;
  readonly now: () => Date;
}): DegradedWatching {
  const { problems, saved, addEvent, now } = options;
  const startedMs = now().getTime();
  const waiting = new Map<string, NodeJS.Timeout>();

  function isListed(code: string): boolean {
    return problems.all().some((one) => one.code === code);
  }

  /** Told of before and not over since, or told of a while ago. A time in the future (a clock set back) counts as past. */
  function isToldEnough(code: string): boolean {
    const told = saved.watchingTold()[code];
    if (told === undefined) return false;
    const passedMs = now().getTime() - Date.parse(told.at);
    const isSame = !told.isOver && now().getTime() - startedMs < startMs;
    return isSame || (passedMs >= 0 && passedMs < quietMs);
  }

  function tell(code: string): void {
    waiting.delete(code);
    const problem = problems.all().find((one) => one.code === code);
    if (problem === undefined) return;
    mark(code, { at: now().toISOString(), isOver: false });
    addEvent({ kind: 'watching-degraded', message: problem.message, mend: problem.mend });
  }

  function mark(code: string, told: { readonly at: string; readonly isOver: boolean }): void {
    saved.setWatchingTold({ ...saved.watchingTold(), [code]: told });
  }

  function report(problem: ReportedProblem): void {
    const isNew = !isListed(problem.code);
    problems.report(problem);
    if (!isNew || isToldEnough(problem.code)) return;
    const timer = setTimeout(() => tell(problem.code), patienceMs);
    timer.unref();
    waiting.set(problem.code, timer);
  }

  function clear(code: string, sessionId?: string | null): void {
    // Each look clears what it doesn't find: that ends nothing.
    if (!isListed(code)) return;
    problems.clear(code, sessionId);
    clearTimeout(waiting.get(code));
    waiting.delete(code);
    const told = saved.watchingTold()[code];
    if (told?.isOver === false) mark(code, { ...told, isOver: true });
  }

  return {
    problems: { all: problems.all, report, clear },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
