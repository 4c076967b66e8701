import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ExportTrigger } from '../../shared/app-state.js';
import { createPrivateFolder } from './atomic-file.js';
import { commitSegment, type ExportStep } from './commit-segment.js';
import { copyLines, type CopiedLines } from './copy-lines.js';
import { ledgerWith, type ExportFolders, type ExportLedger } from './export-ledger.js';
import { demandFreeSpace, freeBytesOf } from './free-space.js';
import { chainOf, manifestFormatVersion, type SegmentManifest } from './segment-manifest.js';
import { isSessionId } from './segment-name.js';
import { checkSource, sha256, type SourceCheck } from './source-check.js';
import { isRewritten, openSource } from './source-file.js';
import { storageError, StorageError } from './storage-error.js';
import { temporaryPathFor } from './temporary-name.js';

/** What was known of the session when the export was triggered; after a compaction, of the time before it. */
interface SegmentReading {
  readonly percent: number | null;
  readonly usedTokens: number | null;
  readonly windowTokens: number | null;
  readonly model: string | null;
}

/** What to export, why and where to. */
export interface SegmentRequest {
  readonly sourcePath: string;
  readonly sessionId: string;
  /** Byte offset at a line end beyond which nothing is taken; null for all that is there. */
  readonly endLimit: number | null;
  readonly reading: SegmentReading | null;
  readonly trigger: ExportTrigger;
  readonly late: boolean;
  /** From `readExportLedger`, or from the export before. */
  readonly ledger: ExportLedger;
  readonly folders: ExportFolders;
  readonly now: () => Date;
  readonly appVersion: string;
  /** Free bytes for the user on a folder's disk. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Called before each step; what it throws stops the export there. */
  readonly atStep?: (step: ExportStep) => Promise<void> | void;
}

/** What came of it. `ledger` is the one to hand to the next export. */
export type SegmentOutcome =
  | {
      readonly kind: 'exported';
      readonly name: string;
      /** Absolute path of the segment in the pending folder. */
      readonly path: string;
      readonly manifest: SegmentManifest;
      readonly ledger: ExportLedger;
    }
  | { readonly kind: 'nothing-new'; readonly exportedBytes: number }
  | { readonly kind: 'source-gone' };

const mostTries = 3;

/**
 * Writes what no earlier export of the session holds, up to the last complete line, as a segment committed by its
 * manifest. Streams; reads only new bytes and 64 KB before them. A source that is appended to or deleted meanwhile is
 * exported as it was; one that is cut or rewritten meanwhile is read afresh. Throws a `StorageError` with its mend and
 * leaves nothing behind. One export of a session at a time: that is the caller's duty.
 */
export async function exportSegment(request: SegmentRequest): Promise<SegmentOutcome> {
  const { sourcePath, sessionId, folders } = request;
  if (!isSessionId(sessionId)) throw new RangeError(`Not a session id: ${JSON.stringify(sessionId)}`);
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    await request.atStep?.('open-source');
    const source = await openSource(sourcePath);
    if (!source) return { kind: 'source-gone' };
    try {
      const outcome = await exportFrom(source, request);
      if (outcome) return outcome;
    } catch (error) {
      throw storageError('write an export', folders.exportsPending, error);
    } finally {
      await source.close();
    }
  }
  throw new StorageError(`The session file keeps being rewritten while it is read (${sourcePath}).`, {
    code: 'SOURCE_CHANGING',
    mend: 'Try again in a moment.',
  });
}

/** One try; null when the source was cut or rewritten while it was read. */
async function exportFrom(source: FileHandle, request: SegmentRequest): Promise<SegmentOutcome | null> {
  const { ledger, folders, now } = request;
  const facts = await source.stat({ bigint: true });
  const size = Math.min(Number(facts.size), request.endLimit ?? Number.MAX_SAFE_INTEGER);
  const check = await checkSource(ledger, source);
  if (size <= check.start) return { kind: 'nothing-new', exportedBytes: check.start };

  await createPrivateFolder(folders.exportsPending);
  await demandFreeSpace(folders.exportsPending, size - check.start, request.freeBytes ?? freeBytesOf);
  const temporary = temporaryPathFor(path.join(folders.exportsPending, `${request.sessionId.slice(0, 8)}.jsonl`));
  let target: FileHandle | null = null;
  const openTarget = async () => {
    await request.atStep?.('first-byte');
    target = await open(temporary, 'wx', 0o600);
    return target;
  };
  try {
    let copied: CopiedLines;
    try {
      copied = await copyLines({ source, start: check.start, size, before: check.before, openTarget });
      const changed = copied.shrunk || (await isRewritten(source, facts.mtimeNs, copied));
      if (changed) return null;
      if (!copied.somethingNew) return { kind: 'nothing-new', exportedBytes: check.start };
      await request.atStep?.('flush-segment');
      await flush(target);
    } finally {
      await close(target);
    }
    const at = now();
    const manifest = describeSegment(request, check, copied, facts, at);
    const segment = await commitSegment({
      temporary,
      manifest,
      folders,
      at,
      atStep: request.atStep ?? (() => undefined),
    });
    return {
      kind: 'exported',
      name: segment.name,
      path: path.join(folders.exportsPending, segment.name),
      manifest,
      ledger: ledgerWith(ledger, check.segments, segment),
    };
  } finally {
    if (target) await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function describeSegment(
  { sessionId, sourcePath, reading, trigger, late, appVersion }: SegmentRequest,
  check: SourceCheck,
  copied: CopiedLines,
  facts: { readonly ino: bigint; readonly mtime: Date },
  at: Date,
): SegmentManifest {
  return {
    formatVersion: manifestFormatVersion,
    sessionId,
    sourcePath,
    sourceInode: String(facts.ino),
    range: { start: check.start, end: copied.end },
    sha256: copied.sha256,
    chain: chainOf(check.chain, copied.sha256),
    generation: check.generation,
    baseSegment: check.baseSegment,
    percent: reading?.percent ?? null,
    usedTokens: reading?.usedTokens ?? null,
    windowTokens: reading?.windowTokens ?? null,
    model: reading?.model ?? null,
    trigger,
    late,
    messages: copied.messages,
    exportedAt: at.toISOString(),
    times: {
      firstEntryAt: copied.firstEntryAt,
      lastEntryAt: copied.lastEntryAt,
      sourceModifiedAt: facts.mtime.toISOString(),
    },
    appVersion,
    tail: { bytes: copied.tail.length, sha256: sha256(copied.tail) },
    recovered: false,
  };
}

async function flush(target: FileHandle | null): Promise<void> {
  await target?.sync();
}

async function close(target: FileHandle | null): Promise<void> {
  await target?.close();
}
