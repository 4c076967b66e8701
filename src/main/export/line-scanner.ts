/** What a transcript line says of itself at its top level; null where it says nothing. */
export interface ScannedLine {
  readonly type: string | null;
  readonly uuid: string | null;
  readonly messageId: string | null;
  readonly timestamp: string | null;
  /** Whether the line looks like one whole JSON object. */
  readonly wellFormed: boolean;
}

/** Takes a transcript's bytes in pieces of any size. */
export interface LineScanner {
  readonly push: (bytes: Uint8Array) => void;
}

/**
 * Calls `onLine` at each line end with what the line says at its top level (`type`, `uuid`, `timestamp`,
 * `message.id`). It neither keeps nor parses the line: a line of any size costs the same few bytes, and a huge one
 * never holds up the event loop as `JSON.parse` would. Blank lines are passed over.
 */
export function createLineScanner(onLine: (line: ScannedLine) => void): LineScanner {
  let line = blankLine();

  function endOfLine(): void {
    if (line.started || line.broken) {
      const { type, uuid, timestamp, messageId } = line.found;
      const wellFormed = line.ended && !line.broken && !line.inString;
      onLine({ type, uuid, timestamp, messageId, wellFormed });
    }
    line = blankLine();
  }

  return {
    push(bytes) {
      let nulAt = bytes.indexOf(0);
      for (let from = 0; from < bytes.length;) {
        const lineEnd = bytes.indexOf(newline, from);
        const to = lineEnd === -1 ? bytes.length : lineEnd;
        if (nulAt !== -1 && nulAt < from) nulAt = bytes.indexOf(0, from);
        if (nulAt !== -1 && nulAt < to) line.broken = true;
        readPart(line, bytes, from, to);
        if (lineEnd === -1) return;
        endOfLine();
        from = lineEnd + 1;
      }
    },
  };
}

/** Reads on within a line. */
function readPart(line: LineState, bytes: Uint8Array, from: number, to: number): void {
  for (let index = from; index < to && !line.broken;) {
    if (line.inString) {
      index = readString(line, bytes, index, to);
    } else if (line.depth > (line.inMessage ? 2 : 1)) {
      index = skipValue(line, bytes, index, to);
    } else {
      readStructure(line, bytes[index] as number);
      index += 1;
    }
  }
}

/** Goes on inside a string; returns where to go on. */
function readString(line: LineState, bytes: Uint8Array, from: number, to: number): number {
  const start = line.escaped ? from + 1 : from;
  const end = findStringEnd(bytes, start, to);
  if (line.role !== 'skipped' && line.text.length < longestKept) {
    const kept = bytes.subarray(from, Math.min(end === -1 ? to : end, from + longestKept));
    line.text += Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString('latin1');
  }
  line.escaped = end === -1 && start < to && endsEscaping(bytes, start, to);
  if (end === -1) return to;
  endString(line);
  return end + 1;
}

/** The closing quote of a string, or -1 when it isn't in this part. Long strings are jumped over natively. */
function findStringEnd(bytes: Uint8Array, from: number, to: number): number {
  let end = bytes.indexOf(quote, from);
  while (end !== -1 && end < to) {
    if (bytes[end - 1] !== backslash || !endsEscaping(bytes, from, end)) return end;
    end = bytes.indexOf(quote, end + 1);
  }
  return -1;
}

/** Whether the part of a string ends in an odd number of backslashes: the next character is escaped. */
function endsEscaping(bytes: Uint8Array, from: number, to: number): boolean {
  let index = to;
  while (index > from && bytes[index - 1] === backslash) index -= 1;
  return (to - index) % 2 === 1;
}

/** Goes on within an object or array of no interest; returns the place of its closing bracket, or `to`. */
function skipValue(line: LineState, bytes: Uint8Array, from: number, to: number): number {
  const floor = line.inMessage ? 3 : 2;
  let { depth } = line;
  let index = from;
  for (; index < to; index += 1) {
    const byte = bytes[index] as number;
    if (byte === quote) {
      const end = findStringEnd(bytes, index + 1, to);
      if (end === -1) {
        line.inString = true;
        line.role = 'skipped';
        line.escaped = endsEscaping(bytes, index + 1, to);
        index = to;
        break;
      }
      index = end;
    } else if (byte === openBrace || byte === openBracket) {
      depth += 1;
    } else if (byte === closeBrace || byte === closeBracket) {
      if (depth === floor) break;
      depth -= 1;
    }
  }
  line.depth = depth;
  if (index < to) readStructure(line, bytes[index] as number);
  return index + 1;
}

interface LineState {
  depth: number;
  started: boolean;
  ended: boolean;
  broken: boolean;
  inString: boolean;
  escaped: boolean;
  /** What the string at hand is: the name of a field, the value of a wanted field, or nothing of interest. */
  role: 'key' | 'value' | 'skipped';
  text: string;
  /** The field at depth 1, and within `message` the one at depth 2. */
  key: string;
  keyNext: boolean;
  inMessage: boolean;
  readonly found: Record<'type' | 'uuid' | 'timestamp' | 'messageId', string | null>;
}

function blankLine(): LineState {
  return {
    depth: 0,
    started: false,
    ended: false,
    broken: false,
    inString: false,
    escaped: false,
    role: 'skipped',
    text: '',
    key: '',
    keyNext: false,
    inMessage: false,
    found: { type: null, uuid: null, timestamp: null, messageId: null },
  };
}

function readStructure(line: LineState, byte: number): void {
  if (byte === space || byte === tab || byte === carriageReturn) return;
  if (line.ended || (line.depth === 0 && byte !== openBrace)) {
    line.broken = true;
    return;
  }
  const atFields = line.depth === 1 || (line.depth === 2 && line.inMessage);
  switch (byte) {
    case quote:
      line.inString = true;
      line.text = '';
      line.role = !atFields ? 'skipped' : line.keyNext ? 'key' : wantedField(line) ? 'value' : 'skipped';
      return;
    case openBrace:
    case openBracket:
      line.inMessage = line.depth === 1 ? byte === openBrace && line.key === 'message' : line.inMessage;
      line.depth += 1;
      line.started = true;
      line.keyNext = line.depth === 1 || line.inMessage;
      return;
    case closeBrace:
    case closeBracket:
      line.depth -= 1;
      line.keyNext = false;
      if (line.depth === 1) line.inMessage = false;
      if (line.depth === 0) line.ended = true;
      return;
    case comma:
      if (atFields) line.keyNext = true;
      return;
    case colon:
      line.keyNext = false;
      return;
    default:
      if (byte < space) line.broken = true;
  }
}

function endString(line: LineState): void {
  line.inString = false;
  if (line.role === 'key') line.key = unescaped(line.text);
  const field = line.role === 'value' ? wantedField(line) : null;
  if (field) line.found[field] = unescaped(line.text);
}

function wantedField({ depth, key }: LineState): keyof LineState['found'] | null {
  if (depth === 2) return key === 'id' ? 'messageId' : null;
  return key === 'type' || key === 'uuid' || key === 'timestamp' ? key : null;
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** Identities and times are short; what is longer is cut. */
const longestKept = 256;
const [tab, newline, carriageReturn, space, quote] = [9, 10, 13, 32, 34] as const;
const [comma, colon, openBracket, backslash, closeBracket, openBrace, closeBrace] = [
  44, 58, 91, 92, 93, 123, 125,
] as const;
