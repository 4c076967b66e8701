import { lstat, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFlushed } from '../export/atomic-file.js';
import { createStorageFolder } from '../export/storage-folder.js';
import { linkFile } from '../export/move-file.js';
import { pathExists } from '../export/path-exists.js';
import { errorCode, storageError } from '../export/storage-error.js';
import { syncFolder } from '../export/sync-folder.js';
import { temporaryPathFor } from '../export/temporary-name.js';
import { localStamp } from './local-stamp.js';

/** The one line of a report. Counts that are not known are null. */
export interface ProcessingReport {
  /** ISO 8601 UTC. */
  readonly timestamp: string;
  /** Name in the pending folder. */
  readonly file: string;
  readonly messages_new: number | null;
  readonly messages_duplicate: number | null;
  /** Absolute path. */
  readonly archived_to: string;
  /** Absolute path under which it lies once it is compressed, an hour later; only of our segments. */
  readonly archived_to_compressed?: string;
  readonly session_id: string | null;
  readonly sha256: string;
  /** What the extractor script said, where it was run. */
  readonly extractor?:
    { readonly new_messages: number | null; readonly duplicates: number | null } | { readonly failed: string };
}

/**
 * A report path that is free: `cx-YYYYMMDD-HHMMSS.jsonl` in local time, then `-2`, `-3` … The numbers of a second that are
 * taken are found by halving, since a sweep over many files writes hundreds of reports a second.
 */
export async function freeReportPath(folder: string, at: Date): Promise<string> {
  const { date, time } = localStamp(at);
  const pathOf = (attempt: number) => path.join(folder, `cx-${date}-${time}${attempt > 1 ? `-${attempt}` : ''}.jsonl`);
  let free = 1;
  while (await pathExists(pathOf(free))) free *= 2;
  for (let taken = Math.floor(free / 2); free - taken > 1;) {
    const middle = Math.floor((taken + free) / 2);
    if (await pathExists(pathOf(middle))) taken = middle;
    else free = middle;
  }
  return pathOf(free);
}

/**
 * Writes a report at the path given; `taken` where another one, or anything else, has that path. Writing the same report
 * again does nothing. Throws a `StorageError`.
 */
export async function writeProcessingReport(file: string, report: ProcessingReport): Promise<'done' | 'taken'> {
  const folder = path.dirname(file);
  await createStorageFolder(folder);
  const temporary = temporaryPathFor(file);
  try {
    await writeFlushed(temporary, `${JSON.stringify(report)}\n`);
    const outcome = await linkFile(temporary, file);
    if (outcome === 'taken') return isSameReport(await readIfThere(file), report) ? 'done' : 'taken';
    await syncFolder(folder);
    return 'done';
  } catch (error) {
    throw storageError('write a processing report', file, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

function isSameReport(text: string | null, { file, archived_to }: ProcessingReport): boolean {
  try {
    const other: unknown = JSON.parse(text ?? 'null');
    return (
      typeof other === 'object' &&
      other !== null &&
      'file' in other &&
      'archived_to' in other &&
      other.file === file &&
      other.archived_to === archived_to
    );
  } catch {
    return false;
  }
}

/** The text of a file; empty for something else that has the name; null where nothing has it. */
async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await lstat(file)).isFile() ? await readFile(file, 'utf8') : '';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('read a processing report', file, error);
  }
}
