import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { ExportFolders } from '../export/export-ledger.js';
import { removeLeftovers } from '../export/leftover-files.js';
import { chainOf } from '../export/segment-manifest.js';
import { sidecarPieces, type SidecarPiece } from '../export/sidecar-ledger.js';
import { sidecarTarget } from '../export/sidecar-path.js';
import { errorCode, StorageError } from '../export/storage-error.js';
import type { ArchivedSegment, ArchivedSession } from './archived-session.js';
import { restoreFile, type RestoreFileRequest } from './restore-file.js';
import { sidecarPiecesOf, type StoredPiece } from './stored-piece.js';

/** What came of a session's sidecars: its sub-agents' transcripts and spilled tool results. */
export interface RestoredSidecars {
  readonly restored: number;
  readonly alreadyThere: number;
  /** Those that were left out: something else stands there, or the archive is damaged. */
  readonly problems: readonly { readonly path: string; readonly message: string; readonly mend: string }[];
}

/**
 * Rebuilds a session's sidecars beside its session file, each as it was at its last export. One that can't be rebuilt is
 * told and holds up no other; a disk that refuses throws a `StorageError`.
 */
export async function restoreSidecars(
  session: ArchivedSession,
  sessionFolder: string,
  {
    folders,
    stampAt,
    now,
    ...request
  }: Omit<RestoreFileRequest, 'pieces' | 'target' | 'modifiedAt' | 'stampAt'> & {
    readonly folders: ExportFolders;
    /** What a sidecar's time is set to, from when it was last written. */
    readonly stampAt: (modifiedAt: Date) => Date | null;
    readonly now: () => Date;
  },
): Promise<RestoredSidecars> {
  const all = [...session.segments, ...session.superseded];
  const bySegment = new Map(all.map((segment) => [segment.name, segment]));
  const problems: RestoredSidecars['problems'][number][] = [];
  const tidied = new Set<string>();
  let [restored, alreadyThere] = [0, 0];
  for (const [sidecarPath, pieces] of sidecarPieces(all)) {
    try {
      const target = sidecarTarget(sessionFolder, sidecarPath);
      await demandPlainFolders(sessionFolder, sidecarPath);
      const folder = path.dirname(target);
      // Of a restoration that was killed.
      if (!tidied.has(folder)) await removeLeftovers(folder, now);
      tidied.add(folder);
      const modifiedAt = modifiedAtOf(pieces);
      const outcome = await restoreFile({
        ...request,
        pieces: storedPieces(pieces, bySegment, folders),
        target,
        modifiedAt,
        stampAt: stampAt(modifiedAt),
      });
      if (outcome.kind === 'refused')
        problems.push({ path: sidecarPath, message: outcome.message, mend: outcome.mend });
      else if (outcome.kind === 'restored') restored += 1;
      else alreadyThere += 1;
    } catch (error) {
      if (!(error instanceof StorageError) || !ofOneFile.has(error.code)) throw error;
      problems.push({ path: sidecarPath, message: error.message, mend: error.mend });
    }
  }
  return { restored, alreadyThere, problems };
}

/** The causes that say nothing of the other files. */
const ofOneFile = new Set(['DAMAGED', 'ENOENT', 'EINVAL', 'ELOOP', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG']);

function storedPieces(
  pieces: readonly SidecarPiece[],
  bySegment: ReadonlyMap<string, ArchivedSegment>,
  folders: ExportFolders,
): readonly StoredPiece[] {
  const first = pieces[0]?.entry;
  if (!first || first.range.start > 0 || first.chain !== chainOf('', first.sha256)) {
    throw new StorageError(`The archive has a hole: the beginning of ${first?.path ?? 'a sidecar'} is missing.`, {
      code: 'ENOENT',
      mend: 'Bring the segments and manifests back from a backup; --verify names what is missing.',
    });
  }
  return pieces.flatMap(({ segment: name, entry }) => {
    const segment = bySegment.get(name);
    return segment ? sidecarPiecesOf(segment, folders).filter(({ sidecarPath }) => sidecarPath === entry.path) : [];
  });
}

function modifiedAtOf(pieces: readonly SidecarPiece[]): Date {
  const nanoseconds = pieces.at(-1)?.entry.source.modifiedNs ?? '0';
  return new Date(/^\d{1,20}$/.test(nanoseconds) ? Number(BigInt(nanoseconds) / 1_000_000n) : 0);
}

/** Throws where a link, or anything but a folder, stands on the way to a sidecar. */
async function demandPlainFolders(sessionFolder: string, sidecarPath: string): Promise<void> {
  let folder = sessionFolder;
  for (const part of sidecarPath.split('/').slice(0, -1)) {
    folder = path.join(folder, part);
    try {
      if ((await lstat(folder)).isDirectory()) continue;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      throw error;
    }
    throw new StorageError(`Something that is no folder stands where a sidecar belongs (${folder}).`, {
      code: 'ENOTDIR',
      mend: 'Move it away, or restore into another folder.',
    });
  }
}
