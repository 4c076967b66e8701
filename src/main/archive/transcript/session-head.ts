import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ExportFolders } from '../../export/export-ledger.js';
import { StorageError } from '../../export/storage-error.js';
import { chooseTitle, type Titles } from '../../sessions/session-title.js';
import type { ArchivedSession } from '../archived-session.js';
import { cutLines } from '../entry-lines.js';
import type { MaskSecrets } from '../secret-mask.js';
import { readSegment } from '../segment-bytes.js';
import { readTranscriptLine } from '../transcript-entry.js';
import { readableLabel } from './readable-text.js';
import type { TranscriptHead } from './transcript-item.js';

/** Grows when transcripts are drawn otherwise: those that stand are then made anew. */
const drawing = 1;
const longestTitleLine = 64 * 1024;
const titleKinds = ['"custom-title"', '"ai-title"', '"summary"', '"cwd"'];

/**
 * What a transcript is headed with. Title and project come from the newest segment that has bytes, where the client
 * tells them again in every turn; one that can't be read leaves the names of the folders.
 */
export async function readHead(
  session: ArchivedSession,
  folders: ExportFolders,
  mask: MaskSecrets | null,
): Promise<TranscriptHead> {
  const newest = session.segments.findLast(({ manifest: { range } }) => range.end > range.start);
  const titles: { -readonly [Name in keyof Titles]: Titles[Name] } = { custom: null, ai: null, summary: null };
  let cwd: string | null = null;
  const cutter = cutLines((line) => {
    if (line === null || !titleKinds.some((kind) => line.includes(kind))) return;
    const read = readTranscriptLine(line);
    Object.assign(titles, read?.title);
    cwd = read?.cwd ?? cwd;
  }, longestTitleLine);
  try {
    if (newest) for await (const bytes of readSegment(newest, folders)) cutter.push(bytes);
    cutter.end();
  } catch (error) {
    // The transcript itself tells what is damaged.
    if (!(error instanceof StorageError)) throw error;
  }
  const last = session.segments.at(-1)?.manifest;
  const project = lastPart(cwd ?? '') || path.basename(path.dirname(last?.sourcePath ?? ''));
  const chosen = chooseTitle(titles);
  const title = chosen === null || mask === null ? chosen : ((await mask([chosen]))[0] ?? null);
  return {
    sessionId: session.sessionId,
    project: readableLabel(project),
    title: title === null ? null : readableLabel(title),
    exportedAt: last?.exportedAt ?? null,
    stamp: stampOf(session, mask !== null),
  };
}

/** Changes with anything that the archive's manifests say of the session, and with the masking of secrets. */
export function stampOf({ segments, superseded }: ArchivedSession, isMasked: boolean): string {
  const hash = createHash('sha256').update(isMasked ? `${drawing} masked` : String(drawing));
  for (const [part, list] of [segments, superseded].entries()) {
    for (const { name, manifest, stored } of list) {
      const sidecars = (manifest.sidecars ?? []).map(({ path: sidecar, chain }) => [sidecar, chain]);
      hash.update(JSON.stringify([part, name, manifest.chain, manifest.range, stored === null, sidecars]));
    }
  }
  return hash.digest('hex');
}

function lastPart(folder: string): string {
  return folder.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}
