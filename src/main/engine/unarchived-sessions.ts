import { readExportLedger, type ExportFolders, type ExportLedger } from '../export/export-ledger.js';
import { folderNames } from '../export/folder-names.js';
import { parseSegmentName } from '../export/segment-name.js';
import { lookForSidecars, type SidecarMemory } from '../export/sidecar-look.js';
import { unexportedBytes } from '../export/unexported-lines.js';
import { inParallel } from '../sessions/in-parallel.js';
import type { SessionFile } from '../sessions/session-file.js';
import { mayHaveSidecars } from '../sessions/session-sidecars.js';

/** A session file and how many bytes of it and its sidecars no export holds. */
export interface UnarchivedSession {
  readonly file: SessionFile;
  readonly bytes: number;
}

/** Finds among session files those of which not everything is archived. */
export interface UnarchivedSessions {
  /** Throws a `StorageError` where the context storage can't be read. */
  readonly find: (files: readonly SessionFile[]) => Promise<readonly UnarchivedSession[]>;
  /** All of a file, as it is now, is archived, or there is nothing in it to archive. */
  readonly settle: (file: SessionFile) => void;
}

/** What is longer holds a message: it isn't opened where nothing of it is exported. */
const surelyWorthBytes = 64 * 1024;
const looksAtOnce = 4;

/**
 * Starts with nothing known. A file is looked at once and not again before it changes: its name in the archive first, then
 * what is exported of it, then what comes after that. While a disk is not quick (`mayRead` false) nothing is read there and
 * sizes alone decide.
 */
export function findUnarchivedSessions(options: {
  readonly folders: ExportFolders;
  readonly memory: SidecarMemory;
  readonly mayRead: (file: SessionFile) => boolean;
}): UnarchivedSessions {
  const { folders, memory, mayRead } = options;
  const known = new Map<string, UnarchivedSession & { readonly wasRead: boolean }>();

  function isKnown(file: SessionFile): boolean {
    const before = known.get(file.path);
    return before !== undefined && isSame(before.file, file) && (before.wasRead || !mayRead(file));
  }

  async function find(files: readonly SessionFile[]): Promise<readonly UnarchivedSession[]> {
    const unknown = files.filter((file) => !isKnown(file));
    if (unknown.length > 0) await lookAt(unknown);
    return files.map((file) => ({ file, bytes: known.get(file.path)?.bytes ?? 0 })).filter(({ bytes }) => bytes > 0);
  }

  async function lookAt(files: readonly SessionFile[]): Promise<void> {
    const archived = new Set(await folderNames(folders.exportsArchive));
    const pending = (await folderNames(folders.exportsPending)).map((name) => parseSegmentName(name)?.sessionIdPrefix);
    const prefixes = new Set(pending);
    const namesIn = rememberNames();
    await inParallel(files, looksAtOnce, async (file) => {
      const isExported = archived.has(file.id) || prefixes.has(file.id.slice(0, 8));
      const ledger = isExported ? await readExportLedger({ sessionId: file.id, ...folders }) : null;
      const wasRead = mayRead(file);
      const bytes = wasRead
        ? (await lineBytes(file, ledger)) + (await sidecarBytes(file, ledger, await namesIn(file.folder)))
        : bytesBySize(file, ledger?.exportedBytes ?? 0);
      known.set(file.path, { file, bytes, wasRead });
    });
  }

  async function sidecarBytes(file: SessionFile, ledger: Ledger, names: ReadonlySet<string>): Promise<number> {
    if (!mayHaveSidecars(names, file.id)) return 0;
    const sidecars = ledger?.sidecars ?? new Map();
    const look = await lookForSidecars({ sourcePath: file.path, sessionId: file.id, ledger: sidecars, memory });
    return look.newBytes;
  }

  return {
    find,
    settle: (file) => void known.set(file.path, { file, bytes: 0, wasRead: true }),
  };
}

type Ledger = ExportLedger | null;

async function lineBytes(file: SessionFile, ledger: Ledger): Promise<number> {
  if (!ledger && file.sizeBytes >= surelyWorthBytes) return file.sizeBytes;
  if (ledger && isAsExported(file, ledger)) return 0;
  // One that is closed to us is as good as not archived.
  return unexportedBytes(file.path, ledger).catch(() => file.sizeBytes);
}

/** Whether the file is still what it was when its newest export took every complete line of it. */
function isAsExported({ inode, modifiedAtMs }: SessionFile, { segments }: ExportLedger): boolean {
  const manifest = segments.at(-1)?.manifest;
  const modifiedAt = new Date(modifiedAtMs).toISOString();
  return manifest?.sourceInode === String(inode) && manifest.times.sourceModifiedAt === modifiedAt;
}

/** A few lines that are no message follow the last one of nearly every session. */
function bytesBySize({ sizeBytes }: SessionFile, exportedBytes: number): number {
  const rest = Math.max(0, sizeBytes - exportedBytes);
  return exportedBytes > 0 && rest < surelyWorthBytes ? 0 : rest;
}

function isSame(one: SessionFile, other: SessionFile): boolean {
  return one.sizeBytes === other.sizeBytes && one.modifiedAtMs === other.modifiedAtMs;
}

/** The names in each folder, read once; none where it can't be read. */
function rememberNames(): (folder: string) => Promise<ReadonlySet<string>> {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  return (folder) => {
    const names =
      known.get(folder) ??
      folderNames(folder).then(
        (found) => new Set(found),
        () => new Set<string>(),
      );
    known.set(folder, names);
    return names;
  };
}
