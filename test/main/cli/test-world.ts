import path from 'node:path';
import type { AppState } from '../../../src/shared/app-state.js';
import type { PendingAnswer } from '../../../src/shared/pending-answer.js';
import type { ExportNowAnswer } from '../../../src/shared/export-answer.js';
import type { RunOptions } from '../../../src/main/cli/parse-arguments.js';
import type { ReceivedSignal, World } from '../../../src/main/cli/world.js';
import type { Engine, EngineOptions } from '../../../src/main/engine/engine-contract.js';
import { blankState, someSession } from '../../support/blank-state.js';
import { tempFolder } from '../../support/temp-folder.js';

/** A world of its own folder whose engine only says that it was called; everything else is real. */
export interface TestWorld {
  readonly world: World;
  readonly options: RunOptions;
  /** The context storage. */
  readonly storage: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What the engine was asked, in order. */
  readonly calls: readonly string[];
  readonly signal: (signal: ReceivedSignal) => void;
}

/** What the engine of a test world shows and answers. */
export interface TestEngine {
  readonly state?: AppState;
  readonly answer?: ExportNowAnswer;
}

export function makeTestWorld(engine: TestEngine = {}, storage = path.join(tempFolder(), 'storage')): TestWorld {
  const { state = { ...blankState, sessions: [someSession] }, answer = { kind: 'done', outcomes: [] } } = engine;
  const printed = { stdout: '', stderr: '' };
  const calls: string[] = [];
  const listeners = new Set<(signal: ReceivedSignal) => void>();
  const pendingAnswer = (call: string): PendingAnswer => (calls.push(call), { kind: 'done', message: `Done: ${call}` });
  const startEngine = (options: EngineOptions): Promise<Engine> => {
    calls.push('start');
    options.log.info('The engine runs');
    return Promise.resolve({
      state: () => state,
      subscribe: () => () => undefined,
      settled: () => Promise.resolve(),
      exportNow: (sessionId) => Promise.resolve(answer).finally(() => calls.push(`export ${sessionId ?? 'all'}`)),
      updateSettings: () => ({ faults: [] }),
      setPaused: () => undefined,
      muteNotices: () => undefined,
      setDismissed: () => undefined,
      transcriptPage: () => Promise.reject(new Error('Not in this world.')),
      verifyArchive: () => Promise.reject(new Error('Not in this world.')),
      restoreSession: () => Promise.reject(new Error('Not in this world.')),
      deleteArchived: () => Promise.resolve({ kind: 'refused', message: 'Not in this world.' }),
      retryPending: (name) => Promise.resolve(pendingAnswer(`retry ${name ?? 'all'}`)),
      setPendingAside: (name) => Promise.resolve(pendingAnswer(`set aside ${name}`)),
      bringPendingBack: (name) => Promise.resolve(pendingAnswer(`bring back ${name}`)),
      pendingPath: () => Promise.resolve(null),
      archiveNearDeletion: () => undefined,
      confirmFirstRun: () => undefined,
      answerExporterOffer: () => undefined,
      confirmCommand: () => ({ kind: 'no-command' }),
      stopDaemon: () => Promise.resolve(),
      jobs: {
        start: () => ({ kind: 'refused', message: 'Not in this world.' }),
        cancel: () => undefined,
        dismiss: () => undefined,
        restoredPath: () => null,
      },
      archived: {
        sessions: () => Promise.resolve({ sessions: [], total: 0, indexTrouble: null }),
        projects: () => Promise.resolve([]),
        folder: () => Promise.resolve(null),
      },
      searchArchive: () => Promise.resolve({ kind: 'no-index' }),
      reindex: () => Promise.reject(new Error('Not in this world.')),
      reportProblem: () => undefined,
      clearProblem: () => undefined,
      sweepNow: () => Promise.resolve(),
      stop: () => Promise.resolve().finally(() => calls.push('stop')),
    });
  };
  const world: World = {
    facts: {
      homeFolder: path.dirname(storage),
      platform: 'linux',
      environment: {},
      temporaryFolder: path.dirname(storage),
      userId: process.getuid?.() ?? null,
      exists: () => false,
    },
    appVersion: '1.2.3',
    entryIndexWorker: null,
    glanceWorker: null,
    now: () => new Date('2026-11-01T12:00:00.000Z'),
    stdout: { write: (text) => Promise.resolve(void (printed.stdout += text)) },
    stderr: { write: (text) => Promise.resolve(void (printed.stderr += text)) },
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    startEngine,
    readOnce: (options) => Promise.resolve({ ...state, settings: options.settings.current() }),
  };
  return {
    world,
    options: { flags: {}, activeWithinSeconds: 300, dataFolder: storage, claudeFolders: [] },
    storage,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    calls,
    signal: (received) => listeners.forEach((listener) => listener(received)),
  };
}
