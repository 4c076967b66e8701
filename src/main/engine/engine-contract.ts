import type { ArchiveAnswer, ArchiveQuery } from '../../shared/archive-search.js';
import type { AppState, MuteLength, Problem } from '../../shared/app-state.js';
import type { CommandAnswer } from '../../shared/command-answer.js';
import type { DeletionAnswer } from '../../shared/deletion-answer.js';
import type { ExportNowAnswer } from '../../shared/export-answer.js';
import type { PendingAnswer } from '../../shared/pending-answer.js';
import type { SettingsFault, SettingsPatch } from '../../shared/settings.js';
import type { RestoreProgress, TaskExtras } from '../archive/archive-tasks.js';
import type { IndexedArchive, IndexProgress } from '../archive/index-archive.js';
import type { RestoreOutcome, RestoreRequest } from '../archive/restore-session.js';
import type { VerifyProgress, VerifyReport } from '../archive/verify-archive.js';
import type { KeyValueStore } from '../settings/key-value-store.js';
import type { SettingsStore } from '../settings/settings-store.js';
import type { AppPaths } from '../support/app-paths.js';
import type { Log } from '../support/log.js';
import type { ArchiveJobs } from './archive-jobs.js';
import type { ArchivedList } from './archived-list.js';
import type { AskForCommand } from './command-confirmation.js';
import type { ReportedProblem } from './problem-list.js';
import type { TranscriptPage } from './transcripts.js';

/** What the engine works with; nothing of it is Electron's. */
export interface EngineOptions {
  readonly paths: AppPaths;
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** From `--claude-dir`; when there is one, it replaces all roots. */
  readonly claudeFolders: readonly string[];
  /** A session modified within these seconds is live; 0 lists all sessions, however old. */
  readonly activeWithinSeconds: number;
  readonly settings: SettingsStore;
  readonly appStateStore: KeyValueStore;
  /** Found before the engine started, such as a settings file that was kept aside. */
  readonly startProblems: readonly Problem[];
  /** A live Python daemon: the engine then watches and shows only. */
  readonly daemonPid: number | null;
  /** Called after that daemon was ended at the user's wish, before the engine begins to export. */
  readonly onDaemonEnded: () => Promise<void>;
  /** Asks whether the command after exports may run; null where nobody can be asked. */
  readonly askForCommand: AskForCommand | null;
  /** The built index worker; null indexes in this thread. */
  readonly entryIndexWorker: URL | null;
  readonly demo: boolean;
  /** False: nothing is exported but by hand. */
  readonly automaticExports: boolean;
  readonly log: Log;
  readonly now: () => Date;
  readonly appVersion: string;
}

/** Watches, decides, exports and archives, and says what it knows as one `AppState`. Intent arrives through its methods. */
export interface Engine {
  readonly state: () => AppState;
  /** Calls `listener` with every new state; returns its undo. */
  readonly subscribe: (listener: (state: AppState) => void) => () => void;
  /** Resolves when every session that was seen so far is read, and `state` says so. */
  readonly settled: () => Promise<void>;
  /** Exports what is new in a session (its id, or a unique prefix of 8 or more characters), or in all live ones (null). */
  readonly exportNow: (sessionId: string | null) => Promise<ExportNowAnswer>;
  /** Applies a change at once and stores it; faults, where it is refused, name the fields. */
  readonly updateSettings: (patch: SettingsPatch) => { readonly faults: readonly SettingsFault[] };
  readonly setPaused: (paused: boolean) => void;
  /** Holds back the notices of one session, or of all (null), for a while; a length of null lets them through again. */
  readonly muteNotices: (sessionId: string | null, length: MuteLength | null) => void;
  /** Hides a session until it is written to again, or shows it again; one that is not followed stays as it is. */
  readonly setDismissed: (sessionId: string, dismissed: boolean) => void;
  /** Re-hashes the whole archive. Rejects with the signal's reason, or where the archive can't be listed. */
  readonly verifyArchive: (options: TaskExtras<VerifyProgress>) => Promise<VerifyReport>;
  /**
   * Builds the search index anew from the archive alone; a second call joins the first. Ended by its signal, it keeps what
   * was read (`isCancelled`). Rejects with a `StorageError`.
   */
  readonly reindex: (options: TaskExtras<IndexProgress>) => Promise<IndexedArchive>;
  /** Rebuilds a session file from the archive, by its id or a unique prefix of 8 or more characters. Rejects where the archive is damaged. */
  readonly restoreSession: (
    request: Pick<RestoreRequest, 'session' | 'into'> & TaskExtras<RestoreProgress>,
  ) => Promise<RestoreOutcome>;
  /** Moves what is archived of a session to the system's bin; whoever calls has asked the user. */
  readonly deleteArchived: (sessionId: string, moveToBin: (folder: string) => Promise<void>) => Promise<DeletionAnswer>;
  /** Tries one pending file again now, or all of them (null). */
  readonly retryPending: (name: string | null) => Promise<PendingAnswer>;
  /** Moves a pending file, with all that belongs to it, to the set-aside folder. */
  readonly setPendingAside: (name: string) => Promise<PendingAnswer>;
  readonly bringPendingBack: (name: string) => Promise<PendingAnswer>;
  /** The absolute path of a file that is pending; null for any other name. */
  readonly pendingPath: (name: string) => Promise<string | null>;
  /** Archives the sessions that the client will delete soon; `state` says how that goes. */
  readonly archiveNearDeletion: () => void;
  readonly confirmFirstRun: () => void;
  /** Says whether CODITECT's exporter may run as well after exports. */
  readonly answerExporterOffer: (accepted: boolean) => void;
  /** Confirms the command after exports that has this code; null only tells which one waits. */
  readonly confirmCommand: (code: string | null) => CommandAnswer;
  /** Ends the live Python daemon and takes over. A daemon that does not end becomes a problem. */
  readonly stopDaemon: () => Promise<void>;
  /** Searches all that is archived; a later search takes the place of one that waits. Rejects with a `StorageError`. */
  readonly searchArchive: (query: ArchiveQuery) => Promise<ArchiveAnswer>;
  /** Verifying, restoring and indexing as jobs, which the state shows. */
  readonly jobs: ArchiveJobs;
  /** What is archived, a part at a time. */
  readonly archived: ArchivedList;
  /** Makes the page of an archived session where that is needed, at an entry (its uuid) or at its top. */
  readonly transcriptPage: (sessionId: string, entryUuid: string | null) => Promise<TranscriptPage>;
  /** Problems of what stands around the engine, such as notifications that don't work. */
  readonly reportProblem: (problem: ReportedProblem) => void;
  readonly clearProblem: (code: string) => void;
  /** Catches up at once, after sleep for example. */
  readonly sweepNow: () => Promise<void>;
  /** Finishes the export in hand and ends everything. */
  readonly stop: () => Promise<void>;
}
