import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ExportTrigger } from '../../shared/app-state.js';
import { createStorageFolder } from './storage-folder.js';
import { commitSegment, type ExportStep } from './commit-segment.js';
import { copyLines, type CopiedLines } from './copy-lines.js';
import { ledgerWith, type ExportFolders, type ExportLedger } from './export-ledger.js';
import { demandFreeSpace, freeBytesOf } from './free-space.js';
import { describeSegment } from './describe-segment.js';
import type { SegmentManifest } from './segment-manifest.js';
import { isSessionId } from './segment-name.js';
import { lookForSidecars, rememberSidecars, type SidecarMemory } from './sidecar-look.js';
import { writeSidecars } from './sidecar-writer.js';
import { checkSource } from './source-check.js';
import { isRewritten, openSource } from './source-file.js';
import { storageError, StorageError } from './storage-error.js';
import { temporaryPathFor } from './temporary-name.js';

/** What was known of the session when the export was triggered; after a compaction, of the time before it. */
export interface SegmentReading {
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
  /** What is remembered of sidecars between exports; without it nothing is. */
  readonly sidecarMemory?: SidecarMemory;
  /** Free bytes for the user on a folder's disk. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Called before each step; what it throws stops the export there. */
  readonly atStep?: (step: ExportStep) => Promise<void> | void;
}

/**
 * What came of it. `ledger` is the one to hand to the next export; `leftOut` has one sentence for each sidecar that could
 * not be read.
 */
export type SegmentOutcome =
  | {
      readonly kind: 'exported';
      readonly name: string;
      /** Absolute path of the segment in the pending folder. */
      readonly path: string;
      readonly manifest: SegmentManifest;
      readonly ledger: ExportLedger;
      readonly leftOut: readonly string[];
    }
  | { readonly kind: 'nothing-new'; readonly exportedBytes: number; readonly leftOut: readonly string[] }
  | { readonly kind: 'source-gone' };

const mostTries = 3;

/**
 * Writes what no earlier export of the session holds, up to the last complete line, and what is new in its sidecars, as a
 * segment committed by its manifest. Streams; reads only new bytes and 32 KB before them. A source that is appended to or deleted meanwhile is
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
  const { ledger, folders, sessionId, sourcePath } = request;
  const { exportsPending } = folders;
  const memory = request.sidecarMemory ?? rememberSidecars();
  const atStep = request.atStep ?? (() => undefined);
  const facts = await source.stat({ bigint: true });
  const size = Math.min(Number(facts.size), request.endLimit ?? Number.MAX_SAFE_INTEGER);
  const check = await checkSource(ledger, source);
  const look = await lookForSidecars({ sourcePath, sessionId, ledger: ledger.sidecars, memory });
  const nothingNew = { kind: 'nothing-new', exportedBytes: check.start, leftOut: look.leftOut } as const;
  if (size <= check.start && look.possiblyNew.length === 0) return nothingNew;

  await createStorageFolder(exportsPending);
  const end = Math.max(size, check.start);
  const neededBytes = end - check.start + look.newBytes;
  await demandFreeSpace(exportsPending, neededBytes, request.freeBytes ?? freeBytesOf);
  const prefix = path.join(exportsPending, sessionId.slice(0, 8));
  const temporary = temporaryPathFor(`${prefix}.jsonl`);
  const temporarySidecars = temporaryPathFor(`${prefix}.sidecars`);
  let target: FileHandle | null = null;
  const openTarget = async () => {
    await atStep('first-byte');
    target = await open(temporary, 'wx', 0o600);
    return target;
  };
  try {
    const sidecars = await writeSidecars({
      sidecars: look.possiblyNew,
      ledger: ledger.sidecars,
      memory,
      folder: temporarySidecars,
      atStep,
    });
    const hasSidecars = sidecars.entries.length > 0;
    const leftOut = [...look.leftOut, ...sidecars.leftOut];
    let copied: CopiedLines;
    try {
      const worth = hasSidecars ? 'line' : 'message';
      copied = await copyLines({ source, start: check.start, size: end, before: check.before, worth, openTarget });
      const changed = copied.shrunk || (await isRewritten(source, facts.mtimeNs, copied));
      if (changed) return null;
      if (!copied.somethingNew && !hasSidecars) return { ...nothingNew, leftOut };
      target ??= await openTarget();
      await atStep('flush-segment');
      await flush(target);
    } finally {
      await close(target);
    }
    const at = request.now();
    const manifest = describeSegment({ request, check, copied, sidecars: sidecars.entries, facts, at });
    const committed = hasSidecars ? temporarySidecars : null;
    const segment = await commitSegment({ temporary, temporarySidecars: committed, manifest, folders, at, atStep });
    return {
      kind: 'exported',
      name: segment.name,
      path: path.join(exportsPending, segment.name),
      manifest,
      ledger: ledgerWith(ledger, check.segments, segment),
      leftOut,
    };
  } finally {
    if (target) await rm(temporary, { force: true }).catch(() => undefined);
    await rm(temporarySidecars, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function flush(target: FileHandle | null): Promise<void> {
  await target?.sync();
}

async function close(target: FileHandle | null): Promise<void> {
  await target?.close();
}
