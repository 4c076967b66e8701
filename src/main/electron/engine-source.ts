import type { AppState } from '../../shared/app-state.js';
import type { Engine } from '../engine/engine-contract.js';

/** What the shell asks of an engine. */
export type ShellEngine = Pick<
  Engine,
  | 'exportNow'
  | 'updateSettings'
  | 'setPaused'
  | 'muteNotices'
  | 'setDismissed'
  | 'retryPending'
  | 'setPendingAside'
  | 'bringPendingBack'
  | 'pendingPath'
  | 'archiveNearDeletion'
  | 'deleteArchived'
  | 'confirmFirstRun'
  | 'answerExporterOffer'
  | 'stopDaemon'
  | 'searchArchive'
  | 'archived'
  | 'jobs'
  | 'transcriptPage'
  | 'reportProblem'
  | 'clearProblem'
  | 'sweepNow'
>;

/** The engine that the shell draws; it can be swapped (for the demo's) while the shell stays. */
export interface EngineSource {
  readonly current: () => ShellEngine;
  readonly state: () => AppState;
  /** Calls `listener` with every new state, and with the other engine's state after a swap; returns its undo. */
  readonly subscribe: (listener: (state: AppState) => void) => () => void;
}
