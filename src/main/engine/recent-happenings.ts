import type { NewAppEvent, RecentHappening } from '../../shared/app-state.js';
import type { ExportLedger } from '../export/export-ledger.js';
import type { TranscriptFacts } from '../sessions/transcript-facts.js';
import type { SavedState } from './saved-state.js';

/** What is known of the session of an event besides the event. */
interface HappeningContext {
  readonly lastExport: ExportLedger['lastExport'];
  readonly lastCompaction: TranscriptFacts['lastCompaction'];
}

/** The newest exports and compactions, kept across restarts. */
export interface RecentHappenings {
  /** Newest first, at most 10; the same list until one is added. */
  readonly all: () => readonly RecentHappening[];
  readonly note: (event: NewAppEvent, context: HappeningContext | null) => void;
}

const mostKept = 10;

/** Takes exports and compactions out of what happens; other events are passed over. */
export function keepRecent({ saved, now }: { saved: SavedState; now: () => Date }): RecentHappenings {
  return {
    all: saved.recent,
    note(event, context) {
      const happening = happeningOf(event, context, now().toISOString());
      if (happening !== null) saved.setRecent([happening, ...saved.recent()].slice(0, mostKept));
    },
  };
}

function happeningOf(event: NewAppEvent, context: HappeningContext | null, at: string): RecentHappening | null {
  if (event.kind !== 'exported' && event.kind !== 'compacted') return null;
  const { sessionId, project, title } = event;
  const lastExport = context?.lastExport ?? null;
  if (event.kind === 'exported') {
    const { percent, trigger } = event;
    const messages = lastExport?.name === event.name ? lastExport.messages : null;
    return { kind: 'exported', at, sessionId, project, title, percent, trigger, messages };
  }
  const { preTokens, postTokens } = event;
  const compactedAt = context?.lastCompaction?.at ?? at;
  const exportedAt = lastExport !== null && Date.parse(lastExport.at) <= Date.parse(compactedAt) ? lastExport.at : null;
  return { kind: 'compacted', at: compactedAt, sessionId, project, title, preTokens, postTokens, exportedAt };
}
