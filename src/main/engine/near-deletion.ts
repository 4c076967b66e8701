import type { NamedSession, NearDeletion, NewAppEvent } from '../../shared/app-state.js';
import type { ExportOutcome } from '../../shared/export-answer.js';
import { createStorageFolder } from '../export/storage-folder.js';
import { demandFreeSpace, freeBytesOf } from '../export/free-space.js';
import { storageError } from '../export/storage-error.js';
import { decideRetention } from '../policy/retention-policy.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { Log } from '../support/log.js';
import { countedSessions } from '../views/deletion-words.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';
import { bytesOf, describeNearDeletion, findNearDeletion, type NearSession } from './near-deletion-figures.js';
import type { UnarchivedSession, UnarchivedSessions } from './unarchived-sessions.js';

/** Knows which sessions the client will delete before they are archived, tells of them, and archives them. */
export interface NearDeletionKeeper {
  readonly state: () => NearDeletion | null;
  /** Looks now, then tells or archives as the policy says; a look every ten minutes is enough. */
  readonly look: () => Promise<void>;
  /** The same, unless that was done a while ago. */
  readonly lookIfDue: () => Promise<void>;
  /** Archives them, the soonest first, at the user's wish. A disk without room for all of them gets none. */
  readonly archive: () => Promise<void>;
  /** Ends the batch after the export in hand. */
  readonly stop: () => void;
}

const lookEveryMs = 10 * 60_000;
/** The first look waits until the sessions that are live are shown. */
const firstLookAfterMs = 5_000;
const mostNamed = 3;
/** Of each export: manifest, report, and what the disk keeps of a file. */
const besidesBytes = 64 * 1024;

/** Starts with nothing looked at. */
export function keepNearDeletion(options: {
  /** All session files there are; of several of one session the newest counts. */
  readonly files: () => Iterable<SessionFile>;
  readonly unarchived: UnarchivedSessions;
  readonly isLive: (file: SessionFile) => boolean;
  /** Days that the client keeps a session file of this folder; null where nobody has set them. */
  readonly cleanupPeriodDays: (file: SessionFile) => number | null;
  readonly exportFile: (file: SessionFile) => Promise<Pick<ExportOutcome, 'kind'> | { readonly kind: 'unreadable' }>;
  readonly namesOf: (files: readonly SessionFile[]) => Promise<readonly NamedSession[]>;
  readonly exportsPending: string;
  readonly freeBytes?: (folder: string) => Promise<number>;
  readonly archiveBeforeDeletion: () => boolean;
  readonly mayExport: () => boolean;
  /** False: only at the user's wish. */
  readonly isAutomatic: boolean;
  readonly saved: Pick<SavedState, 'paused' | 'deletionToldAt' | 'rememberDeletionTold'>;
  readonly problems: Pick<ProblemList, 'report' | 'clear'>;
  readonly addEvent: (event: NewAppEvent) => void;
  readonly onChange: () => void;
  readonly log: Pick<Log, 'info'>;
  readonly now: () => Date;
}): NearDeletionKeeper {
  const { unarchived, saved, problems, log, now } = options;
  const startedMs = now().getTime();
  let near: readonly NearSession[] | null = null;
  let told: { readonly of: readonly NearSession[]; readonly is: NearDeletion } | null = null;
  let lookedMs: number | null = null;
  let looking: Promise<void> | null = null;
  let archiving = false;
  let stopped = false;

  /** The same answer until something has changed: thousands of sessions may be near. */
  function state(): NearDeletion | null {
    if (near === null) return null;
    if (told?.of !== near || told.is.archiving !== archiving)
      told = { of: near, is: describeNearDeletion(near, archiving) };
    return told.is;
  }

  async function measure(): Promise<readonly NearSession[]> {
    const nowMs = now().getTime();
    lookedMs = nowMs;
    near = await findNearDeletion({ ...options, files: options.files(), nowMs });
    options.onChange();
    return near;
  }

  async function lookNow(): Promise<void> {
    await measure();
    if (decide(options.isAutomatic && options.mayExport()) === 'archive') await archive(true);
    // What could not be archived is told as well; while only showing nobody can do anything about it.
    if (options.mayExport() && decide(false) === 'tell') await tell();
  }

  function decide(mayExport: boolean): ReturnType<typeof decideRetention> {
    return decideRetention({
      sessions: near?.length ?? 0,
      archiveBeforeDeletion: options.archiveBeforeDeletion(),
      paused: saved.paused(),
      mayExport,
      toldAt: saved.deletionToldAt(),
      nowMs: now().getTime(),
    });
  }

  async function tell(): Promise<void> {
    const all = near ?? [];
    const { sessions, bytes, firstAt } = describeNearDeletion(all, false);
    if (firstAt === null) return;
    saved.rememberDeletionTold(now().toISOString());
    log.info(`Claude Code will delete ${countedSessions(sessions)} not archived, the first on or after ${firstAt}.`);
    const soonest = await options.namesOf(all.slice(0, mostNamed).map(({ file }) => file));
    options.addEvent({ kind: 'retention-near', sessions, bytes, firstAt, soonest });
  }

  async function archive(byItself: boolean): Promise<void> {
    if (archiving || stopped || !options.mayExport()) return;
    archiving = true;
    options.onChange();
    try {
      const batch = near ?? (await measure());
      if (batch.length > 0) await archiveAll(batch, byItself);
      if (!stopped) await measure();
    } finally {
      archiving = false;
      options.onChange();
    }
  }

  async function archiveAll(batch: readonly UnarchivedSession[], byItself: boolean): Promise<void> {
    if (!(await hasRoomFor(batch))) return;
    const archived: UnarchivedSession[] = [];
    let failed = 0;
    for (const session of batch) {
      if (stopped) break;
      const { kind } = await options.exportFile(session.file);
      if (kind === 'failed' || kind === 'unreadable') failed += 1;
      else unarchived.settle(session.file);
      if (kind === 'exported') archived.push(session);
    }
    // By itself it is tried again at each look; each failure is told as one of its session.
    if (archived.length === 0 && (failed === 0 || byItself)) return;
    const bytes = bytesOf(archived);
    log.info(`Archived before the deletion: ${countedSessions(archived.length)}; ${failed} could not be.`);
    options.addEvent({ kind: 'retention-archived', sessions: archived.length, bytes, failed });
  }

  async function hasRoomFor(batch: readonly UnarchivedSession[]): Promise<boolean> {
    const neededBytes = bytesOf(batch) + batch.length * besidesBytes;
    const folder = options.exportsPending;
    try {
      await createStorageFolder(folder);
      await demandFreeSpace(folder, neededBytes, options.freeBytes ?? freeBytesOf);
      problems.clear('no-room-before-deletion');
      return true;
    } catch (error) {
      const { message, mend } = storageError('archive before the deletion', folder, error);
      problems.report({ code: 'no-room-before-deletion', message, mend });
      return false;
    }
  }

  function look(): Promise<void> {
    looking ??= lookNow().finally(() => {
      looking = null;
    });
    return looking;
  }

  return {
    state,
    look,
    async lookIfDue() {
      const nowMs = now().getTime();
      const dueMs = lookedMs === null ? startedMs + firstLookAfterMs : lookedMs + lookEveryMs;
      // A clock that was set back must not put it off.
      const isDue = nowMs >= dueMs || nowMs < (lookedMs ?? startedMs);
      if (isDue && !stopped) await look();
    },
    archive: () => archive(false),
    stop() {
      stopped = true;
    },
  };
}
