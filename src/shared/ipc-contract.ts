import type { AppState, MuteLength, PlaceName } from './app-state.js';
import type { DeletionAnswer } from './deletion-answer.js';
import type { ArchiveAnswer, ArchiveQuery } from './archive-search.js';
import type { ArchivedSessions, ArchivedSessionsQuery } from './archived-sessions.js';
import type { ExportNowAnswer } from './export-answer.js';
import type { JobAnswer, JobWish } from './jobs.js';
import type { FolderAnswer } from './folder-answer.js';
import type { PendingAction, PendingAnswer } from './pending-answer.js';
import type { SettingsFault, SettingsPatch } from './settings.js';

/** What a handler answers the page: a value, or a code with a sentence for people. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Intents the page can send, by channel: the argument and the answer. A channel that isn't here doesn't compile. */
export interface Intents {
  'get-state': { readonly argument: null; readonly value: AppState };
  'export-now': { readonly argument: { readonly sessionId: string | null }; readonly value: ExportNowAnswer };
  'update-settings': {
    readonly argument: { readonly patch: SettingsPatch };
    readonly value: { readonly faults: readonly SettingsFault[] };
  };
  /** Asks for a folder in a native dialog and watches it from then on. */
  'add-root': { readonly argument: null; readonly value: FolderAnswer };
  /** Watches an added folder no more; `entry` as `extraRoots` has it. */
  'remove-root': {
    readonly argument: { readonly entry: string };
    readonly value: { readonly faults: readonly SettingsFault[] };
  };
  /** Puts version, platform, counts and settings onto the clipboard: nothing of any session. */
  'copy-diagnostics': { readonly argument: null; readonly value: null };
  'set-paused': { readonly argument: { readonly paused: boolean }; readonly value: null };
  /** One session's notices, or all of them (null); a length of null unmutes. */
  'mute-notices': {
    readonly argument: { readonly sessionId: string | null; readonly length: MuteLength | null };
    readonly value: null;
  };
  'dismiss-session': {
    readonly argument: { readonly sessionId: string; readonly dismissed: boolean };
    readonly value: null;
  };
  /** Puts the command that resumes the session on the clipboard; the answer is that command. */
  'copy-resume-command': { readonly argument: { readonly sessionId: string }; readonly value: string };
  /** Opens the folder the session works in. */
  'open-session-folder': { readonly argument: { readonly sessionId: string }; readonly value: null };
  'act-on-pending': {
    readonly argument: { readonly action: PendingAction; readonly name: string };
    readonly value: PendingAnswer;
  };
  'retry-pending': { readonly argument: null; readonly value: PendingAnswer };
  'archive-near-deletion': { readonly argument: null; readonly value: null };
  /** Asks in a native dialog first. */
  'delete-archived': { readonly argument: { readonly sessionId: string }; readonly value: DeletionAnswer };
  'confirm-first-run': { readonly argument: null; readonly value: null };
  'answer-exporter-offer': { readonly argument: { readonly accepted: boolean }; readonly value: null };
  'start-demo': { readonly argument: null; readonly value: null };
  'leave-demo': { readonly argument: null; readonly value: null };
  'stop-daemon': { readonly argument: null; readonly value: null };
  'search-archive': { readonly argument: { readonly query: ArchiveQuery }; readonly value: ArchiveAnswer };
  'list-archived': { readonly argument: { readonly query: ArchivedSessionsQuery }; readonly value: ArchivedSessions };
  'list-projects': { readonly argument: null; readonly value: readonly string[] };
  /** Opens the folder with what is archived of a session. */
  'reveal-archived': { readonly argument: { readonly sessionId: string }; readonly value: null };
  /** Begins a job, of which the state tells; where a folder is to be chosen, after a native dialog. */
  'start-job': { readonly argument: { readonly wish: JobWish }; readonly value: JobAnswer };
  'cancel-job': { readonly argument: { readonly id: number }; readonly value: null };
  'dismiss-job': { readonly argument: { readonly id: number }; readonly value: null };
  /** Shows in its folder what a job has brought back. */
  'reveal-restored': { readonly argument: { readonly id: number }; readonly value: null };
  /** Opens the session's page in the system's browser, at an entry or at its top. */
  'open-transcript': {
    readonly argument: { readonly sessionId: string; readonly entryUuid: string | null };
    readonly value: null;
  };
  'open-place': { readonly argument: { readonly place: PlaceName }; readonly value: null };
  'set-popover-height': { readonly argument: { readonly heightPixels: number }; readonly value: null };
  /** The sessions that can be seen in the page now: there are no notices of them while the popover has the focus. */
  'set-sessions-on-view': { readonly argument: { readonly sessionIds: readonly string[] }; readonly value: null };
  'hide-popover': { readonly argument: null; readonly value: null };
}

/** The name of an intent's channel. */
export type IntentName = keyof Intents;

/** The channel on which main pushes the new `AppState` to the page. */
export const stateChannel = 'state';

/** The channel on which main asks the page to show one session, by its id: a notice or a row of the menu was chosen. */
export const showSessionChannel = 'show-session';

/** What the preload script puts on `window.contextWatcher`: one function per intent, and the state feed. */
export interface PopoverApi {
  readonly getState: () => Promise<Answer<AppState>>;
  readonly exportNow: (sessionId: string | null) => Promise<Answer<ExportNowAnswer>>;
  readonly updateSettings: (patch: SettingsPatch) => Promise<Answer<{ readonly faults: readonly SettingsFault[] }>>;
  readonly addRoot: () => Promise<Answer<FolderAnswer>>;
  readonly removeRoot: (entry: string) => Promise<Answer<{ readonly faults: readonly SettingsFault[] }>>;
  readonly copyDiagnostics: () => Promise<Answer<null>>;
  readonly setPaused: (paused: boolean) => Promise<Answer<null>>;
  readonly muteNotices: (sessionId: string | null, length: MuteLength | null) => Promise<Answer<null>>;
  readonly dismissSession: (sessionId: string, dismissed: boolean) => Promise<Answer<null>>;
  readonly copyResumeCommand: (sessionId: string) => Promise<Answer<string>>;
  readonly openSessionFolder: (sessionId: string) => Promise<Answer<null>>;
  readonly actOnPending: (action: PendingAction, name: string) => Promise<Answer<PendingAnswer>>;
  readonly retryPending: () => Promise<Answer<PendingAnswer>>;
  readonly archiveNearDeletion: () => Promise<Answer<null>>;
  readonly deleteArchived: (sessionId: string) => Promise<Answer<DeletionAnswer>>;
  readonly confirmFirstRun: () => Promise<Answer<null>>;
  readonly answerExporterOffer: (accepted: boolean) => Promise<Answer<null>>;
  readonly startDemo: () => Promise<Answer<null>>;
  readonly leaveDemo: () => Promise<Answer<null>>;
  readonly stopDaemon: () => Promise<Answer<null>>;
  readonly searchArchive: (query: ArchiveQuery) => Promise<Answer<ArchiveAnswer>>;
  readonly listArchived: (query: ArchivedSessionsQuery) => Promise<Answer<ArchivedSessions>>;
  readonly listProjects: () => Promise<Answer<readonly string[]>>;
  readonly revealArchived: (sessionId: string) => Promise<Answer<null>>;
  readonly startJob: (wish: JobWish) => Promise<Answer<JobAnswer>>;
  readonly cancelJob: (id: number) => Promise<Answer<null>>;
  readonly dismissJob: (id: number) => Promise<Answer<null>>;
  readonly revealRestored: (id: number) => Promise<Answer<null>>;
  readonly openTranscript: (sessionId: string, entryUuid: string | null) => Promise<Answer<null>>;
  readonly openPlace: (place: PlaceName) => Promise<Answer<null>>;
  readonly setPopoverHeight: (heightPixels: number) => Promise<Answer<null>>;
  readonly setSessionsOnView: (sessionIds: readonly string[]) => Promise<Answer<null>>;
  readonly hidePopover: () => Promise<Answer<null>>;
  /** Calls `listener` with every new state; returns its undo. */
  readonly onState: (listener: (state: AppState) => void) => () => void;
  /** Calls `listener` with a session to be shown, also with one that was asked for before; returns its undo. */
  readonly onShowSession: (listener: (sessionId: string) => void) => () => void;
}
