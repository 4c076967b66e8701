import { folderNames } from '../export/folder-names.js';
import { readExportLedger, type ExportFolders, type ExportLedger } from '../export/export-ledger.js';
import { parseSegmentName } from '../export/segment-name.js';
import { glanceAtMany } from '../sessions/glance-many.js';
import type { SessionFile } from '../sessions/session-file.js';
import { trackSessions, type TrackedSession } from './session-tracker.js';

/** Whom a reading of many sessions tells what went wrong. */
interface ReadListeners<Made> {
  /** Hears of each session that was read whole, before the first is put into its form: one tells of another. */
  readonly learn: (tracked: TrackedSession) => void;
  /** Of the built worker that helps with many files; null to do without. */
  readonly glanceWorker: URL | null;
  /** Puts what was read of a session into the form that is wanted; asked at once, so that nothing else of it is kept. */
  readonly make: (tracked: TrackedSession) => Made;
  readonly onReadError: (file: SessionFile, error: unknown) => void;
  /** What is exported can't be read; null when it can. */
  readonly onStorage: (error: unknown) => void;
}

/** Files that have more together are only glanced at: reading goes at some 200 MB a second. */
const wholeReadBytes = 128 * 1024 * 1024;
const readsAtOnce = 4;

/**
 * Reads sessions once, each the newest of its files: as a whole where that is soon done, else from the ends of their
 * files, which tell how full they are at a cost that doesn't grow with them.
 */
export function readSessions<Made>(
  files: readonly SessionFile[],
  folders: ExportFolders,
  listeners: ReadListeners<Made>,
): Promise<readonly Made[]> {
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return totalBytes <= wholeReadBytes ? readWhole(files, folders, listeners) : glanceAll(files, folders, listeners);
}

async function readWhole<Made>(
  files: readonly SessionFile[],
  folders: ExportFolders,
  { learn, make, onReadError, onStorage }: ReadListeners<Made>,
): Promise<readonly Made[]> {
  const tracker = trackSessions({
    folders,
    isQuick: () => false,
    onRead: () => undefined,
    onGlance: () => undefined,
    onReadError,
    onFault(error) {
      throw error;
    },
    onDrop: () => undefined,
    onStorage,
  });
  // A few lanes, each one file after the other, so that memory stays small however many sessions there are.
  const queue = files.values();
  await Promise.all(
    Array.from({ length: readsAtOnce }, async () => {
      for (const file of queue) await tracker.see(file);
    }),
  );
  const read = tracker.all();
  for (const tracked of read) learn(tracked);
  return read.map(make);
}

async function glanceAll<Made>(
  files: readonly SessionFile[],
  folders: ExportFolders,
  { make, glanceWorker, onReadError, onStorage }: ReadListeners<Made>,
): Promise<readonly Made[]> {
  const ledgers = await readLedgers(files, folders).catch((error: unknown) => {
    onStorage(error);
    return new Map<string, ExportLedger>();
  });
  const made: Made[] = [];
  await glanceAtMany(files, glanceWorker, (index, found) => {
    const file = files[index];
    if (file === undefined) return;
    const ledger = ledgers.get(file.id) ?? null;
    if (found.kind === 'unreadable') onReadError(file, new Error(found.message));
    if (found.kind !== 'read') return;
    const exportedBytes = Math.min(ledger?.exportedBytes ?? 0, file.sizeBytes);
    made.push(make({ file, snapshot: { ...found.snapshot, exportedBytes }, ledger }));
  });
  return made;
}

/** What is exported of those sessions of which anything is. */
async function readLedgers(
  files: readonly SessionFile[],
  folders: ExportFolders,
): Promise<ReadonlyMap<string, ExportLedger>> {
  const archived = new Set(await folderNames(folders.exportsArchive));
  const prefixes = new Set(
    (await folderNames(folders.exportsPending)).map((name) => parseSegmentName(name)?.sessionIdPrefix),
  );
  const exported = files.filter(({ id }) => archived.has(id) || prefixes.has(id.slice(0, 8)));
  const ledgers = exported.map(async ({ id }) => [id, await readExportLedger({ sessionId: id, ...folders })] as const);
  return new Map(await Promise.all(ledgers));
}
