/** V8 holds no longer texts; the client's largest lines are some 10 MB. */
const longestText = 256 * 1024 * 1024;
const newline = 10;

/** Takes a transcript's bytes in pieces of any size; `end` gives out the last line where it has no line end. */
export interface LineCutter {
  readonly push: (bytes: Buffer) => void;
  readonly end: () => void;
}

/**
 * Calls `onLine` with the text of each line that isn't blank and its place in the bytes, the line end not counted; with
 * null for one that is longer than `longestLineBytes`.
 */
export function cutLines(
  onLine: (line: string | null, offset: number, length: number) => void,
  longestLineBytes = longestText,
): LineCutter {
  return cutByteLines(
    (bytes, offset, length) => onLine(bytes?.toString('utf8') ?? null, offset, length),
    longestLineBytes,
  );
}

/** The same with the bytes of each line, which are only there during the call. */
export function cutByteLines(
  onLine: (line: Buffer | null, offset: number, length: number) => void,
  longestLineBytes = longestText,
): LineCutter {
  let pieces: Buffer[] = [];
  let length = 0;
  let offset = 0;

  function finish(last: Buffer): void {
    const whole = pieces.length > 0 ? Buffer.concat([...pieces, last]) : last;
    const lineLength = length + last.length;
    const isTooLong = lineLength > longestLineBytes;
    if (isTooLong || !isBlank(whole)) onLine(isTooLong ? null : whole, offset, lineLength);
    offset += lineLength + 1;
    pieces = [];
    length = 0;
  }

  return {
    push(bytes) {
      let from = 0;
      for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
        finish(bytes.subarray(from, to));
        from = to + 1;
      }
      const rest = bytes.subarray(from);
      length += rest.length;
      if (length > longestLineBytes) pieces = [];
      else if (rest.length > 0) pieces.push(Buffer.from(rest));
    },
    end() {
      if (length > 0) finish(Buffer.alloc(0));
    },
  };
}

function isBlank(line: Buffer): boolean {
  return line[0] === openBrace ? false : line.toString('utf8').trim() === '';
}

const openBrace = 123;
