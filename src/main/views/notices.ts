import type { AppEvent, AppState } from '../../shared/app-state.js';
import type { ExportNowAnswer } from '../../shared/export-answer.js';
import { byteWords } from './byte-words.js';
import { countedSessions, deletionWords } from './deletion-words.js';
import { sessionLabel, shownText } from './shown-text.js';

/** A native notification to be shown; title and body are plain text, the body one statement a line. */
export interface Notice {
  /** What it is about; a later notice with the same subject takes the place of the earlier one. */
  readonly subject: string;
  readonly title: string;
  readonly body: string;
  /** Shown without sound. */
  readonly silent: boolean;
  /** Takes the place of the earlier notice without drawing attention. */
  readonly quiet: boolean;
  /** Absolute path of an export whose processing failed: it is opened for its user, at once and at a click. */
  readonly opens?: string;
}

/**
 * The notices for everything that happened after the event numbered `sequence`, oldest first: the daemon’s four, and what
 * is said of sessions that will be deleted. A threshold crossed and a compaction are told by the export that they cause,
 * and by the gauge.
 */
export function noticesSince(state: AppState, sequence: number): readonly Notice[] {
  return state.events.filter((event) => event.sequence > sequence).flatMap((event) => noticesOf(event, state));
}

/** What to say when a wish to export, made where nothing else answers, came to nothing; null when events will tell. */
export function noticeOfAnswer(answer: ExportNowAnswer, sound: boolean): Notice | null {
  const base = { subject: 'answer', silent: !sound, quiet: false };
  if (answer.kind !== 'done') return { ...base, title: 'Nothing Exported', body: shownText(answer.message, 200) };
  if (answer.outcomes.some((outcome) => outcome.kind !== 'nothing-new')) return null;
  const body = answer.outcomes.length === 0 ? 'No session is live.' : 'Everything is exported already.';
  return { ...base, title: 'Nothing New to Export', body };
}

function noticesOf(event: AppEvent, state: AppState): readonly Notice[] {
  const sound = state.settings.noticeSound;
  switch (event.kind) {
    case 'exported':
      // Those before a deletion come in numbers; they are told of together.
      return event.trigger === 'retention' && event.processed ? [] : [exportedNotice(event, sound)];
    case 'export-failed': {
      const automatic = event.trigger !== 'manual';
      return [
        {
          subject: event.sessionId,
          title: 'Export Failed',
          body: lines(
            sessionLabel(event),
            `${automatic ? 'Auto-export' : 'Export'} failed. Check logs.`,
            shownText(event.message, 200),
          ),
          silent: !sound,
          quiet: false,
        },
      ];
    }
    case 'batch-processed':
      return [
        {
          subject: 'batch',
          title: 'Batch Processing Complete',
          body: lines(
            `Processed ${event.files} export(s)`,
            event.newMessages === null ? null : `${event.newMessages} new messages extracted`,
          ),
          silent: !sound,
          quiet: false,
        },
      ];
    case 'retention-near':
      return [
        {
          subject: 'retention',
          title: 'Sessions Will Be Deleted Soon',
          body: lines(
            `${countedSessions(event.sessions)} (${byteWords(event.bytes)}) not archived`,
            `Claude Code deletes the first ${deletionWords(event.firstAt, event.at)}`,
            'Archive them from the popover',
          ),
          silent: !sound,
          quiet: false,
        },
      ];
    case 'retention-archived':
      return [
        {
          subject: 'retention',
          title: 'Archived Before Deletion',
          body: lines(
            `${countedSessions(event.sessions)} (${byteWords(event.bytes)})`,
            event.failed === 0 ? null : `${event.failed} could not be archived. Check logs.`,
          ),
          silent: !sound,
          quiet: false,
        },
      ];
    case 'archive-large':
      return [
        {
          subject: 'archive',
          title: 'Archive Has Grown',
          body: `It takes ${byteWords(event.bytes)}, more than the ${byteWords(event.limitBytes)} that you have set.`,
          silent: !sound,
          quiet: false,
        },
      ];
    case 'threshold-crossed':
    case 'compacted':
      return [];
  }
}

function exportedNotice(event: Extract<AppEvent, { kind: 'exported' }>, sound: boolean): Notice {
  const quiet = event.trigger === 'threshold' && !event.firstOfEpisode;
  const base = { subject: event.sessionId, silent: quiet || !sound, quiet };
  const context = event.percent === null ? null : `Context at ${event.percent.toFixed(1)}%`;
  const automatic = event.trigger !== 'manual';
  if (!event.processed) {
    return {
      ...base,
      title: 'Session Export',
      opens: event.path,
      body: lines(
        sessionLabel(event),
        context,
        shownText(event.path, 300),
        'Auto-processing failed - run /cx manually',
      ),
    };
  }
  return {
    ...base,
    title: automatic ? 'Auto-Export Complete' : 'Export Complete',
    body: lines(
      sessionLabel(event),
      context,
      event.newMessages === null ? null : `Processed: ${event.newMessages} new messages`,
      automatic ? 'Auto-archived' : 'Archived',
    ),
  };
}

function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}
