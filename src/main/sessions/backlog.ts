import type { Entry } from './entry-parser.js';

/** What of a transcript is not exported yet, kept up as lines come and exports are made. */
export interface Backlog {
  /** Takes in a complete line. */
  readonly note: (entry: Entry, startsAt: number) => void;
  /** Sets the offset up to which the session is exported, forward or back. */
  readonly setExportedBytes: (exportedBytes: number) => void;
  readonly exportedBytes: () => number;
  /** Offsets between which lines have to be read again, because the mark went back over lines that were let go; null when all is known. */
  readonly missing: () => { readonly from: number; readonly to: number } | null;
  /** Takes in the messages of the missing range, in file order. */
  readonly addEarlier: (messages: ReadonlyMap<string, number>) => void;
  /** Distinct messages of user and assistant lines that start at or after the mark. */
  readonly unexportedMessages: () => number;
  /** Whether a user, assistant, system or attachment line starts at or after the mark. */
  readonly hasSomethingNew: () => boolean;
}

/** Starts with an empty transcript of which `exportedBytes` are exported. Holds one offset per unexported message and nothing of what is exported. */
export function createBacklog(exportedBytes: number): Backlog {
  let mark = exportedBytes;
  let knownFrom = exportedBytes;
  let newestLineAt = -1;
  /** Message to the start of its newest line, in the order of these. */
  let messages = new Map<string, number>();

  return {
    note(entry, startsAt) {
      if (!countsAsNew(entry)) return;
      newestLineAt = startsAt;
      const key = messageKeyOf(entry, startsAt);
      if (key === null || startsAt < knownFrom) return;
      messages.delete(key);
      messages.set(key, startsAt);
    },
    setExportedBytes(bytes) {
      mark = bytes;
      if (mark <= knownFrom) return;
      knownFrom = mark;
      for (const [key, startsAt] of messages) {
        if (startsAt >= mark) break;
        messages.delete(key);
      }
    },
    exportedBytes: () => mark,
    missing: () => (mark < knownFrom ? { from: mark, to: knownFrom } : null),
    addEarlier(earlier) {
      const all = new Map(earlier);
      for (const [key, startsAt] of messages) {
        all.delete(key);
        all.set(key, startsAt);
      }
      messages = all;
      knownFrom = mark;
    },
    unexportedMessages: () => messages.size,
    hasSomethingNew: () => newestLineAt >= mark,
  };
}

/** What makes two lines one message: the message's id, else the line's own, else its place; null for lines that are no message. */
export function messageKeyOf(entry: Entry, startsAt: number): string | null {
  if (entry.kind !== 'user' && entry.kind !== 'assistant') return null;
  return entry.messageId ?? entry.uuid ?? `@${startsAt}`;
}

function countsAsNew({ kind }: Entry): boolean {
  return kind === 'user' || kind === 'assistant' || kind === 'system' || kind === 'attachment';
}
