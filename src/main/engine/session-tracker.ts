import { open } from 'node:fs/promises';
import { readExportLedger, type ExportFolders, type ExportLedger } from '../export/export-ledger.js';
import { checkSource } from '../export/source-check.js';
import type { SessionFile } from '../sessions/session-file.js';
import { openTranscriptReader, type TranscriptReader } from '../sessions/transcript-reader.js';
import type { TranscriptSnapshot } from '../sessions/transcript-snapshot.js';

/** A session that is followed: its newest file facts, what was read of it and what is exported of it. */
export interface TrackedSession {
  readonly file: SessionFile;
  readonly snapshot: TranscriptSnapshot;
  /** Null while the context storage can't be read: the gauge goes on without it. */
  readonly ledger: ExportLedger | null;
}

/** Follows sessions: one incremental reader each, one read at a time each. */
export interface SessionTracker {
  /**
   * Takes note of a file as it is now and reads what is new in it. Resolves when that is read; never throws. Of several
   * files of one session, in several roots, the one modified last counts.
   */
  readonly see: (file: SessionFile) => Promise<void>;
  /** A file is gone: the session goes on with another file of it, or is dropped. */
  readonly forget: (path: string) => void;
  /** Stops following a session. */
  readonly drop: (sessionId: string) => void;
  /** Reads again what could not be read the last time. */
  readonly retry: () => Promise<void>;
  /** Resolves when every file seen so far is read. */
  readonly settled: () => Promise<void>;
  /** Whether a session is followed, read yet or not. */
  readonly follows: (sessionId: string) => boolean;
  readonly find: (sessionId: string) => TrackedSession | undefined;
  readonly all: () => readonly TrackedSession[];
  /** What is exported of a followed session; reads it again where that failed before. Throws a `StorageError`. */
  readonly ledgerOf: (sessionId: string) => Promise<ExportLedger | undefined>;
  /** Reads anew what is exported of the followed sessions whose id begins so: segments were moved. */
  readonly readLedgersAnew: (sessionIdPrefix: string) => Promise<void>;
  /** Takes over what an export has committed, and counts anew what is left. */
  readonly takeLedger: (ledger: ExportLedger) => Promise<void>;
}

/** What is longer is glanced at before it is read: reading goes at some 200 MB a second. */
const longReadBytes = 1024 * 1024;

interface Follower {
  /** By path: this session in every root that holds it. */
  readonly files: Map<string, SessionFile>;
  file: SessionFile;
  ledger: ExportLedger | null;
  reader: TranscriptReader;
  tracked: TrackedSession | undefined;
  reading: Promise<void> | undefined;
  readAgain: boolean;
  failed: boolean;
}

/** Whom the tracker tells. */
export interface TrackerListeners {
  /** After each read; `first` when the session was never read before in this run. */
  readonly onRead: (session: TrackedSession, first: boolean) => void;
  /** The end of a long file was read before the whole of it. */
  readonly onGlance: (session: TrackedSession) => void;
  readonly onReadError: (file: SessionFile, error: unknown) => void;
  /** Anything else that was thrown: a fault of the app. */
  readonly onFault: (error: unknown) => void;
  /** A session is not followed any more; `lost` is what was known of it where its last file is gone. */
  readonly onDrop: (sessionId: string, lost: TrackedSession | null) => void;
  /** What is exported of a session can't be read; null when it can. */
  readonly onStorage: (error: unknown) => void;
}

/** What the tracker works with. */
interface TrackerOptions extends TrackerListeners {
  readonly folders: ExportFolders;
  /** Whether the disk of a session file is local and answers at once. */
  readonly isQuick: (path: string) => boolean;
}

/** Makes a tracker that follows nothing yet. */
export function trackSessions(options: TrackerOptions): SessionTracker {
  const opening = new Map<string, Promise<void>>();
  const followers = new Map<string, Follower>();
  const reads = new Set<Promise<void>>();

  async function readLedger(sessionId: string): Promise<ExportLedger> {
    const ledger = await readExportLedger({ sessionId, ...options.folders });
    options.onStorage(null);
    return ledger;
  }

  async function follow(file: SessionFile): Promise<void> {
    const ledger = await readLedger(file.id).catch((error: unknown) => {
      options.onStorage(error);
      return null;
    });
    const follower: Follower = {
      files: new Map(),
      file,
      ledger,
      reader: openTranscriptReader({ path: file.path, isQuick: () => options.isQuick(file.path) }),
      tracked: undefined,
      reading: undefined,
      readAgain: false,
      failed: false,
    };
    await startReader(follower, file);
    followers.set(file.id, follower);
  }

  async function startReader(follower: Follower, file: SessionFile): Promise<void> {
    follower.file = file;
    follower.tracked = undefined;
    const exportedBytes = await stillExportedBytes(follower.ledger, file.path);
    follower.reader = openTranscriptReader({
      path: file.path,
      exportedBytes,
      isQuick: () => options.isQuick(file.path),
    });
  }

  async function recount(follower: Follower): Promise<void> {
    follower.reader.setExportedBytes(await stillExportedBytes(follower.ledger, follower.file.path));
  }

  /** Shows how full a session is before all of it is read; what fails here is said by the read that follows. */
  async function glance(follower: Follower): Promise<void> {
    const found = await follower.reader.glance();
    if (found.kind !== 'read' || follower.tracked?.snapshot.complete === true) return;
    follower.tracked = { file: follower.file, snapshot: found.snapshot, ledger: follower.ledger };
    options.onGlance(follower.tracked);
  }

  async function readOnce(follower: Follower): Promise<void> {
    const { reader, file } = follower;
    let found = await reader.read();
    if (found.kind === 'read' && found.snapshot.restarted) {
      await recount(follower);
      found = await reader.read();
    }
    // Of the file that was read: the session may go on with another one since.
    if (found.kind === 'gone') return forget(file.path);
    // Another read follows, of the file that took its place.
    if (follower.reader !== reader) return undefined;
    if (found.kind === 'unreadable') {
      follower.failed = true;
      return options.onReadError(follower.file, new Error(found.message));
    }
    const first = follower.tracked?.snapshot.complete !== true;
    follower.tracked = { file: follower.file, snapshot: found.snapshot, ledger: follower.ledger };
    follower.failed = false;
    return options.onRead(follower.tracked, first);
  }

  async function readOn(follower: Follower): Promise<void> {
    do {
      follower.readAgain = false;
      try {
        await readOnce(follower);
      } catch (error) {
        options.onFault(error);
      }
    } while (follower.readAgain);
  }

  function read(follower: Follower): Promise<void> {
    follower.readAgain = true;
    follower.reading ??= readOn(follower).finally(() => {
      follower.reading = undefined;
    });
    return follower.reading;
  }

  function drop(sessionId: string, lost: TrackedSession | null = null): void {
    opening.delete(sessionId);
    if (followers.delete(sessionId)) options.onDrop(sessionId, lost);
  }

  function forget(path: string): void {
    for (const [id, follower] of followers) {
      if (!follower.files.delete(path) || follower.file.path !== path) continue;
      const [next] = [...follower.files.values()].toSorted((one, other) => other.modifiedAtMs - one.modifiedAtMs);
      if (next) void see(next);
      else drop(id, follower.tracked);
    }
  }

  function see(file: SessionFile): Promise<void> {
    const reading = seeNow(file).finally(() => reads.delete(reading));
    reads.add(reading);
    return reading;
  }

  async function seeNow(file: SessionFile): Promise<void> {
    try {
      if (!opening.has(file.id)) opening.set(file.id, follow(file));
      await opening.get(file.id);
      const follower = followers.get(file.id);
      if (!follower) return;
      follower.files.set(file.path, file);
      const isOlderCopy = file.path !== follower.file.path && follower.files.has(follower.file.path);
      if (isOlderCopy && file.modifiedAtMs < follower.file.modifiedAtMs) return;
      if (file.path !== follower.file.path) await startReader(follower, file);
      follower.file = file;
      const isLongRead = file.sizeBytes > longReadBytes && follower.tracked?.snapshot.complete !== true;
      if (isLongRead) await glance(follower);
      await read(follower);
    } catch (error) {
      opening.delete(file.id);
      options.onFault(error);
    }
  }

  async function ledgerOf(sessionId: string): Promise<ExportLedger | undefined> {
    const follower = followers.get(sessionId);
    if (follower && !follower.ledger) {
      follower.ledger = await readLedger(sessionId);
      await recount(follower);
      await read(follower);
    }
    return follower?.ledger ?? undefined;
  }

  return {
    see,
    forget,
    drop: (sessionId) => drop(sessionId),
    async retry() {
      for (const [id, follower] of followers) {
        if (!follower.ledger) await ledgerOf(id).catch(options.onStorage);
        if (follower.failed) await read(follower);
      }
    },
    async settled() {
      await Promise.all(reads);
    },
    async readLedgersAnew(sessionIdPrefix) {
      for (const [id, follower] of followers) {
        if (!id.toLowerCase().startsWith(sessionIdPrefix.toLowerCase())) continue;
        follower.ledger = null;
        await ledgerOf(id).catch(options.onStorage);
      }
    },
    follows: (sessionId) => opening.has(sessionId),
    find: (sessionId) => followers.get(sessionId)?.tracked,
    all: () => [...followers.values()].flatMap(({ tracked }) => tracked ?? []),
    ledgerOf,
    async takeLedger(ledger) {
      const follower = followers.get(ledger.sessionId);
      if (!follower) return;
      follower.ledger = ledger;
      follower.reader.setExportedBytes(ledger.exportedBytes);
      await read(follower);
    },
  };
}

/** How much of the source as it is now is exported: less than the ledger says where it was cut or rewritten. */
async function stillExportedBytes(ledger: ExportLedger | null, path: string): Promise<number> {
  if (!ledger || ledger.segments.length === 0) return 0;
  // A source that can't be opened: the read that follows says why.
  const source = await open(path, 'r').catch(() => null);
  if (!source) return ledger.exportedBytes;
  try {
    return (await checkSource(ledger, source)).start;
  } finally {
    await source.close();
  }
}
