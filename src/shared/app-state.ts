import type { Job } from './jobs.js';
import type { Settings } from './settings.js';

/** Where the size of a context window is known from, in the order in which the sources are asked. */
export type WindowSource = 'override' | 'observed' | 'requested' | 'learnt' | 'table' | 'assumed';

/** `live`: written within the active time, or its client runs. `compacted`: no reading since the last compaction. `unknown`: no reading at all. */
export type SessionStatus = 'live' | 'idle' | 'compacted' | 'unknown';

/** Why an export was made. */
export type ExportTrigger = 'threshold' | 'compaction' | 'idle' | 'retention' | 'manual';

/** A compaction after which no assistant line has come yet. Times are ISO 8601 UTC. */
export interface JustCompacted {
  readonly at: string | null;
  readonly trigger: string | null;
  readonly preTokens: number | null;
  readonly postTokens: number | null;
}

/** A running client that says it has this session open. A hint, checked against the process. */
export interface RunningClientState {
  readonly pid: number;
  /** As the client says it: `busy`, `idle` (its turn is over), `waiting` (it asks its user something) …; null where it says nothing. */
  readonly status: string | null;
  /** What it asks its user for while `waiting`, in its own words (`permission prompt`); null where it says nothing. */
  readonly waitingFor: string | null;
}

/** Where a compaction line is known from: the user's own compactions, the client's settings, the client's documented rule. */
export type CompactionLineSource = 'learnt' | 'settings' | 'rule';

/** How many used tokens a session has when the client compacts it by itself. */
export interface CompactionLine {
  /** Null where automatic compaction is switched off. */
  readonly tokens: number | null;
  /** `tokens` over the session's window, one decimal; null where it is switched off. */
  readonly percent: number | null;
  readonly source: CompactionLineSource;
  /** How many automatic compactions it is learnt from; 0 for the other sources. */
  readonly learntFrom: number;
}

/** What is left until the client compacts the session, or until the window is full where it does not. */
export interface Forecast {
  readonly to: 'compaction' | 'full';
  /** Whole turns, at least 0. A turn is a prompt of the user with all that answers it. */
  readonly turnsLeft: number;
  /** Whole minutes of work, pauses left out; null where the lines have no times. */
  readonly minutesLeft: number | null;
  /** Median growth of a turn in used tokens. */
  readonly tokensPerTurn: number;
  /** Growth in used tokens per minute of work; null where the lines have no times. */
  readonly tokensPerMinute: number | null;
}

/** The newest committed export of a session. */
export interface LastExport {
  readonly name: string;
  readonly at: string;
  readonly percent: number | null;
  readonly trigger: ExportTrigger;
  readonly messages: number;
}

/** Where a session is exported, whole percent of its window: in force for it, be it its own threshold or the common one. */
export interface ExportBand {
  readonly from: number;
  readonly to: number;
  /** It begins at a threshold of the session's own. */
  readonly isOwn: boolean;
}

/** How a session filled, oldest reading first: both lists are of one length, 2 to 60. */
export interface SessionHistory {
  /** Time of the first reading, ISO 8601 UTC. */
  readonly from: string;
  /** Whole minutes since `from`. */
  readonly minutes: readonly number[];
  /** Whole percent of the window, not clamped. */
  readonly percents: readonly number[];
}

/** Notices are held back: until a time, ISO 8601 UTC, or until they are let through again. */
export type Mute = { readonly kind: 'until'; readonly at: string } | { readonly kind: 'lasting' };

/** For how long notices are to be held back; `until-tomorrow`: until the next day's morning, 8:00 local time. */
export type MuteLength = 'one-hour' | 'until-tomorrow' | 'lasting';

/** One Claude Code session as people see it. Unknown figures are null, never 0. */
export interface SessionState {
  /** The session file's name without `.jsonl`. */
  readonly id: string;
  readonly path: string;
  /** Last part of `cwd`, else the name of the folder the file lies in. */
  readonly project: string;
  readonly cwd: string | null;
  readonly title: string | null;
  readonly gitBranch: string | null;
  /** Version of the client that wrote the newest message line. */
  readonly clientVersion: string | null;
  readonly model: string | null;
  readonly requestedModel: string | null;
  /** Prompt plus output tokens of the newest answer; after a compaction an estimate. */
  readonly usedTokens: number | null;
  readonly promptTokens: number | null;
  readonly windowTokens: number | null;
  readonly windowSource: WindowSource | null;
  /** `usedTokens` over `windowTokens`, one decimal, not clamped. */
  readonly percent: number | null;
  readonly estimated: boolean;
  readonly state: SessionStatus;
  /** Whether it was written within the active time or its client runs, whatever `state` says of its reading. */
  readonly live: boolean;
  /** Null where no running client says it has the session open. */
  readonly client: RunningClientState | null;
  /** Null without a window. */
  readonly compactionLine: CompactionLine | null;
  /** Null where the session grows too little, or has had too few turns, to tell. */
  readonly forecast: Forecast | null;
  /** The whole file is read. Until then the figures come from its end, and what needs all of it is unknown. */
  readonly complete: boolean;
  /** Compactions that the file has seen; null until it is read as a whole. */
  readonly compactions: number | null;
  /** Time of the line the reading comes from. */
  readonly readAt: string | null;
  /** Modification time of the session file. */
  readonly lastActivityAt: string | null;
  readonly transcriptBytes: number;
  readonly exportedBytes: number;
  /** Distinct messages in complete lines after `exportedBytes`; null while they are being counted. */
  readonly unexportedMessages: number | null;
  readonly justCompacted: JustCompacted | null;
  readonly lastExport: LastExport | null;
  /** An export of this session is being written now. */
  readonly exporting: boolean;
  /** Complete lines that could not be read as entries and were passed over, as far as the file is read. */
  readonly badLines: number;
  readonly exportBand: ExportBand;
  /** Over the last hours in which it was worked on; null until the file is read as a whole, or with fewer than two readings. */
  readonly history: SessionHistory | null;
  /** Its own mute; null where it has none, or its time is over. `AppState.mute` holds besides. */
  readonly mute: Mute | null;
  /** The user has hidden it until it is written to again. */
  readonly dismissed: boolean;
}

/** A file in `exports-pending` that is not archived yet. */
export interface PendingExport {
  readonly name: string;
  readonly sessionId: string | null;
  readonly percent: number | null;
  readonly trigger: ExportTrigger | null;
  readonly state: 'waiting' | 'processing' | 'retrying' | 'failed';
  readonly bytes: number;
  readonly exportedAt: string | null;
  readonly attempts: number;
  readonly problem: string | null;
}

/** A file that was set aside from the pending folder. */
export interface SetAsideExport {
  readonly name: string;
  readonly bytes: number;
  /** A segment without a manifest: it stays here, for what it holds is exported anew from its session. */
  readonly isUnfinished: boolean;
}

/** Something that is wrong now, with what mends it. It leaves the list when it is over. */
export interface Problem {
  /** Stable kebab-case name of the cause, such as `root-unreadable`. */
  readonly code: string;
  readonly message: string;
  readonly mend: string;
  readonly sessionId: string | null;
  readonly since: string;
}

/** Sessions that the client will delete within 3 days, or at its next start, although they are not archived as a whole. */
export interface NearDeletion {
  readonly sessions: number;
  /** Of them, what no export holds. */
  readonly bytes: number;
  /** When the client may delete the first of them, ISO 8601 UTC; null without any. A time gone by means its next start. */
  readonly firstAt: string | null;
  /** They are being archived now. */
  readonly archiving: boolean;
}

/** Why a folder is watched: the client's usual place, `CLAUDE_CONFIG_DIR`, the settings or `--claude-dir`. */
export type RootSource = 'usual' | 'environment' | 'settings' | 'flag';

/** A folder in which session files are looked for. */
export interface RootHealth {
  /** The `projects` folder. */
  readonly path: string;
  readonly source: RootSource;
  /**
   * `polling`: it is read at each sweep, because events don't come or can't be relied on (a network drive, watches
   * exhausted). `slow`: its drive doesn't answer at present; it goes on by itself when it does.
   */
  readonly state: 'watching' | 'polling' | 'slow' | 'missing' | 'unreadable';
  /** How many session files the last sweep knew in it; null while that could not be found out. */
  readonly sessionFiles: number | null;
}

/** A session by what people call it. */
export interface NamedSession {
  readonly sessionId: string;
  readonly project: string;
  readonly title: string | null;
}

/** Something that happened once and may deserve a notice. `sequence` grows by one with each. */
export type AppEvent = { readonly sequence: number; readonly at: string } & (
  | {
      readonly kind: 'threshold-crossed';
      readonly sessionId: string;
      readonly project: string;
      readonly title: string | null;
      readonly percent: number;
    }
  | {
      readonly kind: 'exported';
      readonly sessionId: string;
      readonly project: string;
      readonly title: string | null;
      readonly percent: number | null;
      readonly trigger: ExportTrigger;
      readonly late: boolean;
      readonly name: string;
      /** Absolute path of the archived file, or of the pending file where processing failed. */
      readonly path: string;
      /** Entries not indexed before; null where processing failed or could not tell. */
      readonly newMessages: number | null;
      readonly processed: boolean;
      /** False for the later threshold exports of one episode, which replace the first notice silently. */
      readonly firstOfEpisode: boolean;
    }
  | {
      readonly kind: 'export-failed';
      readonly sessionId: string;
      readonly project: string;
      readonly title: string | null;
      readonly trigger: ExportTrigger;
      readonly message: string;
    }
  | {
      readonly kind: 'batch-processed';
      readonly files: number;
      readonly newMessages: number | null;
      /** The sessions that the files are of, as far as they name one: the first 20. */
      readonly sessionIds: readonly string[];
    }
  | {
      readonly kind: 'retention-near';
      readonly sessions: number;
      readonly bytes: number;
      readonly firstAt: string;
      /** The first three to be deleted. */
      readonly soonest: readonly NamedSession[];
    }
  /** Sessions were archived before their deletion; `failed` of them could not be. */
  | { readonly kind: 'retention-archived'; readonly sessions: number; readonly bytes: number; readonly failed: number }
  /** The archive has passed the size of which the user wants to be reminded. */
  | { readonly kind: 'archive-large'; readonly bytes: number; readonly limitBytes: number }
  /** Changes are not seen at once any more, or some not at all: what is wrong and what mends it, as the problem says it. */
  | { readonly kind: 'watching-degraded'; readonly message: string; readonly mend: string }
  | {
      readonly kind: 'compacted';
      readonly sessionId: string;
      readonly project: string;
      readonly title: string | null;
      readonly preTokens: number | null;
      readonly postTokens: number | null;
    }
);

/** An `AppEvent` before it is numbered and dated. */
export type NewAppEvent = AppEvent extends infer Event
  ? Event extends AppEvent
    ? Omit<Event, 'sequence' | 'at'>
    : never
  : never;

/** An export or a compaction, kept across restarts. `at` is ISO 8601 UTC. */
export type RecentHappening = {
  readonly at: string;
  readonly sessionId: string;
  readonly project: string;
  readonly title: string | null;
} & (
  | {
      readonly kind: 'exported';
      readonly percent: number | null;
      readonly trigger: ExportTrigger;
      /** Null where that is not known any more. */
      readonly messages: number | null;
    }
  | {
      readonly kind: 'compacted';
      readonly preTokens: number | null;
      readonly postTokens: number | null;
      /** When the session was exported last before it; null where it never was. */
      readonly exportedAt: string | null;
    }
);

/** What the archive takes on the disk. Null until it was looked at once. */
export interface ArchiveState {
  /** All of it, loose files included. */
  readonly bytes: number | null;
  readonly sessions: number | null;
  /** At most ten, the largest first. */
  readonly largest: readonly { readonly sessionId: string; readonly bytes: number }[];
  /** Of those sessions in the list of which something is archived. */
  readonly bytesBySession: Readonly<Record<string, number>>;
}

/** CODITECT's own scripts, which are run besides what is built in. `offered`: it is there, and the user has not said yet whether it may run. */
export interface ScriptStates {
  readonly exporter: 'missing' | 'offered' | 'off' | 'on';
  readonly extractor: 'missing' | 'off' | 'on';
}

/** Where things are on this machine; absolute paths. */
export interface Places {
  readonly contextStorage: string;
  readonly exportsPending: string;
  readonly exportsArchive: string;
  readonly logFile: string;
  readonly settingsFile: string;
}

/** The folders and files the page may ask main to open; main maps the name to the path. */
export type PlaceName = 'exports-archive' | 'exports-pending' | 'log' | 'settings-file';

/**
 * Everything the app knows, as one immutable value. The engine publishes a new one with a higher
 * `revision` whenever something that people see has changed; tray, popover, notices and command line draw it.
 */
export interface AppState {
  readonly revision: number;
  /** In the order in which they need their user: live before idle, waiting for an answer first, then nearest to compaction. */
  readonly sessions: readonly SessionState[];
  /** What is in work or in trouble and the oldest of the others, at most 200; oldest first. */
  readonly pendingExports: readonly PendingExport[];
  /** How many files are pending, shown or not. */
  readonly pendingTotal: number;
  /** What was set aside, by the user or after a crash: the first 100 by name. */
  readonly setAside: readonly SetAsideExport[];
  readonly archive: ArchiveState;
  /** What takes its time now, and what came of it until that is dismissed. */
  readonly jobs: readonly Job[];
  /** As in force now, command line flags included. */
  readonly settings: Settings;
  readonly problems: readonly Problem[];
  /** Settings held by a command line flag for this run. */
  readonly heldByFlag: readonly (keyof Settings)[];
  readonly roots: readonly RootHealth[];
  /** Null until it was looked at. */
  readonly nearDeletion: NearDeletion | null;
  readonly paused: boolean;
  /** The mute that holds for the notices of every session; null where none does. */
  readonly mute: Mute | null;
  /** `show-only` while a live Python daemon does the exporting. */
  readonly mode: 'exporting' | 'show-only';
  readonly demo: boolean;
  /** Nobody has confirmed yet what is copied and where. */
  readonly firstRun: boolean;
  /** The newest events, oldest first. */
  readonly events: readonly AppEvent[];
  /** The newest exports and compactions, this run's and earlier ones, newest first, at most 10. */
  readonly recent: readonly RecentHappening[];
  readonly scripts: ScriptStates;
  readonly places: Places;
  readonly appVersion: string;
}
