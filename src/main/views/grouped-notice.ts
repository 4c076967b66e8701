import type { AppEvent } from '../../shared/app-state.js';
import type { NoticeKind } from '../../shared/settings.js';
import { noticeLines, type NoticeWords } from './notice.js';
import { sessionLabel } from './shown-text.js';

/** An event that is about one session. */
export type SessionEvent = Extract<AppEvent, { readonly sessionId: string }>;

const titles: Readonly<Partial<Record<NoticeKind, (count: number) => string>>> = {
  exported: (count) => `${count} Sessions Exported`,
  'processing-failed': (count) => `${count} Exports Not Processed`,
  'export-failed': (count) => `${count} Exports Failed`,
  'threshold-crossed': (count) => `${count} Sessions Reached the Threshold`,
  compacted: (count) => `${count} Sessions Compacted`,
};
const mostNamed = 4;

/** What is said when one kind of thing has happened to several sessions: each by name, with its percent where it has one. */
export function groupedWords(kind: NoticeKind, events: readonly SessionEvent[]): NoticeWords {
  const named = events.slice(-mostNamed).toReversed().map(lineOf);
  const others = events.length - named.length;
  return {
    title: titles[kind]?.(events.length) ?? `${events.length} Notices`,
    body: noticeLines(...named, others === 0 ? null : `and ${others} more`),
  };
}

function lineOf(event: SessionEvent): string {
  const percent = 'percent' in event ? event.percent : null;
  return percent === null ? sessionLabel(event) : `${sessionLabel(event)} · ${Math.round(percent)}%`;
}
