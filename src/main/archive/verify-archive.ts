import type { ExportFolders } from '../export/export-ledger.js';
import { archivedSessionIds, readArchive } from './archived-session.js';
import { verifySession, type ArchiveFault } from './verify-session.js';

/** How far a verification is. */
export interface VerifyProgress {
  readonly sessions: number;
  readonly ofSessions: number;
  /** Unpacked bytes read so far. */
  readonly bytes: number;
  readonly faults: number;
}

/** What a verification has found; without faults all is as it was exported. */
export interface VerifyReport {
  readonly sessions: number;
  readonly segments: number;
  readonly sidecarPieces: number;
  readonly bytes: number;
  readonly faults: readonly ArchiveFault[];
}

/**
 * Re-hashes every segment and sidecar of every session, compressed ones unpacked, and follows the chains. Only reads;
 * works beside a running app. `onProgress` hears of each session and, within one, every 16 MB. `signal` ends it with its
 * reason. Throws a `StorageError` where the archive can't be listed.
 */
export async function verifyArchive(
  folders: ExportFolders,
  {
    signal,
    onProgress = () => undefined,
  }: { readonly signal?: AbortSignal | undefined; readonly onProgress?: (progress: VerifyProgress) => void } = {},
): Promise<VerifyReport> {
  const ofSessions = (await archivedSessionIds(folders)).length;
  const faults: ArchiveFault[] = [];
  let [sessions, segments, sidecarPieces, bytes, told] = [0, 0, 0, 0, 0];
  const tell = () => {
    told = bytes;
    onProgress({ sessions, ofSessions, bytes, faults: faults.length });
  };
  const onBytes = (count: number) => {
    bytes += count;
    if (bytes - told >= progressBytes) tell();
  };
  for await (const session of readArchive(folders)) {
    signal?.throwIfAborted();
    const verified = await verifySession(session, folders, { signal, onBytes });
    sessions += 1;
    segments += verified.segments;
    sidecarPieces += verified.sidecarPieces;
    faults.push(...verified.faults);
    tell();
  }
  return { sessions, segments, sidecarPieces, bytes, faults };
}

const progressBytes = 16 * 1024 * 1024;
