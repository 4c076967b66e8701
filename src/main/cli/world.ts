import type { AppState } from '../../shared/app-state.js';
import type { Engine, EngineOptions } from '../engine/engine-contract.js';
import type { ReadOnceOptions } from '../engine/read-once.js';
import type { KeyValueStore } from '../settings/key-value-store.js';
import type { PlaceFacts } from '../support/app-paths.js';
import type { Output } from './output.js';

/** A signal as an end of the run sees it. */
export interface ReceivedSignal {
  readonly name: string;
  readonly number: number;
}

/** Everything outside of the program that a command touches. */
export interface World {
  readonly facts: Omit<PlaceFacts, 'dataFolder'>;
  readonly appVersion: string;
  /** The built index worker, or null to index in this thread. */
  readonly entryIndexWorker: URL | null;
  /** The built worker for a reading of many sessions, or null to read them in this thread. */
  readonly glanceWorker: URL | null;
  /** Opens a settings or state file for writing; conf where it is left out. */
  readonly createStore?: (folder: string, name: string) => KeyValueStore;
  readonly now: () => Date;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Calls `listener` when the process is asked to end; returns its undo. */
  readonly onSignal: (listener: (signal: ReceivedSignal) => void) => () => void;
  readonly startEngine: (options: EngineOptions) => Promise<Engine>;
  readonly readOnce: (options: ReadOnceOptions) => Promise<AppState>;
}

/** What a command ends with: 0 done, 1 failed, 2 wrong arguments, 3 another instance or the Python daemon runs. */
export type ExitCode = 0 | 1 | 2 | 3;
