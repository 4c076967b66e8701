import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { pathExists } from '../export/path-exists.js';
import { chainOf } from '../export/segment-manifest.js';
import { manifestNameOf, parseSegmentName } from '../export/segment-name.js';
import { storageError } from '../export/storage-error.js';
import { hasTwin, type ArchivedSegment, type ArchivedSession } from './archived-session.js';
import { hashPiece } from './piece-bytes.js';
import { isPlainFolder } from './plain-folder.js';
import { segmentPiece, sidecarPiecesOf, type StoredPiece } from './stored-piece.js';

/** Something of the archive that is not as its manifest says. */
export interface ArchiveFault {
  /**
   * `missing`: the bytes are gone. `damaged`: they are others. `unreadable`: they can't be read now. `broken-chain`: what
   * came before is missing. `bad-manifest`: it can't be understood. `no-manifest`: nothing vouches for the bytes.
   */
  readonly kind: 'missing' | 'damaged' | 'unreadable' | 'broken-chain' | 'bad-manifest' | 'no-manifest';
  readonly sessionId: string;
  /** Name of the segment, the piece of a sidecar, or the manifest. */
  readonly name: string;
  /** One sentence with the path. */
  readonly message: string;
  readonly mend: string;
}

/** What was looked at in one session. */
export interface VerifiedSession {
  readonly segments: number;
  readonly sidecarPieces: number;
  /** Unpacked. */
  readonly bytes: number;
  readonly faults: readonly ArchiveFault[];
}

const backup = 'Bring the file back from a backup.';
const exportAgain =
  'Bring it back from a backup; if the session file is still there, what it holds can be exported again.';

/**
 * Re-hashes everything that is kept of a session and follows its chains. Only reads, and holds a few hundred kilobytes.
 * What is archived, compressed or deleted meanwhile by a running app is no fault. `signal` ends it with its reason.
 */
export async function verifySession(
  session: ArchivedSession,
  folders: ExportFolders,
  { signal, onBytes }: { readonly signal?: AbortSignal | undefined; readonly onBytes?: (count: number) => void } = {},
): Promise<VerifiedSession> {
  const { sessionId, segments, superseded, damagedManifests } = session;
  const all = [...segments, ...superseded];
  const faults: ArchiveFault[] = damagedManifests.map((file) => ({
    kind: 'bad-manifest',
    sessionId,
    name: path.basename(file),
    message: `A manifest can't be understood (${file}).`,
    mend: `${backup} Without it nothing vouches for its segment.`,
  }));
  let [sidecarPieces, bytes] = [0, 0];

  async function check(piece: StoredPiece, segment: ArchivedSegment): Promise<void> {
    const fault = await checkPiece(
      piece,
      sessionId,
      (count) => {
        bytes += count;
        onBytes?.(count);
      },
      signal,
    );
    if (fault && (await isStillKept(segment, folders))) faults.push(fault);
  }

  for (const segment of all) {
    const isNeeded = segment.stored !== null || !hasTwin(segment, all);
    if (isNeeded) await check(segmentPiece(segment, folders), segment);
    for (const piece of sidecarPiecesOf(segment, folders)) {
      sidecarPieces += 1;
      await check(piece, segment);
    }
  }
  faults.push(...brokenChains(sessionId, all), ...brokenSidecars(sessionId, all));
  faults.push(...(await withoutManifest(session, folders)));
  return { segments: all.length, sidecarPieces, bytes, faults };
}

async function checkPiece(
  piece: StoredPiece,
  sessionId: string,
  onBytes: (count: number) => void,
  signal: AbortSignal | undefined,
): Promise<ArchiveFault | null> {
  const common = { sessionId, name: piece.name };
  try {
    const { sha256, sizeBytes } = await hashPiece(piece, { signal, onBytes });
    if (sha256 === piece.sha256 && sizeBytes === piece.sizeBytes) return null;
    const message = `Its bytes are not those that were exported: ${piece.name}, ${sizeBytes} of ${piece.sizeBytes} bytes.`;
    return { ...common, kind: 'damaged', message, mend: backup };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const { code, message, mend } = storageError('read the archive', piece.name, error);
    if (code === 'ENOENT') return { ...common, kind: 'missing', message, mend: exportAgain };
    return {
      ...common,
      kind: code === 'DAMAGED' || code === 'EISDIR' || code === 'ELOOP' ? 'damaged' : 'unreadable',
      message,
      mend,
    };
  }
}

/** Whether the manifest still stands: a session may be deleted while it is verified. */
async function isStillKept({ name, folder, manifest }: ArchivedSegment, folders: ExportFolders): Promise<boolean> {
  const manifestName = manifestNameOf(name);
  if (await pathExists(path.join(folder, manifestName))) return true;
  return pathExists(path.join(folders.exportsArchive, manifest.sessionId, manifestName));
}

/** Segments that continue one whose manifest is not there any more. */
function brokenChains(sessionId: string, all: readonly ArchivedSegment[]): readonly ArchiveFault[] {
  return all
    .filter(({ manifest: { range, chain, sha256 } }) => {
      if (range.start === 0 && chainOf('', sha256) === chain) return false;
      return !all.some(
        ({ manifest: before }) => before.range.end === range.start && chainOf(before.chain, sha256) === chain,
      );
    })
    .map(({ name, manifest: { range } }) => ({
      kind: 'broken-chain',
      sessionId,
      name,
      message: `The export before it is missing: ${name} begins at byte ${range.start}, and no other ends there.`,
      mend: 'Bring the segments and manifests before it back from a backup.',
    }));
}

/** Pieces of sidecars that continue one that no manifest names. */
function brokenSidecars(sessionId: string, all: readonly ArchivedSegment[]): readonly ArchiveFault[] {
  const entries = all.flatMap(({ name, manifest }) => (manifest.sidecars ?? []).map((entry) => ({ name, entry })));
  const chainsByPlace = new Map<string, string[]>();
  for (const { entry } of entries) {
    const key = `${entry.range.end} ${entry.path}`;
    chainsByPlace.set(key, [...(chainsByPlace.get(key) ?? []), entry.chain]);
  }
  return entries
    .filter(({ entry: { path: file, range, chain, sha256 } }) => {
      if (range.start === 0 && chainOf('', sha256) === chain) return false;
      return !(chainsByPlace.get(`${range.start} ${file}`) ?? []).some((before) => chainOf(before, sha256) === chain);
    })
    .map(({ name, entry }) => ({
      kind: 'broken-chain',
      sessionId,
      name,
      message: `The export before it is missing: ${entry.path} begins at byte ${entry.range.start} in ${name}.`,
      mend: 'Bring the segments and manifests before it back from a backup.',
    }));
}

/** Segments in the session's archive folder that no manifest vouches for. */
async function withoutManifest(
  { sessionId, segments, superseded, damagedManifests }: ArchivedSession,
  { exportsArchive }: ExportFolders,
): Promise<readonly ArchiveFault[]> {
  const folder = path.join(exportsArchive, sessionId);
  if (!(await isPlainFolder(folder))) return [];
  const known = new Set([...segments, ...superseded].map(({ name }) => name));
  const damaged = new Set(damagedManifests.map((file) => path.basename(file)));
  const faults: ArchiveFault[] = [];
  for (const file of await folderNames(folder)) {
    const name = file.replace(/\.br$/, '');
    if (!parseSegmentName(name) || known.has(name) || damaged.has(manifestNameOf(name))) continue;
    // One that has been archived since the session was listed.
    if (await pathExists(path.join(folder, manifestNameOf(name)))) continue;
    const message = `A segment has no manifest, so nothing tells what it is a part of (${path.join(folder, file)}).`;
    faults.push({ kind: 'no-manifest', sessionId, name, message, mend: 'Bring its manifest back from a backup.' });
  }
  return faults;
}
