import type { JobResult, JobTrouble, JobTroubles } from '../../shared/jobs.js';
import type { CallExtras } from '../archive/entry-service.js';
import type { IndexedArchive } from '../archive/index-archive.js';
import type { RestoreOutcome } from '../archive/restore-session.js';
import type { VerifyReport } from '../archive/verify-archive.js';
import type { JobContext } from './job-list.js';

/** So many troubles are named in the state; the command line names all. */
const mostTroubles = 50;

/** Says how far the index is as a job does. */
export function indexing({ signal, onProgress }: JobContext): CallExtras {
  return { signal, onProgress: ({ done, all }) => onProgress({ done, total: all, bytes: null }) };
}

/** What people are told of an index that was built. */
export function indexedResult({ pieces, messages, failed, isCancelled }: IndexedArchive): JobResult {
  return isCancelled ? { kind: 'cancelled' } : { kind: 'indexed', exports: pieces, messages, ...troublesOf(failed) };
}

/** What people are told of a verification. */
export function verifiedResult({ sessions, segments, bytes, faults }: VerifyReport): JobResult {
  return { kind: 'verified', sessions, segments, bytes, ...troublesOf(faults) };
}

/** What people are told of a restoration. */
export function restoredResult(outcome: RestoreOutcome): JobResult {
  switch (outcome.kind) {
    case 'restored':
    case 'already-there': {
      const { kind, path, bytes, isStampedNow, sidecars } = outcome;
      return { kind, path, bytes, isStampedNow, files: sidecars.restored, ...troublesOf(sidecars.problems) };
    }
    case 'refused':
      return outcome;
    case 'unknown-session':
      return {
        kind: 'refused',
        message: outcome.message,
        mend: 'It may have been deleted meanwhile.',
        isOfPlace: false,
      };
  }
}

function troublesOf(all: readonly JobTrouble[]): JobTroubles {
  const troubles = all.slice(0, mostTroubles).map(({ message, mend }) => ({ message, mend }));
  return { troubles, troublesTotal: all.length };
}
