import type { SessionState } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** How far a session is exported, in words, and whether that is everything. */
export interface ExportWords {
  readonly text: string;
  /** The same for where there is little room, to be seen rather than heard. */
  readonly shortText: string;
  /** When it was last exported, for where there is room to say so. */
  readonly detail: string | null;
  readonly tone: 'done' | 'open' | 'quiet';
}

/** Says how far a session is exported; `nowMs` decides whether a time needs its date. */
export function exportWords(session: SessionState, nowMs: number): ExportWords {
  const last = session.lastExport === null ? null : figures.clock(session.lastExport.at, nowMs);
  const detail = last === null ? null : texts.exporting.lastExport(last);
  const { unexportedMessages: open } = session;
  if (open === null)
    return alike(session.complete ? texts.exporting.counting : texts.exporting.reading, detail, 'quiet');
  if (open > 0) {
    const [text, shortText] = [texts.exporting.notExported(open), texts.exporting.notExportedShort(open)];
    return { text, shortText, detail, tone: 'open' };
  }
  if (last === null && session.exportedBytes === 0) return alike(texts.exporting.nothingYet, null, 'quiet');
  return alike(texts.exporting.allExported, last === null ? null : texts.exporting.through(last), 'done');
}

function alike(text: string, detail: string | null, tone: ExportWords['tone']): ExportWords {
  return { text, shortText: text, detail, tone };
}
