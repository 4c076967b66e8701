import type { AppEvent } from '../../shared/app-state.js';
import type { NoticeKind } from '../../shared/settings.js';

/** A native notification to be shown; title and body are plain text, the body one statement a line. */
export interface Notice {
  /** Null for an answer to something that the user has just done. */
  readonly kind: NoticeKind | null;
  /** What it is about; a later notice with the same subject takes the place of the earlier one. */
  readonly subject: string;
  /** Other subjects whose notices it takes the place of. */
  readonly replaces: readonly string[];
  /** The session that a click shows. */
  readonly sessionId: string | null;
  readonly title: string;
  readonly body: string;
  /** Shown without sound. */
  readonly silent: boolean;
  /** Takes the place of the earlier notice without drawing attention. */
  readonly quiet: boolean;
  /** Absolute path of an export whose processing failed: it is opened for its user, at once and at a click. */
  readonly opens?: string;
}

/** What a notice says, without how it is shown. */
export type NoticeWords = Pick<Notice, 'title' | 'body' | 'opens'>;

/** A compaction whose export tells of it. */
export type CompactionEvent = Extract<AppEvent, { kind: 'compacted' }>;

/** Statements of a notice, one a line; those that are null or empty are left out. */
export function noticeLines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}
