import { parseEntry, type Entry } from './entry-parser.js';
import type { LineSplitter } from './line-splitter.js';

/** Watches the last line of a transcript as long as it has no line end. */
export interface PartialLine {
  /**
   * The entry that the line holds, or null while it is not a whole record. `grew` tells whether this read brought bytes;
   * `onParse` is called when the line is parsed.
   */
  readonly entryOf: (
    line: LineSplitter,
    read: { readonly grew: boolean; readonly onParse: () => void },
  ) => Entry | null;
}

const alwaysTriedBytes = 64 * 1024;

/**
 * A part of a JSON object is never a JSON object, so a line that parses is whole, whether its line end comes or not.
 * A long line that arrives in pieces is tried only when it has doubled since the last try, or when it has stopped
 * growing: the work stays in proportion to its length.
 */
export function createPartialLine(): PartialLine {
  let triedStart = -1;
  let triedBytes = 0;
  let entry: Entry | null = null;

  return {
    entryOf(line, { grew, onParse }) {
      const bytes = line.partialBytes();
      if (bytes === 0) return null;
      if (line.lineStartsAt() !== triedStart) {
        triedStart = line.lineStartsAt();
        triedBytes = 0;
      }
      if (bytes === triedBytes) return entry;
      entry = null;
      if (grew && bytes > alwaysTriedBytes && bytes < triedBytes * 2) return null;
      triedBytes = bytes;
      const text = line.partialText().trimEnd();
      if (!text.endsWith('}')) return null;
      onParse();
      entry = parseEntry(text);
      return entry;
    },
  };
}
