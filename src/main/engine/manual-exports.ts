import type { SessionFile } from '../sessions/session-file.js';
import type { ContextKnowledge } from '../meter/context-knowledge.js';
import type { SessionState } from '../../shared/app-state.js';
import type { ExportNowAnswer, ExportOutcome } from '../../shared/export-answer.js';
import type { Settings } from '../../shared/settings.js';
import type { AskRoots } from '../sessions/ask-roots.js';
import type { Liveness } from './liveness.js';
import type { SessionExporter } from './session-exporter.js';
import { findSession } from './session-finder.js';
import type { SessionTracker, TrackedSession } from './session-tracker.js';
import { readContext } from './session-view.js';

/** Export now: what is new in one session, found by id or unique prefix however old it is, or in all live ones (null). */
export function makeManualExports(options: {
  tracker: SessionTracker;
  exporter: SessionExporter;
  liveness: Liveness;
  view: (tracked: TrackedSession) => SessionState;
  settings: () => Settings;
  known: (file: SessionFile) => ContextKnowledge;
  askRoots: AskRoots;
  /** Reads what no event has told yet. */
  sweep: () => Promise<void>;
  /** Of a live Python daemon, which then does the exporting. */
  daemonPid: () => number | null;
}): (sessionId: string | null) => Promise<ExportNowAnswer> {
  const { tracker, exporter } = options;

  function exportTracked(tracked: TrackedSession): Promise<ExportOutcome> {
    const { percent, usedTokens } = readContext(tracked, options.settings(), options.known(tracked.file));
    const session = options.view(tracked);
    return exporter.exportSession({
      session,
      percent,
      usedTokens,
      trigger: 'manual',
      late: false,
      firstOfEpisode: true,
    });
  }

  return async (sessionId) => {
    const daemonPid = options.daemonPid();
    if (daemonPid !== null) {
      const message = `The Python daemon (PID ${daemonPid}) exports these sessions. Stop it first.`;
      return { kind: 'refused', message };
    }
    if (sessionId === null) {
      await options.sweep();
      const live = tracker.all().filter(({ file }) => options.liveness.isLive(file));
      return { kind: 'done', outcomes: await Promise.all(live.map(exportTracked)) };
    }
    const found = await findSession(sessionId, options.askRoots);
    if (found.kind === 'not-found') return { kind: 'unknown-session', message: found.message };
    await tracker.see(found.file);
    const tracked = tracker.find(found.file.id);
    if (!tracked) return { kind: 'unknown-session', message: `The session file ${found.file.path} can't be read.` };
    return { kind: 'done', outcomes: [await exportTracked(tracked)] };
  };
}
