import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { inParallel } from '../sessions/in-parallel.js';
import { readingFlags } from '../sessions/readable-file.js';
import { isGone } from '../sessions/session-file.js';
import type { SessionSidecar } from '../sessions/session-sidecars.js';
import type { ExportStep } from './commit-segment.js';
import type { SidecarEntry } from './sidecar-entry.js';
import type { SidecarLedger, SidecarPiece } from './sidecar-ledger.js';
import { factsKey, type SidecarMemory } from './sidecar-look.js';
import { copyNewLines, copyWhole, type PieceOutcome } from './sidecar-piece.js';
import { syncFolder } from './sync-folder.js';

/** What came of writing a session's sidecars. */
export interface WrittenSidecars {
  readonly entries: readonly SidecarEntry[];
  /** One sentence for each that could not be read. */
  readonly leftOut: readonly string[];
}

const piecesAtOnce = 4;
const mostTries = 3;

/**
 * Writes what is new in sidecars into a folder that is made for the first piece, flushes each piece and the folder, and
 * says what the manifest has to list. What can't be read is left out; what can't be written throws. Nothing is taken
 * back then: that is the caller's duty.
 */
export async function writeSidecars({
  sidecars,
  ledger,
  memory,
  folder,
  atStep,
}: {
  readonly sidecars: readonly SessionSidecar[];
  readonly ledger: SidecarLedger;
  readonly memory: SidecarMemory;
  readonly folder: string;
  readonly atStep: (step: ExportStep) => Promise<void> | void;
}): Promise<WrittenSidecars> {
  const entries = new Map<number, SidecarEntry>();
  const leftOut: string[] = [];
  const failures: unknown[] = [];
  let made: Promise<unknown> | null = null;

  async function openNew(target: string): Promise<FileHandle> {
    made ??= mkdir(folder, { mode: 0o700 });
    await made;
    await atStep('write-sidecar');
    return open(target, 'wx', 0o600);
  }

  async function writeOne(sidecar: SessionSidecar, index: number): Promise<void> {
    const file = pieceName(sidecar.path, index + 1);
    const target = path.join(folder, file);
    const pieces = ledger.get(sidecar.path) ?? [];
    for (let attempt = 1; attempt <= mostTries; attempt += 1) {
      const taken = await takePiece(sidecar, pieces, () => openNew(target), atStep);
      if (taken.kind === 'copied') {
        entries.set(index, { path: sidecar.path, file, ...taken.piece, source: taken.source });
        return;
      }
      if (made) await rm(target, { force: true });
      if (taken.kind === 'nothing-new') memory.read.set(sidecar.filePath, factsKey(taken.source));
      if (taken.kind === 'unreadable') leftOut.push(`${sidecar.filePath} can't be read: ${taken.reason}.`);
      if (taken.kind !== 'changed') return;
    }
    leftOut.push(`${sidecar.filePath} keeps being rewritten while it is read.`);
  }

  // Each is finished before a failure ends it all: nobody writes any more when the folder is taken back.
  await inParallel([...sidecars.entries()], piecesAtOnce, async ([index, sidecar]) => {
    if (failures.length > 0) return;
    await writeOne(sidecar, index).catch((error: unknown) => failures.push(error));
  });
  if (failures.length > 0) throw failures[0];
  if (made) await syncFolder(folder);
  const inOrder = [...entries].toSorted(([one], [other]) => one - other).map(([, entry]) => entry);
  return { entries: inOrder, leftOut };
}

type TakenPiece =
  | (Extract<PieceOutcome, { kind: 'copied' | 'nothing-new' }> & { readonly source: SidecarEntry['source'] })
  | { readonly kind: 'changed' | 'gone' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Copies what is new in one sidecar and flushes it. */
async function takePiece(
  { filePath, path: relative }: SessionSidecar,
  pieces: readonly SidecarPiece[],
  openNew: () => Promise<FileHandle>,
  atStep: (step: ExportStep) => Promise<void> | void,
): Promise<TakenPiece> {
  let source: FileHandle;
  try {
    source = await open(filePath, readingFlags);
  } catch (error) {
    return isGone(error) ? { kind: 'gone' } : { kind: 'unreadable', reason: reasonOf(error) };
  }
  const readable = watchReads(source);
  let target: FileHandle | null = null;
  try {
    const facts = await readable.stat({ bigint: true });
    if (!facts.isFile()) return { kind: 'unreadable', reason: 'it is no plain file' };
    const openTarget = async () => (target = await openNew());
    const copy = relative.endsWith('.jsonl') ? copyNewLines : copyWhole;
    const outcome = await copy({ source: readable, facts, pieces, openTarget });
    if (outcome.kind === 'changed') return outcome;
    if (outcome.kind === 'copied') {
      await atStep('flush-sidecar');
      await flush(target);
    }
    const inode = String(facts.ino);
    return { ...outcome, source: { inode, sizeBytes: Number(facts.size), modifiedNs: String(facts.mtimeNs) } };
  } catch (error) {
    if (readable.failure() !== error) throw error;
    return { kind: 'unreadable', reason: reasonOf(error) };
  } finally {
    await source.close();
    await close(target);
  }
}

/** Remembers what a source threw, to tell it from what its target threw. */
function watchReads(source: FileHandle) {
  let failure: unknown = null;
  const remember = (error: unknown) => {
    failure = error;
    throw error;
  };
  return {
    read: ((...values: Parameters<FileHandle['read']>) => source.read(...values).catch(remember)) as FileHandle['read'],
    stat: ((...values: Parameters<FileHandle['stat']>) => source.stat(...values).catch(remember)) as FileHandle['stat'],
    failure: () => failure,
  };
}

/** Safe on every system: a number, and what is harmless of the source's own name. */
function pieceName(sidecarPath: string, number: number): string {
  const name = path.posix.basename(sidecarPath).replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const harmless = name.slice(0, 80).replace(/^\./, '_').replace(/\.$/, '_');
  return `${String(number).padStart(4, '0')}-${harmless}`;
}

async function flush(target: FileHandle | null): Promise<void> {
  await target?.sync();
}

async function close(target: FileHandle | null): Promise<void> {
  await target?.close();
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
