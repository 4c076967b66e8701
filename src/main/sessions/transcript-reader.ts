import type { Stats } from 'node:fs';
import { createBacklog, messageKeyOf } from './backlog.js';
import { createLineSplitter } from './line-splitter.js';
import { createPartialLine } from './partial-line.js';
import { runScan } from './file-scan.js';
import { readRange } from './read-range.js';
import { openForReading, openQuickly, type ReadableFile } from './readable-file.js';
import { scanTail } from './tail-scan.js';
import { failureOf, notAFile, type TranscriptRead } from './transcript-read.js';
import { glanceSnapshot, type TranscriptSnapshot } from './transcript-snapshot.js';
import { createTailGuard } from './tail-guard.js';
import { emptyFacts, foldBadLine, foldEntry } from './transcript-facts.js';
import { readTranscriptLine, type TranscriptLine } from './transcript-line.js';

/** Follows one transcript. It holds no file open and runs nothing between two reads, so there is nothing to close. */
export interface TranscriptReader {
  /** Says from the end of the file how full the context is, at a cost that doesn't grow with the file. Changes nothing in what `read` knows. */
  readonly glance: () => Promise<TranscriptRead>;
  /** Reads what is new. Calls during a read share the one read that follows it. */
  readonly read: () => Promise<TranscriptRead>;
  /** Sets the offset up to which the session is exported, a line's end; the next read counts from there. */
  readonly setExportedBytes: (exportedBytes: number) => void;
}

/** Opens nothing yet: the first read parses the whole file, later ones only new bytes (and up to 4 KB before them, to see a rewrite). */
export function openTranscriptReader({
  path,
  exportedBytes = 0,
  isQuick = () => false,
}: {
  readonly path: string;
  readonly exportedBytes?: number;
  /** Asked before each read: whether the file's disk is local and answers at once. */
  readonly isQuick?: () => boolean;
}): TranscriptReader {
  const work = { bytesRead: 0, linesParsed: 0 };
  let backlog = createBacklog(exportedBytes);
  let splitter = createLineSplitter();
  let partialLine = createPartialLine();
  let guard = createTailGuard();
  let facts = emptyFacts();
  let offset = 0;
  let seen: Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs'> | null = null;

  function startAfresh(): void {
    backlog = createBacklog(backlog.exportedBytes());
    splitter = createLineSplitter();
    partialLine = createPartialLine();
    guard = createTailGuard();
    facts = emptyFacts();
    offset = 0;
  }

  function parse(text: string | null): TranscriptLine {
    work.linesParsed += 1;
    return text === null ? { kind: 'bad' } : readTranscriptLine(text);
  }

  function takeLine(text: string | null, startsAt: number): void {
    const line = parse(text);
    if (line.kind === 'bad' || (line.kind === 'entries' && line.damaged)) facts = foldBadLine(facts);
    if (line.kind !== 'entries') return;
    for (const entry of line.entries) {
      facts = foldEntry(facts, entry);
      backlog.note(entry, startsAt);
    }
  }

  /** Whether all that was read before still stands; looks at the bytes before the offset where anything has changed. */
  async function stillStands(handle: ReadableFile, stats: Stats): Promise<boolean> {
    if (seen === null) return true;
    if (stats.dev !== seen.dev || stats.ino !== seen.ino || stats.size < offset) return false;
    if (stats.size === seen.size && stats.mtimeMs === seen.mtimeMs) return true;
    const found: Buffer[] = [];
    await readRange(handle, { from: offset - guard.bytes().length, to: offset }, (chunk) => {
      work.bytesRead += chunk.length;
      found.push(Buffer.from(chunk));
      return true;
    });
    return Buffer.concat(found).equals(guard.bytes());
  }

  /** Counts again the lines between a mark that went back and the lines that are still known. */
  async function fillBacklog(handle: ReadableFile): Promise<void> {
    const missing = backlog.missing();
    if (missing === null) return;
    const messages = new Map<string, number>();
    // Reading starts one byte early: up to the first line end is the end of a line that starts before the mark.
    const from = Math.max(0, missing.from - 1);
    const lines = createLineSplitter(from);
    const end = Math.min(missing.to, splitter.lineStartsAt());
    await readRange(handle, { from, to: end }, (chunk) => {
      work.bytesRead += chunk.length;
      lines.push(chunk, (text, startsAt) => {
        const line = startsAt < missing.from ? null : parse(text);
        for (const entry of line?.kind === 'entries' ? line.entries : []) {
          const key = messageKeyOf(entry, startsAt);
          if (key === null) continue;
          messages.delete(key);
          messages.set(key, startsAt);
        }
      });
      return true;
    });
    backlog.addEarlier(messages);
  }

  async function readNew(handle: ReadableFile): Promise<TranscriptRead> {
    const stats = await handle.stat();
    if (!stats.isFile()) return notAFile;
    const restarted = !(await stillStands(handle, stats));
    if (restarted) startAfresh();
    seen = stats;
    const offsetBefore = offset;
    await readRange(handle, { from: offset, to: stats.size }, (chunk) => {
      work.bytesRead += chunk.length;
      offset += chunk.length;
      guard.push(chunk);
      splitter.push(chunk, takeLine);
      return true;
    });
    await fillBacklog(handle);
    const lastEntry = partialLine.entryOf(splitter, {
      grew: offset > offsetBefore,
      onParse: () => (work.linesParsed += 1),
    });
    const snapshot: TranscriptSnapshot = {
      facts: lastEntry === null ? facts : foldEntry(facts, lastEntry),
      complete: true,
      endsMidLine: lastEntry !== null,
      sizeBytes: stats.size,
      modifiedAtMs: stats.mtimeMs,
      inode: stats.ino,
      completeBytes: splitter.lineStartsAt(),
      exportedBytes: backlog.exportedBytes(),
      unexportedMessages: backlog.unexportedMessages(),
      hasSomethingNew: backlog.hasSomethingNew(),
      restarted,
      ...work,
    };
    return { kind: 'read', snapshot };
  }

  async function glanceAt(handle: ReadableFile): Promise<TranscriptRead> {
    const stats = await handle.stat();
    if (!stats.isFile()) return notAFile;
    const ofTail = await runScan(handle, scanTail(stats.size), (bytes) => (work.bytesRead += bytes));
    return { kind: 'read', snapshot: { ...glanceSnapshot(ofTail, stats, backlog.exportedBytes()), ...work } };
  }

  async function withFile(look: (handle: ReadableFile) => Promise<TranscriptRead>): Promise<TranscriptRead> {
    try {
      const handle = isQuick() ? openQuickly(path) : await openForReading(path);
      try {
        return await look(handle);
      } finally {
        await handle.close();
      }
    } catch (error) {
      return failureOf(error);
    }
  }

  let running: Promise<TranscriptRead> | null = null;
  let next: Promise<TranscriptRead> | null = null;

  function start(): Promise<TranscriptRead> {
    next = null;
    running = withFile(readNew).finally(() => {
      running = null;
    });
    return running;
  }

  return {
    glance: () => withFile(glanceAt),
    read: () => (running === null ? start() : (next ??= running.then(start, start))),
    setExportedBytes: (bytes) => backlog.setExportedBytes(bytes),
  };
}
