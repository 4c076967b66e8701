import type { AppEvent, SessionState } from '../../shared/app-state.js';
import { forecastText } from './forecast-text.js';
import { noticeLines, type CompactionEvent, type NoticeWords } from './notice.js';
import { sessionLabel } from './shown-text.js';
import { tokenWords } from './token-words.js';

const secondsShown = 120;
const minutesShown = 120;

/** A session has reached its threshold and no export tells of it: how full, what is left, how far it is exported. */
export function crossedNotice(
  event: Extract<AppEvent, { kind: 'threshold-crossed' }>,
  session: SessionState | null,
): NoticeWords {
  return {
    title: 'Threshold Reached',
    body: noticeLines(
      sessionLabel(event),
      `Context at ${event.percent.toFixed(1)}%`,
      session === null ? null : leftLine(session),
      session === null ? null : exportLine(session),
    ),
  };
}

/** A session was compacted and no export tells of it; what was exported before is what matters then. */
export function compactedNotice(event: CompactionEvent, session: SessionState | null): NoticeWords {
  const exportedAt = session?.lastExport?.at ?? null;
  const beforeMs = exportedAt === null ? -1 : Date.parse(event.at) - Date.parse(exportedAt);
  return {
    title: 'Session Compacted',
    body: noticeLines(
      sessionLabel(event),
      compactionLine(event, session),
      beforeMs >= 0 ? `Exported ${durationWords(beforeMs)} before` : null,
      session === null || session.unexportedMessages === 0 ? null : exportLine(session),
    ),
  };
}

/** `967k → about 41k tokens`; what nobody knows is left out, and null where that is all. */
export function compactionLine(event: CompactionEvent, session: SessionState | null): string | null {
  const { preTokens } = event;
  // What the client gives leaves its own prompt out; the session's estimate has it.
  const postTokens = (session?.estimated === true ? session.usedTokens : null) ?? event.postTokens;
  if (preTokens === null) return null;
  if (postTokens === null) return `Compacted at ${tokenWords(preTokens)} tokens`;
  return `${tokenWords(preTokens)} → about ${tokenWords(postTokens)} tokens`;
}

function leftLine({ forecast }: SessionState): string | null {
  if (forecast === null) return null;
  if (forecast.turnsLeft === 0) return forecast.to === 'full' ? 'Full at any moment' : 'Compacts at any moment';
  return `About ${forecastText(forecast)}${forecast.to === 'full' ? '' : ' to compaction'}`;
}

function exportLine({ unexportedMessages: count }: SessionState): string | null {
  if (count === null) return null;
  if (count === 0) return 'All of it is exported';
  return `${count} ${count === 1 ? 'message' : 'messages'} not exported`;
}

function durationWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < secondsShown) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < minutesShown ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
