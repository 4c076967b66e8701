import { lstat, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from './atomic-file.js';
import { createStorageFolder, demandNoLink } from './storage-folder.js';
import { countLines } from './line-counts.js';
import { readExportLedger, type ExportFolders, type ExportLedger } from './export-ledger.js';
import { namesAmongMany } from './folder-names.js';
import { hashFile } from './hash-file.js';
import { removeLeftovers } from './leftover-files.js';
import { moveAside } from './move-aside.js';
import {
  chainOf,
  formatManifest,
  manifestFormatVersion,
  parseManifest,
  readManifest,
  type SegmentManifest,
} from './segment-manifest.js';
import { manifestNameOf, parseSegmentName, segmentOfSidecars } from './segment-name.js';
import { bytesBefore, checkSource, hashOfRange, sha256 } from './source-check.js';
import { openSource } from './source-file.js';
import { syncFolder } from './sync-folder.js';
import { parseTemporaryName } from './temporary-name.js';
import { completeSidecars, setSidecarsAside, sidecarsWithoutSegment } from './unfinished-sidecars.js';

/** A session file that an unfinished export may come from. */
interface PossibleSource {
  readonly sessionId: string;
  readonly path: string;
}

/** Where to look and whom to ask. */
export interface UnfinishedExportsRequest {
  readonly folders: ExportFolders;
  /** Folder for what can't be completed. */
  readonly setAside: string;
  /** The session files whose id begins with these 8 characters. */
  readonly findSources: (sessionIdPrefix: string) => Promise<readonly PossibleSource[]>;
  readonly now: () => Date;
  readonly appVersion: string;
  readonly log: (message: string) => void;
  /** Looks at this segment alone; left out for all. */
  readonly only?: string;
}

/** Above so many segments the manifests are not read at the start, but when the queue comes to them. */
const mostManifestsRead = 1_000;

/**
 * Ends what a crash interrupted; to be called at start, before the first ledger is read. A segment without manifest is
 * completed if its bytes are proven (by the flushed draft of its manifest, else by the source), otherwise set aside:
 * never taken for a loose file, never deleted; its sidecars go with it. A damaged manifest is set aside and its segment
 * treated as having none; where very many segments wait, only those without a manifest are looked at, since reading all
 * would hold up the start. Sidecars without a segment are set aside too: both are exported again. Temporary files of ours
 * are removed. Returns the names of the segments.
 */
export async function finishUnfinishedExports(
  request: UnfinishedExportsRequest,
): Promise<{ readonly completed: readonly string[]; readonly setAside: readonly string[] }> {
  const { exportsPending } = request.folders;
  const completed: string[] = [];
  const setAside: string[] = [];
  await demandNoLink(exportsPending);
  const names = await suspects(exportsPending, request.only);
  for (const name of names.segments) {
    if (!(await isPlainFile(path.join(exportsPending, name)))) continue;
    const manifestPath = path.join(exportsPending, manifestNameOf(name));
    const { kind } = await readManifest(manifestPath);
    if (kind === 'valid') continue;
    if (kind === 'damaged') await moveAside(manifestPath, request.setAside);
    if (await completeFromDraft(name, names.drafts, request)) {
      completed.push(name);
      request.log(`Completed an unfinished export: ${name}`);
      continue;
    }
    // No draft says what they are.
    await setSidecarsAside(name, request);
    if (await completeFromSource(name, request)) {
      completed.push(name);
      request.log(`Completed an unfinished export: ${name}`);
    } else {
      await createStorageFolder(request.setAside);
      const target = await moveAside(path.join(exportsPending, name), request.setAside);
      setAside.push(name);
      request.log(`Set aside an unfinished export whose bytes are not those of the session file: ${target}`);
    }
  }
  for (const segment of names.alone) await setSidecarsAside(segment, request);
  await removeLeftovers(exportsPending, request.now);
  return { completed, setAside };
}

interface Suspects {
  /** In the order of their names. */
  readonly segments: readonly string[];
  /** What was being written when it ended: drafts of manifests, folders of sidecars. */
  readonly drafts: readonly string[];
  /** Segments that are gone while their sidecars are there. */
  readonly alone: readonly string[];
}

/** What may be unfinished in the pending folder. */
async function suspects(exportsPending: string, only: string | undefined): Promise<Suspects> {
  const segments: string[] = [];
  const manifests = new Set<string>();
  const sidecars: string[] = [];
  const drafts = await namesAmongMany(exportsPending, (name) => {
    if (name.endsWith('.manifest.json')) manifests.add(name);
    else if (segmentOfSidecars(name) !== null) sidecars.push(name);
    else if (only === undefined ? parseSegmentName(name) !== null : name === only) segments.push(name);
    return parseTemporaryName(name) !== null;
  });
  const areFew = segments.length <= mostManifestsRead;
  const looked = areFew ? segments : segments.filter((name) => !manifests.has(manifestNameOf(name)));
  const alone = only === undefined ? await sidecarsWithoutSegment(exportsPending, [...segments, ...sidecars]) : [];
  return { segments: looked.toSorted(), drafts, alone };
}

/** The draft was flushed before the segment got its name, so it is there after every crash between the two. */
async function completeFromDraft(
  name: string,
  names: readonly string[],
  { folders }: UnfinishedExportsRequest,
): Promise<boolean> {
  const manifestName = manifestNameOf(name);
  const drafts = names.filter((other) => parseTemporaryName(other)?.targetName === manifestName);
  for (const draftName of drafts) {
    const draft = path.join(folders.exportsPending, draftName);
    const manifest = parseManifest(await readFile(draft, 'utf8'));
    if (!manifest) continue;
    const ledger = await readExportLedger({ sessionId: manifest.sessionId, ...folders });
    const { sha256: found } = await hashFile(path.join(folders.exportsPending, name));
    if (found !== manifest.sha256 || isSuperseded(manifest, ledger)) continue;
    if (!(await completeSidecars(name, manifest, names, folders.exportsPending))) continue;
    await rename(draft, path.join(folders.exportsPending, manifestName));
    await syncFolder(folders.exportsPending);
    return true;
  }
  return false;
}

/** Whether the same bytes were exported again since. */
function isSuperseded(manifest: SegmentManifest, ledger: ExportLedger): boolean {
  return manifest.generation <= ledger.generation && chainOf(ledger.chain, manifest.sha256) !== manifest.chain;
}

async function completeFromSource(name: string, request: UnfinishedExportsRequest): Promise<boolean> {
  const { folders, findSources } = request;
  const segment = path.join(folders.exportsPending, name);
  const prefix = parseSegmentName(name)?.sessionIdPrefix ?? '';
  for (const source of await findSources(prefix)) {
    const manifest = await proveBySource(segment, source, request);
    if (!manifest) continue;
    await writeFileAtomically(path.join(folders.exportsPending, manifestNameOf(name)), formatManifest(manifest));
    return true;
  }
  return false;
}

async function proveBySource(
  segment: string,
  source: PossibleSource,
  { folders, appVersion }: UnfinishedExportsRequest,
): Promise<SegmentManifest | null> {
  const facts = await lstat(segment);
  if (facts.size === 0) return null;
  const ledger = await readExportLedger({ sessionId: source.sessionId, ...folders });
  const handle = await openSource(source.path).catch(() => null);
  if (!handle) return null;
  try {
    const check = await checkSource(ledger, handle);
    const range = { start: check.start, end: check.start + facts.size };
    const lines = countLines();
    const file = await hashFile(segment, lines.push);
    if (!file.endsAtLineEnd || (await hashOfRange(handle, range.start, range.end)) !== file.sha256) return null;
    const { ino, mtime } = await handle.stat({ bigint: true });
    const tail = (await bytesBefore(handle, range.end)) ?? Buffer.alloc(0);
    const { messages, firstEntryAt, lastEntryAt } = lines.counts();
    return {
      formatVersion: manifestFormatVersion,
      sessionId: source.sessionId,
      sourcePath: source.path,
      sourceInode: String(ino),
      range,
      sha256: file.sha256,
      chain: chainOf(check.chain, file.sha256),
      generation: check.generation,
      baseSegment: check.baseSegment,
      percent: parseSegmentName(path.basename(segment))?.percent ?? null,
      usedTokens: null,
      windowTokens: null,
      model: null,
      trigger: 'manual',
      late: false,
      messages,
      exportedAt: facts.mtime.toISOString(),
      times: { firstEntryAt, lastEntryAt, sourceModifiedAt: mtime.toISOString() },
      appVersion,
      tail: { bytes: tail.length, sha256: sha256(tail) },
      recovered: true,
    };
  } finally {
    await handle.close();
  }
}

async function isPlainFile(file: string): Promise<boolean> {
  return (await lstat(file)).isFile();
}
