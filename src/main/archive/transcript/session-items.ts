import { createHash } from 'node:crypto';
import type { ExportFolders } from '../../export/export-ledger.js';
import { sidecarPieces, type SidecarPiece } from '../../export/sidecar-ledger.js';
import { StorageError } from '../../export/storage-error.js';
import type { ArchivedSegment, ArchivedSession } from '../archived-session.js';
import { cutLines } from '../entry-lines.js';
import { readPiece } from '../piece-bytes.js';
import { segmentPiece, sidecarPiecesOf, type StoredPiece } from '../stored-piece.js';
import type { MaskSecrets } from '../secret-mask.js';
import { maskRecords } from './mask-records.js';
import { alone, makeItemReader, parseLine, type ReadItem } from './read-item.js';
import { kilobytes, readableLabel, readableText } from './readable-text.js';
import type { TranscriptItem } from './transcript-item.js';

/** A line that is longer isn't parsed: it is told with its size. */
const longestLineBytes = 24 * 1024 * 1024;
const longestSpilledBytes = 256 * 1024;
/** So much is read beyond it, so that a secret that is cut there is known as one. */
const beyondSpilledBytes = 16 * 1024;
const deepestAgent = 4;

/** How to read a session. */
export interface SessionItemsOptions {
  readonly folders: ExportFolders;
  readonly signal?: AbortSignal | undefined;
  /** Masks secrets; null shows them. */
  readonly mask: MaskSecrets | null;
  /** Hears what could not be read; the transcript says it too. */
  readonly onTrouble: (text: string) => void;
}

/**
 * A session from the archive alone, step by step in the order of the file: each sub-agent and spilled result folded
 * where it is first told of, those that nothing tells of at the end, then what the session file no longer holds. What is
 * missing or damaged is told where it belongs. Holds one buffer's lines at a time.
 */
export async function* sessionItems(
  session: ArchivedSession,
  { folders, signal, mask, onTrouble }: SessionItemsOptions,
): AsyncGenerator<TranscriptItem, void, undefined> {
  const all = [...session.segments, ...session.superseded];
  const segments = new Map(all.map((segment) => [segment.name, segment]));
  const sidecars = new Map(sidecarPieces(all));
  const anchors = new Set<string>();

  function trouble(text: string): TranscriptItem {
    onTrouble(text);
    return { kind: 'trouble', text: readableText(text, 1000) };
  }

  async function* linesOf(pieces: readonly StoredPiece[]): AsyncGenerator<ReadItem, void, undefined> {
    const readLine = makeItemReader(anchors);
    // Within one buffer, so that no more than its lines are held.
    const waiting: (string | number)[] = [];
    const cutter = cutLines((line, _offset, length) => waiting.push(line ?? length), longestLineBytes);
    async function* give(): AsyncGenerator<ReadItem, void, undefined> {
      const lines = waiting.splice(0).map((line) => (typeof line === 'string' ? parseLine(line) : line));
      if (mask)
        await maskRecords(
          lines.flatMap((line) => (typeof line === 'object' ? [line.record] : [])),
          mask,
        );
      for (const line of lines) {
        if (typeof line === 'object') yield readLine(line);
        else yield alone({ kind: 'trouble', text: `A line too long to show, ${kilobytes(line)} left out.` });
      }
    }
    for (const piece of pieces) {
      const hash = createHash('sha256');
      let failure: string | null = null;
      try {
        for await (const bytes of readPiece(piece, { signal })) {
          hash.update(bytes);
          cutter.push(bytes);
          yield* give();
        }
        if (hash.digest('hex') !== piece.sha256) failure = `Damaged in the archive: ${piece.name}.`;
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        failure = `${error.message} ${error.mend}`;
      }
      if (failure !== null) {
        cutter.end();
        yield* give();
        yield alone(trouble(failure));
      }
    }
    cutter.end();
    yield* give();
  }

  async function* shown(
    pieces: readonly StoredPiece[],
    depth: number,
  ): AsyncGenerator<TranscriptItem, void, undefined> {
    for await (const { item, agentIds, spilledNames } of linesOf(pieces)) {
      yield item;
      for (const name of spilledNames) yield* sidecar((path) => path.endsWith(`/tool-results/${name}`), depth);
      for (const id of agentIds) yield* sidecar((path) => `/${path}`.endsWith(`/agent-${id}.jsonl`), depth);
    }
  }

  async function* sidecar(
    isMeant: (path: string) => boolean,
    depth: number,
  ): AsyncGenerator<TranscriptItem, void, undefined> {
    const path = [...sidecars.keys()].find(isMeant);
    const pieces = path === undefined ? undefined : sidecars.get(path);
    if (path === undefined || pieces === undefined || depth >= deepestAgent) return;
    sidecars.delete(path); // Each is shown once.
    yield { kind: 'open', label: labelOf(path) };
    if ((pieces[0]?.entry.range.start ?? 0) > 0) yield trouble(`The beginning of ${path} is missing in the archive.`);
    const stored = pieces.flatMap((piece) => storedPiece(piece, segments, folders));
    if (path.endsWith('.jsonl')) {
      const meta = path.replace(/\.jsonl$/, '.meta.json');
      yield* sidecar((other) => other === meta, depth);
      yield* shown(stored, depth + 1);
    } else {
      yield await plainOf(stored);
    }
    yield { kind: 'close' };
  }

  /** The beginning of a file that isn't lines. */
  async function plainOf(pieces: readonly StoredPiece[]): Promise<TranscriptItem> {
    const held: Buffer[] = [];
    let [heldBytes, allBytes] = [0, 0];
    try {
      for (const piece of pieces) {
        allBytes += piece.sizeBytes;
        for await (const bytes of readPiece(piece, { signal })) {
          held.push(bytes);
          heldBytes += bytes.length;
          if (heldBytes >= longestSpilledBytes + beyondSpilledBytes) break;
        }
      }
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return trouble(`${error.message} ${error.mend}`);
    }
    const whole = Buffer.concat(held);
    const cut = mask === null ? whole : Buffer.from((await mask([whole.toString('utf8')]))[0] ?? '');
    const text = cut
      .subarray(0, longestSpilledBytes)
      .toString('utf8')
      .replace(/\ufffd$/, '');
    const left = allBytes - longestSpilledBytes;
    const end = left > 0 ? `\n… shortened, ${kilobytes(left)} left out …` : '';
    return { kind: 'plain', text: `${readableText(text, longestSpilledBytes)}${end}` };
  }

  const missing = session.segments[0]?.manifest.range.start ?? 0;
  if (missing > 0) yield trouble(`The first ${kilobytes(missing)} of the session are missing in the archive.`);
  yield* shown(
    session.segments.map((segment) => segmentPiece(segment, folders)),
    0,
  );
  while (sidecars.size > 0) {
    const [next = ''] = [...sidecars.keys()].toSorted(linesFirst);
    yield* sidecar((path) => path === next, 0);
  }
  if (session.superseded.length > 0) {
    yield { kind: 'open', label: 'Earlier versions, which the session file no longer holds' };
    yield* shown(
      session.superseded.map((segment) => segmentPiece(segment, folders)),
      0,
    );
    yield { kind: 'close' };
  }
}

/** Transcripts before what belongs to them. */
function linesFirst(one: string, other: string): number {
  return Number(other.endsWith('.jsonl')) - Number(one.endsWith('.jsonl')) || one.localeCompare(other);
}

function labelOf(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  const [, agent] = /^agent-(.+)\.jsonl$/.exec(name) ?? [];
  if (agent !== undefined) return `Sub-agent ${readableLabel(agent, 100)}`;
  return `${path.includes('/tool-results/') ? 'Full result' : 'File beside the session'}: ${readableLabel(name, 100)}`;
}

function storedPiece(
  { segment: name, entry }: SidecarPiece,
  segments: ReadonlyMap<string, ArchivedSegment>,
  folders: ExportFolders,
): readonly StoredPiece[] {
  const segment = segments.get(name);
  return segment ? sidecarPiecesOf(segment, folders).filter(({ sidecarPath }) => sidecarPath === entry.path) : [];
}
