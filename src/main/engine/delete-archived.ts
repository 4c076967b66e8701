import path from 'node:path';
import type { DeletionAnswer } from '../../shared/deletion-answer.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import { isPlainFolder } from '../archive/plain-folder.js';
import { isSessionId } from '../export/segment-name.js';
import type { Log } from '../support/log.js';
import type { ArchiveKeeper } from './archive-keeper.js';
import type { SessionTracker } from './session-tracker.js';

/**
 * Makes the function that moves what is archived of a session to the system's bin, by whatever `moveToBin` is; nothing is
 * ever deleted for good here. What is still in the pending folder, or being exported, is not touched: it builds on what
 * is archived. A session whose file is still there counts as not exported afterwards.
 */
export function makeArchiveDeletion(options: {
  layout: ArchiveLayout;
  tracker: SessionTracker;
  archive: ArchiveKeeper;
  /** Whether an export of the session is in hand, or waits to be archived. */
  isBusy: (sessionId: string) => boolean;
  /** Of a live Python daemon, which then does the exporting. */
  daemonPid: () => number | null;
  log: Log;
}): (sessionId: string, moveToBin: (folder: string) => Promise<void>) => Promise<DeletionAnswer> {
  const { layout, tracker, archive, log } = options;
  return async (sessionId, moveToBin) => {
    if (!isSessionId(sessionId)) return refused('This is no session.');
    if (options.daemonPid() !== null) return refused('The Python daemon is running. Stop it first.');
    if (options.isBusy(sessionId)) {
      return refused('An export of this session is not archived yet. Wait until it is, then delete.');
    }
    const folder = path.join(layout.exportsArchive, sessionId);
    if (!(await isPlainFolder(folder))) return refused('Nothing is archived of this session.');
    try {
      await moveToBin(folder);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.warn(`${folder} could not be moved to the bin: ${message}`);
      return refused(`It could not be moved to the bin, and was left where it is: ${message}`);
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

function refused(message: string): DeletionAnswer {
  return { kind: 'refused', message };
}
