import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createStorageFolder } from '../../export/storage-folder.js';
import type { ExportFolders } from '../../export/export-ledger.js';
import { removeLeftovers } from '../../export/leftover-files.js';
import { errorCode, storageError, StorageError } from '../../export/storage-error.js';
import { syncFolder } from '../../export/sync-folder.js';
import { temporaryPathFor } from '../../export/temporary-name.js';
import { readArchivedSession } from '../archived-session.js';
import { findArchived, nothingArchived, type UnknownSession } from '../find-archived.js';
import { openPlainFile } from '../piece-bytes.js';
import type { MaskSecrets } from '../secret-mask.js';
import { htmlTranscript } from './html-transcript.js';
import { markdownTranscript } from './markdown-transcript.js';
import { readHead, stampOf } from './session-head.js';
import { sessionItems } from './session-items.js';

/** Which session to write out, as what, and where. */
export interface TranscriptRequest {
  /** The session's id, or a unique start of it of 8 or more characters. */
  readonly session: string;
  readonly format: 'markdown' | 'html';
  /** The context storage's. */
  readonly folders: ExportFolders;
  /** Whether what looks like a secret is masked. */
  readonly maskSecrets: boolean;
  /** Absolute; null for `<context storage>/transcripts/<id>.html` or `.md`. */
  readonly target: string | null;
}

/** What came of it. `current`: it stood there already, made from what is archived now. `troubles`: what couldn't be read. */
export type TranscriptOutcome =
  | {
      readonly kind: 'written' | 'current';
      readonly sessionId: string;
      readonly path: string;
      readonly troubles: readonly string[];
    }
  | { readonly kind: 'refused'; readonly message: string; readonly mend: string }
  | UnknownSession;

const endings = { markdown: '.md', html: '.html' } as const;
const mostTroubles = 100;
const writtenAtOnce = 256 * 1024;
const longestBeginning = 4096;

/**
 * Writes a readable transcript from the archive, whole or not at all (0600, its folder 0700). A file that was made from
 * the same archive stays; one that no transcript of ours is, is never replaced. Throws a `StorageError` where a disk refuses.
 */
export async function writeTranscript(
  request: TranscriptRequest,
  { signal, now }: { readonly signal?: AbortSignal | undefined; readonly now: () => Date },
): Promise<TranscriptOutcome> {
  const { folders, format } = request;
  const found = await findArchived(request.session, folders);
  if (found.kind === 'unknown-session') return found;
  const { sessionId } = found;
  const session = await readArchivedSession(sessionId, folders);
  if (session.segments.length === 0) return nothingArchived(request.session);
  const target = request.target ?? path.join(transcriptsFolderOf(folders), `${sessionId}${endings[format]}`);
  const standing = await standingStamp(target);
  if (standing === 'other') {
    const message = `Something else has the name of the transcript already (${target}).`;
    return { kind: 'refused', message, mend: 'Move it away, or give another name with --to.' };
  }
  if (standing === stampOf(session, request.maskSecrets))
    return { kind: 'current', sessionId, path: target, troubles: [] };
  if (request.target === null) {
    await createStorageFolder(path.dirname(target));
    await removeLeftovers(path.dirname(target), now);
  }
  const troubles: string[] = [];
  const onTrouble = (text: string): void => void (troubles.length < mostTroubles && troubles.push(text));
  const mask = await maskFor(request.maskSecrets);
  const items = sessionItems(session, { folders, signal, mask, onTrouble });
  const head = await readHead(session, folders, mask);
  const draw = format === 'html' ? htmlTranscript : markdownTranscript;
  const pieces = draw(head, items);
  // What is damaged can be mended without a change of its manifest: such a page is made anew the next time.
  await writePieces(target, pieces, { signal, unless: () => troubles.length > 0, stamp: head.stamp });
  return { kind: 'written', sessionId, path: target, troubles };
}

/** The Markdown of a session in pieces, or why there is none. */
export async function readTranscript(
  session: string,
  folders: ExportFolders,
  {
    signal,
    maskSecrets,
    onTrouble,
  }: {
    readonly signal?: AbortSignal | undefined;
    readonly maskSecrets: boolean;
    readonly onTrouble: (text: string) => void;
  },
): Promise<{ readonly kind: 'pieces'; readonly pieces: AsyncIterable<string> } | UnknownSession> {
  const found = await findArchived(session, folders);
  if (found.kind === 'unknown-session') return found;
  const archived = await readArchivedSession(found.sessionId, folders);
  if (archived.segments.length === 0) return nothingArchived(session);
  const mask = await maskFor(maskSecrets);
  const head = await readHead(archived, folders, mask);
  const items = sessionItems(archived, { folders, signal, mask, onTrouble });
  return { kind: 'pieces', pieces: markdownTranscript(head, items) };
}

/** The rules are large: they are loaded where they are asked for. */
async function maskFor(isWanted: boolean): Promise<MaskSecrets | null> {
  return isWanted ? (await import('../secret-mask.js')).maskSecrets : null;
}

/** Where the transcripts that the app opens lie. */
export function transcriptsFolderOf({ exportsArchive }: ExportFolders): string {
  return path.join(path.dirname(exportsArchive), 'transcripts');
}

/** The stamp of the transcript that stands there; null where nothing does, `other` where something else does. */
async function standingStamp(target: string): Promise<string | null> {
  try {
    const handle = await openPlainFile(target);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestBeginning), 0, longestBeginning, 0);
      return (
        /(?:name="made-from" content="|<!-- made-from: )([0-9a-f]{64})\b/.exec(
          buffer.toString('utf8', 0, bytesRead),
        )?.[1] ?? 'other'
      );
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return null;
    if (code === 'ELOOP' || code === 'EISDIR' || (error instanceof StorageError && error.code === 'EISDIR'))
      return 'other';
    throw storageError('look at a transcript', target, error);
  }
}

async function writePieces(
  target: string,
  pieces: AsyncIterable<string>,
  {
    signal,
    stamp,
    unless,
  }: { readonly signal: AbortSignal | undefined; readonly stamp: string; readonly unless: () => boolean },
): Promise<void> {
  const temporary = temporaryPathFor(target);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      let held = '';
      let stampAt: number | null = null;
      for await (const piece of pieces) {
        signal?.throwIfAborted();
        held += piece;
        stampAt ??= Buffer.byteLength(held.slice(0, Math.max(held.indexOf(stamp), 0)));
        if (held.length < writtenAtOnce) continue;
        await handle.writeFile(held);
        held = '';
      }
      await handle.writeFile(held);
      if (unless()) await handle.write(Buffer.from('0'.repeat(stamp.length)), 0, stamp.length, stampAt);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
    await syncFolder(path.dirname(target));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal?.aborted) throw signal.reason;
    throw storageError('write a transcript', target, error);
  }
}
