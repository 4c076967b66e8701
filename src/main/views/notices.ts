import type { AppEvent, AppState } from '../../shared/app-state.js';
import type { ExportNowAnswer } from '../../shared/export-answer.js';
import { byteWords } from './byte-words.js';
import { countedSessions, deletionWords } from './deletion-words.js';
import { noticeLines, type CompactionEvent, type NoticeWords } from './notice.js';
import { compactedNotice, compactionLine, crossedNotice } from './session-notices.js';
import { sessionLabel, shownText } from './shown-text.js';

const mostNamed = 3;

/** What to say when a wish to export, made where nothing else answers, came to nothing; null when events will tell. */
export function noticeOfAnswer(answer: ExportNowAnswer): NoticeWords | null {
  if (answer.kind !== 'done') return { title: 'Nothing Exported', body: shownText(answer.message, 200) };
  if (answer.outcomes.some((outcome) => outcome.kind !== 'nothing-new')) return null;
  const body = answer.outcomes.length === 0 ? 'No session is live.' : 'Everything is exported already.';
  return { title: 'Nothing New to Export', body };
}

/**
 * What is said of an event: the daemon’s four in its own words, and what has come besides. `compaction` is the one that
 * an export was made for.
 */
export function wordsOfEvent(event: AppEvent, state: AppState, compaction: CompactionEvent | null): NoticeWords {
  const session = 'sessionId' in event ? (state.sessions.find(({ id }) => id === event.sessionId) ?? null) : null;
  switch (event.kind) {
    case 'exported':
      return exportedNotice(event, compaction === null ? null : compactionLine(compaction, session));
    case 'export-failed': {
      const how = event.trigger === 'manual' ? 'Export' : 'Auto-export';
      const reason = shownText(event.message, 200);
      return {
        title: 'Export Failed',
        body: noticeLines(sessionLabel(event), `${how} failed. Check logs.`, reason),
      };
    }
    case 'threshold-crossed':
      return crossedNotice(event, session);
    case 'compacted':
      return compactedNotice(event, session);
    case 'batch-processed':
      return {
        title: 'Batch Processing Complete',
        body: noticeLines(
          `Processed ${event.files} export(s)`,
          event.newMessages === null ? null : `${event.newMessages} new messages extracted`,
          ...sessionNames(event.sessionIds, state),
        ),
      };
    case 'retention-near':
      return {
        title: 'Sessions Will Be Deleted Soon',
        body: noticeLines(
          `${countedSessions(event.sessions)} (${byteWords(event.bytes)}) not archived`,
          `Claude Code deletes the first ${deletionWords(event.firstAt, event.at)}`,
          ...event.soonest.map(sessionLabel),
          event.soonest.length > 0 && event.sessions > event.soonest.length ? 'and others' : null,
          'Archive them from the popover',
        ),
      };
    case 'retention-archived':
      return {
        title: 'Archived Before Deletion',
        body: noticeLines(
          `${countedSessions(event.sessions)} (${byteWords(event.bytes)})`,
          event.failed === 0 ? null : `${event.failed} could not be archived. Check logs.`,
        ),
      };
    case 'archive-large':
      return {
        title: 'Archive Has Grown',
        body: `It takes ${byteWords(event.bytes)}, more than the ${byteWords(event.limitBytes)} that you have set.`,
      };
    case 'watching-degraded':
      return {
        title: 'Watching Is Limited',
        body: noticeLines(shownText(event.message, 200), shownText(event.mend, 200)),
      };
  }
}

/** The sessions that are listed, by name; of the others nobody knows one. */
function sessionNames(sessionIds: readonly string[], { sessions }: AppState): readonly string[] {
  const named = sessions.filter(({ id }) => sessionIds.includes(id)).slice(0, mostNamed);
  const hasOthers = named.length > 0 && sessionIds.length > named.length;
  return [...named.map(sessionLabel), ...(hasOthers ? ['and others'] : [])];
}

function exportedNotice(event: Extract<AppEvent, { kind: 'exported' }>, compaction: string | null): NoticeWords {
  const context = event.percent === null ? null : `Context at ${event.percent.toFixed(1)}%`;
  const label = sessionLabel(event);
  if (!event.processed) {
    const path = shownText(event.path, 300);
    return {
      title: 'Session Export',
      opens: event.path,
      body: noticeLines(label, compaction ?? context, path, 'Auto-processing failed - run /cx manually'),
    };
  }
  const automatic = event.trigger !== 'manual';
  const messages = event.newMessages === null ? null : `Processed: ${event.newMessages} new messages`;
  return {
    title: compaction === null ? (automatic ? 'Auto-Export Complete' : 'Export Complete') : 'Compacted and Exported',
    body: noticeLines(label, compaction ?? context, messages, automatic ? 'Auto-archived' : 'Archived'),
  };
}
