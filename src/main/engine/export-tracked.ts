import type { ExportTrigger, SessionState } from '../../shared/app-state.js';
import type { ExportOutcome } from '../../shared/export-answer.js';
import type { Settings } from '../../shared/settings.js';
import type { ContextKnowledge } from '../meter/context-knowledge.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { SessionExporter } from './session-exporter.js';
import type { SessionTracker, TrackedSession } from './session-tracker.js';
import { readContext } from './session-view.js';

/** Exports that no policy decides on: the user, or the calendar, has. */
export interface DirectExports {
  readonly exportTracked: (tracked: TrackedSession, trigger: ExportTrigger) => Promise<ExportOutcome>;
  /** The same for a session that need not be followed yet; `unreadable` where its file can't be read. */
  readonly exportFile: (
    file: SessionFile,
    trigger: ExportTrigger,
  ) => Promise<ExportOutcome | { readonly kind: 'unreadable' }>;
}

/** Makes exports of what is new in a session, with its figures as they are now. */
export function makeDirectExports(options: {
  tracker: SessionTracker;
  exporter: SessionExporter;
  view: (tracked: TrackedSession) => SessionState;
  settings: () => Settings;
  known: (file: SessionFile) => ContextKnowledge;
}): DirectExports {
  const { tracker, exporter } = options;

  function exportTracked(tracked: TrackedSession, trigger: ExportTrigger): Promise<ExportOutcome> {
    const { percent, usedTokens } = readContext(tracked, options.settings(), options.known(tracked.file));
    const session = options.view(tracked);
    return exporter.exportSession({ session, percent, usedTokens, trigger, late: false, firstOfEpisode: true });
  }

  return {
    exportTracked,
    async exportFile(file, trigger) {
      await tracker.see(file);
      const tracked = tracker.find(file.id);
      return tracked ? exportTracked(tracked, trigger) : { kind: 'unreadable' };
    },
  };
}
