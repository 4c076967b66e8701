import type { ExportNowAnswer } from '../../shared/export-answer.js';
import type { AskRoots } from '../sessions/ask-roots.js';
import type { DirectExports } from './export-tracked.js';
import type { Liveness } from './liveness.js';
import { findSession } from './session-finder.js';
import type { SessionTracker } from './session-tracker.js';

/** Export now: what is new in one session, found by id or unique prefix however old it is, or in all live ones (null). */
export function makeManualExports(options: {
  tracker: SessionTracker;
  direct: DirectExports;
  liveness: Liveness;
  askRoots: AskRoots;
  /** Reads what no event has told yet. */
  sweep: () => Promise<void>;
  /** Of a live Python daemon, which then does the exporting. */
  daemonPid: () => number | null;
}): (sessionId: string | null) => Promise<ExportNowAnswer> {
  const { tracker, direct } = options;

  return async (sessionId) => {
    const daemonPid = options.daemonPid();
    if (daemonPid !== null) {
      const message = `The Python daemon (PID ${daemonPid}) exports these sessions. Stop it first.`;
      return { kind: 'refused', message };
    }
    if (sessionId === null) {
      await options.sweep();
      const live = tracker.all().filter(({ file }) => options.liveness.isLive(file));
      return {
        kind: 'done',
        outcomes: await Promise.all(live.map((tracked) => direct.exportTracked(tracked, 'manual'))),
      };
    }
    const found = await findSession(sessionId, options.askRoots);
    if (found.kind === 'not-found') return { kind: 'unknown-session', message: found.message };
    const outcome = await direct.exportFile(found.file, 'manual');
    if (outcome.kind !== 'unreadable') return { kind: 'done', outcomes: [outcome] };
    return { kind: 'unknown-session', message: `The session file ${found.file.path} can't be read.` };
  };
}
