import type { SessionState } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** How far a session is exported, in words, and whether that is everything. */
export interface ExportWords {
  readonly text: string;
  /** When it was last exported, for where there is room to say so. */
  readonly detail: string | null;
  readonly tone: 'done' | 'open' | 'quiet';
}

/** Says how far a session is exported; `nowMs` decides whether a time needs its date. */
export function exportWords(session: SessionState, nowMs: number): ExportWords {
  const last = session.lastExport === null ? null : figures.clock(session.lastExport.at, nowMs);
  const detail = last === null ? null : texts.exporting.lastExport(last);
  if (session.unexportedMessages === null) return { text: texts.exporting.counting, detail, tone: 'quiet' };
  if (session.unexportedMessages > 0) {
    return { text: texts.exporting.notExported(session.unexportedMessages), detail, tone: 'open' };
  }
  if (last === null && session.exportedBytes === 0) {
    return { text: texts.exporting.nothingYet, detail: null, tone: 'quiet' };
  }
  return {
    text: texts.exporting.allExported,
    detail: last === null ? null : texts.exporting.through(last),
    tone: 'done',
  };
}
