import { createBackwardLines } from './backward-lines.js';
import type { Entry } from './entry-parser.js';
import type { FileScan } from './file-scan.js';
import { readLineEnds, typeAtStart } from './line-ends.js';
import { emptyFacts, foldEntry, isReading, type TranscriptFacts } from './transcript-facts.js';
import { readTranscriptLine } from './transcript-line.js';

const firstPieceBytes = 16 * 1024;
const growth = 2;
const largestPieceBytes = 4 * 1024 * 1024;
/** What has no answer of a model in its last bytes is left to a reading of the whole. */
const furthestBytes = 256 * 1024 * 1024;
/** Longer lines are parsed only where they hold a word of those that matter. */
const alwaysParsedBytes = 2048;
/** Lines of these kinds say nothing of how full the session is; the first three say where it is. */
const withoutFigures: ReadonlySet<string | null> = new Set([
  'user',
  'attachment',
  'progress',
  'file-history-snapshot',
  'last-prompt',
  'queue-operation',
]);
const usageName = Buffer.from('"usage"');
const boundaryName = Buffer.from('compact_boundary');
const titleName = Buffer.from('-title"');
const assistantName = Buffer.from('"assistant"');
const sidechainName = Buffer.from('"isSidechain":true');
const summaryName = Buffer.from('"summary"');
/** How many lines before the newest reading may belong to the same answer. */
const linesOfAnswer = 60;
/** How many lines before a compaction may stand behind it again. */
const linesBeforeCompaction = 400;
const headPieceBytes = 16 * 1024;
const laterHeadPieceBytes = 64 * 1024;
const furthestHeadBytes = 4 * 1024 * 1024;

/**
 * Reads a transcript of `sizeBytes` from its end, in pieces that grow, until it says how full the context is. The facts
 * are those of the lines looked at: right in the newest reading, its model, the place and the title, while counts, peaks
 * and turns need the whole file. Of the start a little is read where the end has no title, or where the estimate after a
 * compaction needs the first answer.
 */
export function* scanTail(sizeBytes: number): FileScan<TranscriptFacts> {
  const lines = createBackwardLines();
  const newest = collectNewest();
  let pieceBytes = firstPieceBytes;
  let from = sizeBytes;
  while (from > 0 && sizeBytes - from < furthestBytes && !newest.isEnough()) {
    const to = from;
    from = Math.max(0, to - pieceBytes);
    const piece = yield { from, to };
    if (piece.length < to - from) break;
    lines.takePiece(piece, from === 0);
    for (let line = lines.next(); line !== null && !newest.isEnough(); line = lines.next()) newest.take(line);
    pieceBytes = Math.min(pieceBytes * growth, largestPieceBytes);
  }
  const collected = newest.inFileOrder();
  const isNamed = collected.some(({ kind }) => kind === 'title');
  const ofTail = isNamed ? collected : [...titlesIn(lines.rest(), [titleName]), ...collected];
  const facts = ofTail.reduce(foldEntry, emptyFacts());
  if (from === 0) return facts;
  const wanted = { title: facts.title === null, answer: facts.justCompacted !== null };
  const ofHead = yield* scanHead(from, wanted);
  return ofHead.length === 0 ? facts : [...ofHead, ...ofTail].reduce(foldEntry, emptyFacts());
}

/** The titles of the first 16 KB, and the first answer, which may stand behind them. */
function* scanHead(
  tailStart: number,
  wanted: { readonly title: boolean; readonly answer: boolean },
): FileScan<readonly Entry[]> {
  const found: Entry[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  while ((wanted.answer && read < furthestHeadBytes) || (wanted.title && read === 0)) {
    const to = Math.min(tailStart, read + (read === 0 ? headPieceBytes : laterHeadPieceBytes));
    const piece = yield { from: read, to };
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(10) + 1;
    if (read === 0) found.push(...titlesIn(bytes, [summaryName, titleName]));
    const answer = wanted.answer ? firstAnswerIn(bytes.subarray(0, end)) : null;
    if (answer !== null) return [...found, answer];
    rest = bytes.subarray(end);
    if (piece.length < to - read || to === tailStart) break;
    read = to;
  }
  return found;
}

/** Whether a long line may be an answer, a compaction or a title: most are the results of tools, and dear to parse. */
function mayMatter(line: Buffer): boolean {
  const isAnswer = line.includes(usageName) && line.includes(assistantName);
  return isAnswer || line.includes(boundaryName) || line.includes(titleName);
}

/** The newest lines of these names in a stretch of lines, as far as they are titles; the other lines are not parsed. */
function titlesIn(bytes: Buffer, names: readonly Buffer[]): Entry[] {
  return names.flatMap((name) => {
    // From the start on: a search from the end is several times slower.
    let at = -1;
    for (let next = bytes.indexOf(name); next !== -1; next = bytes.indexOf(name, next + 1)) at = next;
    if (at === -1) return [];
    const lineEnd = bytes.indexOf(10, at);
    const line = bytes.subarray(bytes.lastIndexOf(10, at) + 1, lineEnd === -1 ? bytes.length : lineEnd);
    return entriesOf(line).filter((entry) => entry.kind === 'title');
  });
}

/** Where a line without figures says that the session is. */
function placesIn(line: Buffer): readonly Entry[] {
  const ends = line.length > alwaysParsedBytes ? readLineEnds(line) : null;
  return ends === null ? entriesOf(line) : [{ kind: 'attachment', ...ends }];
}

function firstAnswerIn(bytes: Buffer): Entry | null {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    const answer = entriesOf(bytes.subarray(from, end)).find(isReading);
    if (answer !== undefined) return answer;
    from = end + 1;
  }
  return null;
}

function entriesOf(line: Buffer): readonly Entry[] {
  const read = readTranscriptLine(line.toString('utf8'));
  return read.kind === 'entries' ? read.entries : [];
}

interface NewestLines {
  readonly take: (line: Buffer) => void;
  readonly isEnough: () => boolean;
  readonly inFileOrder: () => readonly Entry[];
}

/**
 * Takes lines from the newest on, and knows from when on older ones don't change how full the context is: it looks for
 * the newest answer, then for the other lines of that answer, and where a compaction comes before it for the answers
 * from before that, which a compaction may have appended again.
 */
function collectNewest(): NewestLines {
  const newestFirst: Entry[] = [];
  let phase: 'answer' | 'its-other-lines' | 'before-compaction' = 'answer';
  let idOfAnswer: Buffer | null = null;
  let hasPlace = false;
  let linesLeft = Infinity;

  function takeEntry(entry: Entry): void {
    newestFirst.push(entry);
    hasPlace ||= 'cwd' in entry && entry.cwd !== null && !entry.isSidechain;
    if (phase === 'answer' && isReading(entry)) {
      phase = 'its-other-lines';
      idOfAnswer = Buffer.from(JSON.stringify(entry.messageId));
      linesLeft = linesOfAnswer;
    } else if (phase === 'its-other-lines' && entry.kind === 'system' && entry.compaction !== null) {
      phase = 'before-compaction';
      linesLeft = linesBeforeCompaction;
    }
  }

  function isWorthParsing(line: Buffer): boolean {
    if (phase === 'answer') return line.length <= alwaysParsedBytes || !hasPlace || mayMatter(line);
    if (phase === 'before-compaction') return line.includes(usageName);
    return line.includes(boundaryName) || (idOfAnswer !== null && line.includes(idOfAnswer));
  }

  return {
    take(line) {
      linesLeft -= 1;
      if (withoutFigures.has(typeAtStart(line))) {
        if (phase === 'answer' && !hasPlace) for (const entry of placesIn(line)) takeEntry(entry);
      } else if (isWorthParsing(line)) for (const entry of entriesOf(line).toReversed()) takeEntry(entry);
      else if (phase === 'its-other-lines' && isAnotherAnswer(line)) linesLeft = 0;
    },
    isEnough: () => linesLeft <= 0,
    inFileOrder: () => newestFirst.toReversed(),
  };
}

/** Told from its words alone: the answer before it is not looked at any closer. */
function isAnotherAnswer(line: Buffer): boolean {
  return line.includes(usageName) && line.includes(assistantName) && !line.includes(sidechainName);
}
