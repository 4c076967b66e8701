/** Takes a line's text, or null where it was too long to keep, and the offset in bytes at which the line starts. */
type OnLine = (text: string | null, startsAt: number) => void;

/** Cuts bytes that arrive in any pieces into lines. */
export interface LineSplitter {
  /** Calls `onLine` for each line that `chunk` completes. The bytes are copied where they are kept. */
  readonly push: (chunk: Buffer, onLine: OnLine) => void;
  /** Bytes of the line that has no end yet; 0 when the last byte was a line end. */
  readonly partialBytes: () => number;
  /** The text of that line so far. */
  readonly partialText: () => string;
  /** Offset after the last line end: where the line without end starts. */
  readonly lineStartsAt: () => number;
}

/** The longest line that is kept; what is longer is reported as null. 10 MB are seen in the wild. */
const longestLineBytes = 64 * 1024 * 1024;

/**
 * Starts cutting at `startsAt`, which is a line's start. No byte is looked at twice, however the lines come in. Of the NUL
 * bytes of a line that comes in pieces one at least is kept: a crash can leave gigabytes of them before a record.
 */
export function createLineSplitter(startsAt = 0): LineSplitter {
  let pieces: Buffer[] = [];
  let keptBytes = 0;
  let partialBytes = 0;
  let lineStart = startsAt;

  function keep(piece: Buffer): void {
    if (piece.length === 0) return;
    const kept = piece.includes(0) ? withOneNul(piece) : Buffer.from(piece);
    partialBytes += piece.length;
    keptBytes += kept.length;
    if (keptBytes > longestLineBytes) pieces = [];
    else pieces.push(kept);
  }

  function partialText(): string {
    if (keptBytes > longestLineBytes) return '';
    if (pieces.length > 1) pieces = [Buffer.concat(pieces, keptBytes)];
    return pieces[0]?.toString('utf8') ?? '';
  }

  return {
    push(chunk, onLine) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        const startedAt = lineStart;
        let text: string | null;
        if (partialBytes === 0) text = chunk.toString('utf8', from, end);
        else {
          keep(chunk.subarray(from, end));
          text = keptBytes > longestLineBytes ? null : partialText();
        }
        lineStart += partialBytes === 0 ? end - from + 1 : partialBytes + 1;
        pieces = [];
        keptBytes = 0;
        partialBytes = 0;
        from = end + 1;
        onLine(text, startedAt);
      }
      keep(chunk.subarray(from));
    },
    partialBytes: () => partialBytes,
    partialText,
    lineStartsAt: () => lineStart,
  };
}

/** The bytes with their NULs behind them, as one. */
function withOneNul(piece: Buffer): Buffer {
  const isNothingElse = piece[0] === 0 && piece.subarray(1).equals(piece.subarray(0, -1));
  return isNothingElse ? Buffer.alloc(1) : Buffer.concat([piece.filter((byte) => byte !== 0), Buffer.alloc(1)]);
}
