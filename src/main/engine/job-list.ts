import type { Job, JobKind, JobProgress, JobResult } from '../../shared/jobs.js';
import { StorageError } from '../export/storage-error.js';
import type { Log } from '../support/log.js';

/** What a job's work gets: the signal that ends it, and where it says how far it is, as often as it likes. */
export interface JobContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

/** What is to be run as a job. */
export interface JobPlan<Value> {
  readonly kind: JobKind;
  readonly sessionId?: string;
  readonly work: (context: JobContext) => Promise<Value>;
  /** What people are told of the value. */
  readonly resultOf: (value: Value) => JobResult;
  /** Begun by the app itself: it leaves the list when it has ended, unless it leaves something out or the user has cancelled it. */
  readonly isQuiet?: boolean;
}

/** The jobs that run, and those whose result was not dismissed yet: one of each kind, the latest. */
export interface JobList {
  readonly all: () => readonly Job[];
  readonly isRunning: (kind: JobKind) => boolean;
  /** Runs work as a job, and hands on what comes of it. A failure becomes its result, and rejects as well. */
  readonly run: <Value>(plan: JobPlan<Value>) => Promise<Value>;
  /** Ends a job; it says so once it has undone what was half-done. */
  readonly cancel: (id: number) => void;
  /** Takes the result of a job that has ended off the list. */
  readonly dismiss: (id: number) => void;
  /** Cancels all that runs, and resolves when it has ended. */
  readonly stop: () => Promise<void>;
}

interface RunningJob {
  job: Job;
  readonly control: AbortController;
  readonly ended: Promise<unknown>;
}

/** The pause between two words on the progress of all jobs together. */
const pauseMs = 150;
const noJobs: readonly Job[] = [];

/** Makes the list. `onChange` is called at once when a job begins, is cancelled or ends, and now and then as it goes on. */
export function keepJobs({ onChange, log }: { readonly onChange: () => void; readonly log: Log }): JobList {
  const running = new Map<number, RunningJob>();
  const ended = new Map<JobKind, Job>();
  let lastId = 0;
  let timer: NodeJS.Timeout | null = null;

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      timer = null;
      onChange();
    }, pauseMs).unref();
  }

  /** Later rounds of the same work begin at 0 again: what was done before stays done. */
  function progressOf(id: number): (progress: JobProgress) => void {
    let [before, last] = [0, 0];
    return ({ done, total, bytes }) => {
      if (done < last) before += last;
      last = done;
      const one = running.get(id);
      if (!one) return;
      one.job = { ...one.job, done: before + done, total: total === null ? null : before + total, bytes };
      tellSoon();
    };
  }

  function end(id: number, result: JobResult, isQuiet: boolean): void {
    const one = running.get(id);
    if (!one) return;
    running.delete(id);
    const isByUser = one.job.state === 'stopping';
    const says = !isQuiet || (result.kind === 'cancelled' ? isByUser : hasTroubles(result));
    if (says) ended.set(one.job.kind, { ...one.job, state: 'ended', result });
    onChange();
  }

  function cancel(id: number): void {
    const one = running.get(id);
    if (!one || one.job.state !== 'running') return;
    one.job = { ...one.job, state: 'stopping' };
    one.control.abort(new Error('Cancelled.'));
    onChange();
  }

  async function run<Value>({ kind, sessionId, work, resultOf, isQuiet = false }: JobPlan<Value>): Promise<Value> {
    lastId += 1;
    const id = lastId;
    const control = new AbortController();
    const job: Job = {
      id,
      kind,
      sessionId: sessionId ?? null,
      state: 'running',
      done: 0,
      total: null,
      bytes: null,
      result: null,
    };
    ended.delete(kind);
    const value = Promise.resolve().then(() => work({ signal: control.signal, onProgress: progressOf(id) }));
    running.set(id, { job, control, ended: value.catch(() => undefined) });
    onChange();
    try {
      const made = await value;
      end(id, resultOf(made), isQuiet);
      return made;
    } catch (error) {
      end(id, control.signal.aborted ? { kind: 'cancelled' } : failure(kind, error, log), isQuiet);
      throw error;
    }
  }

  return {
    all() {
      if (running.size === 0 && ended.size === 0) return noJobs;
      return [...[...running.values()].map(({ job }) => job), ...ended.values()];
    },
    isRunning: (kind) => [...running.values()].some(({ job }) => job.kind === kind),
    run,
    cancel,
    dismiss(id) {
      for (const [kind, job] of ended) if (job.id === id) ended.delete(kind);
      onChange();
    },
    async stop() {
      for (const { control } of running.values()) control.abort(new Error('The app ends.'));
      await Promise.all([...running.values()].map((one) => one.ended));
      if (timer) clearTimeout(timer);
    },
  };
}

function failure(kind: JobKind, error: unknown, log: Log): JobResult {
  const message = error instanceof Error ? error.message : String(error);
  log.warn(`The job "${kind}" failed: ${message}`);
  const mend = error instanceof StorageError ? error.mend : 'Try it again; the log has the details.';
  return { kind: 'failed', message, mend };
}

function hasTroubles(result: JobResult): boolean {
  return 'troublesTotal' in result && result.troublesTotal > 0;
}
