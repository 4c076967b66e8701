import type { NewAppEvent, SessionState } from '../../shared/app-state.js';
import type { PendingQueue } from '../archive/queue-contract.js';
import type { ExportFolders } from '../export/export-ledger.js';
import { rememberSidecars } from '../export/sidecar-look.js';
import type { ContextKnowledge } from '../meter/context-knowledge.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { FinishedExport } from './after-export.js';
import { makeAutomaticExports } from './automatic-exports.js';
import { watchDeletions, type DeletionWatch } from './deletion-watch.js';
import type { EngineOptions } from './engine-contract.js';
import { makeDirectExports, type DirectExports } from './export-tracked.js';
import { watchNewsBeside } from './news-beside.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';
import { makeSessionExporter, type SessionExporter } from './session-exporter.js';
import type { SessionTracker, TrackedSession } from './session-tracker.js';
import { tellFault } from './tell-problems.js';

/** All that exports sessions: the policy, the calendar, the user. */
export interface ExportWork {
  readonly exporter: SessionExporter;
  /** Exports that the user, or the calendar, has decided on. */
  readonly direct: DirectExports;
  readonly deletions: DeletionWatch;
  /** Exports a session if the policy says so; `first`: it was read for the first time. */
  readonly judge: (tracked: TrackedSession, session: SessionState, first?: boolean) => void;
  readonly judgeAll: () => void;
}

/** Wires the exports. Nothing is exported as long as `mayExport` says no. */
export function wireExports(options: {
  engine: EngineOptions;
  folders: ExportFolders;
  saved: SavedState;
  problems: ProblemList;
  tracker: SessionTracker;
  queue: PendingQueue;
  view: (tracked: TrackedSession) => SessionState;
  known: (file: SessionFile) => ContextKnowledge;
  isLive: (file: SessionFile) => boolean;
  /** Whether a file's disk is local and answers at once. */
  isQuick: (filePath: string) => boolean;
  /** The session files in the folders that are watched now. */
  files: () => readonly SessionFile[];
  mayExport: () => boolean;
  /** Called after the event of each export. */
  onExported: (done: FinishedExport) => void;
  addEvent: (event: NewAppEvent) => void;
  onChange: () => void;
}): ExportWork {
  const { engine, folders, saved, problems, tracker, queue, view, known, isQuick, mayExport, addEvent, onChange } =
    options;
  const { log, now, appVersion } = engine;
  const settings = engine.settings.current;
  const sidecarMemory = rememberSidecars();
  const exporter = makeSessionExporter({
    tracker,
    queue,
    folders,
    sidecarMemory,
    problems,
    addEvent(event) {
      const exported = event.kind === 'exported' ? tracker.find(event.sessionId) : undefined;
      if (exported) deletions.settle(exported.file);
      addEvent(event);
    },
    onExported: options.onExported,
    onChange,
    log,
    now,
    appVersion,
  });
  const automatic = makeAutomaticExports({
    saved,
    settings,
    known,
    exporter,
    beside: watchNewsBeside({
      memory: sidecarMemory,
      isQuick,
      now,
      onNew: judgeById,
      onFault: (error) => tellFault(problems, error, log),
    }),
    mayExport: () => engine.automaticExports && mayExport(),
    onExported: judgeById,
    addEvent,
    log,
    now,
  });
  const direct = makeDirectExports({ tracker, exporter, view, settings, known });
  const deletions = watchDeletions({
    folders,
    memory: sidecarMemory,
    isQuick,
    files: options.files,
    isLive: options.isLive,
    exportFile: (file) => direct.exportFile(file, 'retention'),
    archiveBeforeDeletion: () => settings().archiveBeforeDeletion,
    mayExport,
    isAutomatic: engine.automaticExports,
    saved,
    problems,
    addEvent,
    onChange,
    log,
    now,
  });

  function judgeById(sessionId: string): void {
    const tracked = tracker.find(sessionId);
    if (tracked) automatic.judge(tracked, view(tracked));
  }

  return {
    exporter,
    direct,
    deletions,
    judge: automatic.judge,
    judgeAll() {
      for (const tracked of tracker.all()) automatic.judge(tracked, view(tracked));
    },
  };
}
