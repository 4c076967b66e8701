import type { Stats } from 'node:fs';
import type { TranscriptFacts } from './transcript-facts.js';

/** A transcript as of one read. */
export interface TranscriptSnapshot {
  /** From all complete lines, and from a last line without line end once it is a whole record. Of a file that isn't `complete`: from its end. */
  readonly facts: TranscriptFacts;
  /** The whole file is read. A glance at its end isn't: what it can't know is null, and nothing counts as new. */
  readonly complete: boolean;
  /** The facts hold a last line whose line end is still to come. */
  readonly endsMidLine: boolean;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly inode: number;
  /** Offset after the last line end that is read: exports go up to here. */
  readonly completeBytes: number;
  /** As last set; lines from here on are not exported. */
  readonly exportedBytes: number;
  /** Distinct messages (`message.id`, else `uuid`) of user and assistant lines, complete and not exported; null while they are not counted. */
  readonly unexportedMessages: number | null;
  /** A complete user, assistant, system or attachment line is not exported. */
  readonly hasSomethingNew: boolean;
  /** The file was cut, rewritten or replaced since the read before, and was read from its start. */
  readonly restarted: boolean;
  /** Work done since the reader was opened. */
  readonly bytesRead: number;
  readonly linesParsed: number;
}

/** What a glance at the end of a file says of it. */
export function glanceSnapshot(
  facts: TranscriptFacts,
  stats: Pick<Stats, 'size' | 'mtimeMs' | 'ino'>,
  exportedBytes: number,
): TranscriptSnapshot {
  return {
    facts,
    complete: false,
    endsMidLine: false,
    sizeBytes: stats.size,
    modifiedAtMs: stats.mtimeMs,
    inode: stats.ino,
    completeBytes: 0,
    exportedBytes,
    unexportedMessages: null,
    hasSomethingNew: false,
    restarted: false,
    bytesRead: 0,
    linesParsed: 0,
  };
}
