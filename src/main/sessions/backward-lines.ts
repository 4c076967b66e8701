/** Cuts pieces of a file that come from its end on into lines, the last line first. */
export interface BackwardLines {
  /** Takes the bytes before those taken last; `isStart` when the file begins with them. They are kept until their lines are out. */
  readonly takePiece: (piece: Buffer, isStart: boolean) => void;
  /** The line before the one handed out last, without its line end; null when its start is still to come, and after the first line. */
  readonly next: () => Buffer | null;
  /** What of the piece is not handed out yet; may begin and end within a line. */
  readonly rest: () => Buffer;
}

/** What is longer comes out as an empty line: no record is. */
const longestLineBytes = 64 * 1024 * 1024;

/** Begins behind the last byte of a file. What stands after the last line end comes out first, as a line of its own. */
export function createBackwardLines(): BackwardLines {
  let piece: Buffer = Buffer.alloc(0);
  let isStart = false;
  /** Where the part of the piece ends that is not handed out; -1 when all of it is. */
  let end = -1;
  /** The later parts of the line whose start is not found yet, in file order. */
  let later: Buffer[] = [];
  let laterBytes = 0;

  function lineFrom(start: number): Buffer {
    const first = piece.subarray(start, end);
    const bytes = first.length + laterBytes;
    const line =
      bytes > longestLineBytes ? Buffer.alloc(0) : later.length === 0 ? first : Buffer.concat([first, ...later]);
    later = [];
    laterBytes = 0;
    return line;
  }

  function keepForLater(): void {
    laterBytes += end;
    if (laterBytes > longestLineBytes) later = [];
    else later.unshift(piece.subarray(0, end));
  }

  return {
    takePiece(next, isFirst) {
      piece = next;
      isStart = isFirst;
      end = next.length;
    },
    next() {
      if (end < 0) return null;
      const lineEnd = end === 0 ? -1 : piece.lastIndexOf(10, end - 1);
      if (lineEnd === -1 && !isStart) {
        keepForLater();
        end = -1;
        return null;
      }
      const line = lineFrom(lineEnd + 1);
      end = lineEnd;
      return line;
    },
    rest: () => piece.subarray(0, Math.max(0, end)),
  };
}
