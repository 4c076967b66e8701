import type { JobAnswer } from '../../shared/jobs.js';
import type { RestoreOutcome } from '../archive/restore-session.js';
import type { VerifyReport } from '../archive/verify-archive.js';
import { isSessionId } from '../export/segment-name.js';
import type { CompleteIndex } from './complete-index.js';
import type { Engine } from './engine-contract.js';
import type { JobContext, JobList } from './job-list.js';
import { indexedResult, indexing, restoredResult, verifiedResult } from './job-results.js';

/** A job that is to be started; `into`: the absolute folder to restore into, null where the session came from. */
export type JobOrder =
  | { readonly kind: 'index' | 'reindex' | 'verify' }
  | { readonly kind: 'restore'; readonly sessionId: string; readonly into: string | null };

/** Starts what the archive offers as jobs; `AppState.jobs` says how they go. */
export interface ArchiveJobs {
  readonly start: (order: JobOrder) => JobAnswer;
  readonly cancel: JobList['cancel'];
  readonly dismiss: JobList['dismiss'];
  /** The absolute path of what a job has brought back; null for any other. */
  readonly restoredPath: (id: number) => string | null;
}

/** Makes them out of what the engine can do. One of each kind runs at a time, and one that writes the index. */
export function makeArchiveJobs(
  jobs: JobList,
  work: Pick<Engine, 'verifyArchive' | 'restoreSession' | 'reindex'> & Pick<CompleteIndex, 'goOn'>,
): ArchiveJobs {
  // What fails is the job's result already.
  const inBackground = (run: Promise<unknown>): JobAnswer => {
    run.catch(() => undefined);
    return { kind: 'started' };
  };

  function start(order: JobOrder): JobAnswer {
    if (jobs.isRunning(order.kind)) return { kind: 'refused', message: refusals[order.kind] };
    switch (order.kind) {
      case 'index':
        if (jobs.isRunning('reindex')) return { kind: 'refused', message: refusals.reindex };
        work.goOn();
        return { kind: 'started' };
      case 'reindex':
        return inBackground(
          jobs.run({ kind: 'reindex', work: (how) => work.reindex(indexing(how)), resultOf: indexedResult }),
        );
      case 'verify':
        return inBackground(jobs.run({ kind: 'verify', work: verify, resultOf: verifiedResult }));
      case 'restore': {
        const { sessionId, into } = order;
        if (!isSessionId(sessionId)) return { kind: 'refused', message: 'This is no session.' };
        return inBackground(
          jobs.run({
            kind: 'restore',
            sessionId,
            work: (how) => restore(sessionId, into, how),
            resultOf: restoredResult,
          }),
        );
      }
    }
  }

  function verify({ signal, onProgress }: JobContext): Promise<VerifyReport> {
    return work.verifyArchive({
      signal,
      onProgress: ({ sessions, ofSessions, bytes }) => onProgress({ done: sessions, total: ofSessions, bytes }),
    });
  }

  function restore(session: string, into: string | null, { signal, onProgress }: JobContext): Promise<RestoreOutcome> {
    return work.restoreSession({
      session,
      into,
      signal,
      onProgress: ({ doneBytes, allBytes }) => onProgress({ done: doneBytes, total: allBytes, bytes: null }),
    });
  }

  return {
    start,
    cancel: jobs.cancel,
    dismiss: jobs.dismiss,
    restoredPath(id) {
      const result = jobs.all().find((job) => job.id === id)?.result;
      return result?.kind === 'restored' || result?.kind === 'already-there' ? result.path : null;
    },
  };
}

const refusals = {
  index: 'The index is being brought up to date already.',
  reindex: 'The index is being built already.',
  verify: 'The archive is being verified already.',
  restore: 'Another session is being restored. Wait until it is done.',
};
