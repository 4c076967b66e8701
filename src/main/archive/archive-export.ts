import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ExportTrigger } from '../../shared/app-state.js';
import { createStorageFolder, demandNoLink } from '../export/storage-folder.js';
import { duplicateFile, moveFile, type MoveCalls } from '../export/move-file.js';
import { pathExists } from '../export/path-exists.js';
import { compressedNameOf, manifestNameOf } from '../export/segment-name.js';
import { storageError } from '../export/storage-error.js';
import { syncFolder } from '../export/sync-folder.js';
import type { ArchiveLayout } from './archive-layout.js';
import { findArchiveTarget, folderInArchive, holdsBytes, isSameFile } from './archive-target.js';
import { bringSidecars } from './bring-sidecars.js';
import { changingFile } from './entry-file.js';
import type { EntryIndex } from './entry-index.js';
import type { ExtractorResult, ExtractorScript } from './extractor-script.js';
import type { ArchivePlan, IndexedFile, IndexedSession, IndexedSidecar } from './indexed-file.js';
import type { PendingFile } from './pending-files.js';
import { isTranscript } from './piece-facts.js';
import { freeReportPath, writeProcessingReport, type ProcessingReport } from './processing-report.js';
import { sidecarPiecesOf } from './stored-piece.js';

/** A pending file that is indexed, reported and archived. */
export interface ProcessedExport {
  readonly name: string;
  readonly sessionId: string | null;
  /** Absolute path in the archive. */
  readonly archivedTo: string;
  /** Entry uuids not indexed before; where the file holds none at all what the extractor script says, else null. */
  readonly newMessages: number | null;
  readonly duplicateMessages: number | null;
  readonly trigger: ExportTrigger | null;
  readonly percent: number | null;
  readonly bytes: number;
  /** Distinct messages in one of our segments; null for a loose file. */
  readonly messages: number | null;
  /** Null where the extractor script was not run. */
  readonly extracted: ExtractorResult | null;
}

/** The steps of archiving in order; the fault tests stop the process before each of them. */
export type ArchiveStep =
  'index' | 'copy-manifest' | 'move-sidecars' | 'move' | 'remove-manifest' | 'report' | 'settle' | 'done';

/** What archiving works with. */
export interface ArchiveSurroundings {
  readonly layout: ArchiveLayout;
  readonly index: EntryIndex;
  readonly now: () => Date;
  /** Run besides the index, on the file's name in the pending folder. */
  readonly extractor?: ExtractorScript;
  readonly moveCalls?: MoveCalls;
  /** Called before each step; what it throws stops there. */
  readonly atStep?: (step: ArchiveStep) => Promise<void> | void;
}

/**
 * Indexes a pending file, moves it to the archive and writes its report. Each step can be repeated: killed between any
 * two, the next run ends in the same place with the same counts. The manifest is in the archive before its sidecars, they
 * before its segment, and it leaves the pending folder last, so that a segment never stands without them. Throws a
 * `StorageError`.
 */
export async function archiveExport(file: PendingFile, around: ArchiveSurroundings): Promise<ProcessedExport> {
  const { layout, index, now, atStep } = around;
  try {
    await demandNoLink(layout.exportsPending);
    await demandNoLink(folderInArchive(file, layout), layout.contextStorage);
    const plan = await makePlan(file, layout, now());
    await atStep?.('index');
    const { name, manifest } = file;
    const expectedSha256 = manifest?.sha256 ?? null;
    const sidecars = sidecarsOf(file, layout);
    const session = sessionOf(file);
    const indexed = await index.indexFile({ path: file.path, name, expectedSha256, session, sidecars, plan });
    if (!manifest) await demandUnchanged(file);
    const { archivedTo, extracted } = await moveToArchive(file, indexed, around);
    return await reportAndSettle({ ...indexed, plan: { ...indexed.plan, archivedTo } }, file, around, extracted);
  } catch (error) {
    throw storageError('archive an export', file.path, error);
  }
}

/** The last steps, for a file that is in the archive already: report, then forget that it was in work. */
export async function reportAndSettle(
  { name, sha256, plan, sizeBytes, ...indexed }: IndexedFile,
  { manifest }: Pick<PendingFile, 'manifest'>,
  { layout, index, now, atStep }: ArchiveSurroundings,
  extracted: ExtractorResult | null = null,
): Promise<ProcessedExport> {
  const at = now();
  const sessionId = manifest?.sessionId ?? null;
  const told = extracted?.kind === 'done' ? extracted : null;
  const newMessages = indexed.newMessages ?? told?.newMessages ?? null;
  const duplicateMessages = indexed.duplicateMessages ?? told?.duplicateMessages ?? null;
  await atStep?.('report');
  const report = {
    timestamp: at.toISOString(),
    file: name,
    messages_new: newMessages,
    messages_duplicate: duplicateMessages,
    archived_to: plan.archivedTo,
    ...(manifest && { archived_to_compressed: compressedNameOf(plan.archivedTo) }),
    session_id: sessionId,
    sha256,
    ...(extracted && { extractor: extractorReport(extracted) }),
  };
  let { reportPath } = plan;
  while ((await writeProcessingReport(reportPath, report)) === 'taken') {
    reportPath = await freeReportPath(layout.processingReports, at);
    // Remembered before it is written: a second run writes there again, not beside it.
    await index.changePlan(name, { ...plan, reportPath });
  }
  await atStep?.('settle');
  await index.settle(name);
  await atStep?.('done');
  return {
    name,
    sessionId,
    archivedTo: plan.archivedTo,
    newMessages,
    duplicateMessages,
    trigger: manifest?.trigger ?? null,
    percent: manifest?.percent ?? null,
    bytes: sizeBytes,
    messages: manifest?.messages ?? null,
    extracted,
  };
}

function extractorReport(extracted: ExtractorResult): NonNullable<ProcessingReport['extractor']> {
  if (extracted.kind === 'failed') return { failed: extracted.reason };
  return { new_messages: extracted.newMessages, duplicates: extracted.duplicateMessages };
}

/**
 * Moves the file to where the plan says, or to another free name where that was taken meanwhile. The extractor script is
 * run between the two halves of the move, when the file is safe in the archive: whatever it does with the pending name.
 */
async function moveToArchive(
  file: PendingFile,
  indexed: IndexedFile,
  around: ArchiveSurroundings,
): Promise<{ archivedTo: string; extracted: ExtractorResult | null }> {
  const { layout, index, now, moveCalls, extractor, atStep } = around;
  const isExtracted = (await extractor?.isWanted()) ?? false;
  const bring = isExtracted ? duplicateFile : moveFile;
  const isHere = (target: string) => holdsBytes(target, indexed.sizeBytes, indexed.sha256);
  let extracted: ExtractorResult | null = null;
  let { plan } = indexed;
  for (;;) {
    const { archivedTo } = plan;
    await createStorageFolder(path.dirname(archivedTo), layout.contextStorage);
    await atStep?.('copy-manifest');
    if ((await bringManifest(file, archivedTo, moveCalls)) && (await bringSidecars(file, archivedTo, around))) {
      await atStep?.('move');
      if ((await bring(file.path, archivedTo, moveCalls)) === 'done' || (await isHere(archivedTo))) {
        if (isExtracted) {
          await syncFolder(path.dirname(archivedTo));
          extracted = (await extractor?.run(file.path)) ?? null;
        }
        await rm(file.path, { force: true });
        break;
      }
    }
    plan = { ...plan, archivedTo: await findArchiveTarget(file, layout, now()) };
    await index.changePlan(file.name, plan);
  }
  if (file.manifest) {
    await atStep?.('remove-manifest');
    await removePendingManifest(file.name, plan.archivedTo, layout);
  }
  return { archivedTo: plan.archivedTo, extracted };
}

/** Puts the manifest beside where its segment will be; false where another one stands there. */
async function bringManifest(file: PendingFile, archivedTo: string, calls: MoveCalls | undefined): Promise<boolean> {
  if (!file.manifest) return true;
  const from = path.join(path.dirname(file.path), manifestNameOf(file.name));
  const to = manifestBeside(archivedTo);
  if ((await duplicateFile(from, to, calls)) === 'taken') return isSameFile(from, to);
  await syncFolder(path.dirname(to));
  return true;
}

/** Whether a file stands at its place in the archive, as it came or compressed since. */
export async function isArchived(archivedTo: string): Promise<boolean> {
  return (await pathExists(archivedTo)) || pathExists(compressedNameOf(archivedTo));
}

/** Removes the pending folder's copy of a manifest once the archive has both the segment and the same manifest. */
export async function removePendingManifest(
  name: string,
  archivedTo: string,
  { exportsPending }: ArchiveLayout,
): Promise<void> {
  const pending = path.join(exportsPending, manifestNameOf(name));
  const archived = manifestBeside(archivedTo);
  if (!(await pathExists(pending)) || !(await isArchived(archivedTo)) || !(await pathExists(archived))) return;
  if (!(await isSameFile(pending, archived))) return;
  await rm(pending, { force: true });
  await syncFolder(exportsPending);
}

function sessionOf({ manifest }: PendingFile): IndexedSession | null {
  if (!manifest) return null;
  const { sessionId, sourcePath, generation } = manifest;
  return { sessionId, sourcePath, generation };
}

/** The sub-agents' transcripts; killed after they were moved, a second run finds them in the archive. */
function sidecarsOf({ name, manifest }: PendingFile, layout: ArchiveLayout): readonly IndexedSidecar[] {
  if (!manifest) return [];
  return sidecarPiecesOf({ name, manifest }, layout)
    .filter(({ sidecarPath }) => isTranscript(sidecarPath))
    .map(({ sidecarPath, sha256, places }) => {
      const paths = places.filter(({ compressed }) => !compressed).map((place) => place.path);
      return { sidecarPath, sha256, paths };
    });
}

async function makePlan(file: PendingFile, layout: ArchiveLayout, at: Date): Promise<ArchivePlan> {
  return {
    archivedTo: await findArchiveTarget(file, layout, at),
    reportPath: await freeReportPath(layout.processingReports, at),
  };
}

async function demandUnchanged({ path: file, sizeBytes, modifiedMs }: PendingFile): Promise<void> {
  const facts = await lstat(file);
  if (facts.size === sizeBytes && facts.mtimeMs === modifiedMs) return;
  throw changingFile(file);
}

function manifestBeside(archivedTo: string): string {
  return path.join(path.dirname(archivedTo), manifestNameOf(path.basename(archivedTo)));
}
