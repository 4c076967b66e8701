import path from 'node:path';
import type { DeletionAnswer } from '../../shared/deletion-answer.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import type { EntryIndex } from '../archive/entry-index.js';
import { isPlainFolder } from '../archive/plain-folder.js';
import { StorageError } from '../export/storage-error.js';
import { demandNoLink } from '../export/storage-folder.js';
import { isSessionId } from '../export/segment-name.js';
import type { Log } from '../support/log.js';
import type { ArchiveKeeper } from './archive-keeper.js';
import type { SessionTracker } from './session-tracker.js';

/**
 * Makes the function that moves what is archived of a session to the system's bin, by whatever `moveToBin` is; nothing is
 * ever deleted for good here. What is still in the pending folder, or being exported, is not touched: it builds on what
 * is archived. Its rows leave the index. A session whose file is still there counts as not exported afterwards.
 */
export function makeArchiveDeletion(options: {
  layout: ArchiveLayout;
  tracker: SessionTracker;
  archive: ArchiveKeeper;
  index: Pick<EntryIndex, 'forgetSession'>;
  /** Brings the index in line with the archive again. */
  followIndex: () => void;
  /** Whether an export of the session is in hand, or waits to be archived. */
  isBusy: (sessionId: string) => boolean;
  /** Of a live Python daemon, which then does the exporting. */
  daemonPid: () => number | null;
  log: Log;
}): (sessionId: string, moveToBin: (folder: string) => Promise<void>) => Promise<DeletionAnswer> {
  const { layout, tracker, archive, index, log } = options;
  return async (sessionId, moveToBin) => {
    if (!isSessionId(sessionId)) return refused('This is no session.');
    if (options.daemonPid() !== null) return refused('The Python daemon is running. Stop it first.');
    if (options.isBusy(sessionId)) {
      return refused('An export of this session is not archived yet. Wait until it is, then delete.');
    }
    const folder = path.join(layout.exportsArchive, sessionId);
    if (!(await isPlainFolder(folder))) return refused('Nothing is archived of this session.');
    try {
      await demandNoLink(layout.exportsArchive);
    } catch (error) {
      return refused(error instanceof StorageError ? `${error.message} ${error.mend}` : messageOf(error));
    }
    try {
      // Before the move: the index is marked as not complete with it, so that a crash between both is healed at the next start.
      await index.forgetSession(sessionId);
    } catch (error) {
      // Nobody is kept from making room on a full disk; the index is brought in line later.
      log.warn(`${sessionId} could not be taken out of the index: ${messageOf(error)}`);
    }
    try {
      await moveToBin(folder);
    } catch (error) {
      const message = messageOf(error);
      log.warn(`${folder} could not be moved to the bin: ${message}`);
      return refused(`It could not be moved to the bin, and was left where it is: ${message}`);
    } finally {
      options.followIndex();
    }
    log.info(`Moved to the bin: ${folder}`);
    archive.changed(sessionId);
    const tracked = tracker.find(sessionId);
    if (tracked) {
      // Read anew, with nothing of it exported.
      tracker.drop(sessionId);
      await tracker.see(tracked.file);
    }
    return { kind: 'deleted' };
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refused(message: string): DeletionAnswer {
  return { kind: 'refused', message };
}
