import type { Problem } from '../../shared/app-state.js';
import type { ControlHandlers } from '../control/control-server.js';
import { claimInstance, type ClaimedInstance, type Instance } from '../control/instance.js';
import type { Engine, EngineOptions } from '../engine/engine-contract.js';
import type { Log } from '../support/log.js';
import type { OpenRun } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import { carryPidFileProblem } from './pid-file-problem.js';
import type { ExitCode, World } from './world.js';

/** The engine of a run that holds the instance, and the end of both. */
export interface RunningEngine {
  readonly kind: 'running';
  readonly engine: Engine;
  /** Finishes the export in hand, then lets the next instance in. */
  readonly stop: () => Promise<void>;
}

/** `refused`: another instance or the Python daemon runs, or the storage can't be used; why was printed and logged. */
export type StartedRun = RunningEngine | RefusedRun;

/** `message` is what was printed. */
export interface RefusedRun {
  readonly kind: 'refused';
  readonly exitCode: ExitCode;
  readonly message: string;
}

/** What a run is besides its places and options. */
export interface RunExtras {
  readonly run: OpenRun;
  readonly log: Log;
  readonly demo: boolean;
  /** False: nothing is exported but by hand. */
  readonly automaticExports: boolean;
  /** What a second start shows; null where there is nothing to show. Beside a live Python daemon only what can show is of use. */
  readonly show: (() => void) | null;
  /** Asks natively whether the command after exports may run; left out where nobody can be asked. */
  readonly askForCommand?: EngineOptions['askForCommand'];
  /** Another process asks for the end. */
  readonly onStop: () => void;
  /** Called once the storage is ours, before the engine starts. */
  readonly onClaimed?: () => void;
}

/** Claims the context storage and starts an engine on it. */
export async function startRun(world: World, options: RunOptions, extras: RunExtras): Promise<StartedRun> {
  const { run, log, show, onStop } = extras;
  const { promise: handlers, resolve: serveWith, reject: serveNobody } = deferred<ControlHandlers>();
  const pidFile = carryPidFileProblem(world.now);
  const instance = await claimInstance({
    paths: run.paths,
    appVersion: world.appVersion,
    handlers,
    log,
    onPidFileFault: pidFile.onFault,
  });
  if (instance.kind !== 'claimed') return refuse(world, log, instance);
  if (instance.daemonPid !== null && show === null) {
    await instance.release();
    return refuse(world, log, { kind: 'daemon-runs', pid: instance.daemonPid });
  }
  try {
    extras.onClaimed?.();
    const startProblems = [...run.startProblems, ...pidFile.startProblems()];
    const engine = await startEngineOf(world, options, extras, instance, startProblems);
    pidFile.attach(engine);
    serveWith({ ...engine, show, stop: onStop });
    return {
      kind: 'running',
      engine,
      async stop() {
        await engine.stop();
        await instance.release();
      },
    };
  } catch (error) {
    serveNobody(new Error('The instance could not start.', { cause: error }));
    await instance.release();
    throw error;
  }
}

type Refusal = Exclude<ClaimedInstance, Instance> | { readonly kind: 'daemon-runs'; readonly pid: number };

/** Says why on stderr, and in the log unless that is another instance's. */
async function refuse(world: World, log: Log, refusal: Refusal): Promise<RefusedRun> {
  const message = refusalMessage(refusal);
  if (refusal.kind === 'daemon-runs') log.warn(message);
  if (refusal.kind === 'unavailable') log.error(message);
  await world.stderr.write(`${message}\n`);
  return { kind: 'refused', exitCode: refusal.kind === 'unavailable' ? 1 : 3, message };
}

function refusalMessage(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'already-running': {
      const who = refusal.pid === null ? '' : ` (PID ${refusal.pid})`;
      const mend = refusal.answers
        ? 'See it with --status, end it with --stop.'
        : 'It does not answer: end it with --stop.';
      return `Context Watcher is already running${who}. ${mend}`;
    }
    case 'unavailable':
      return `${refusal.message} ${refusal.mend}`;
    case 'daemon-runs':
      return `The Python daemon is running (PID ${refusal.pid}) and exports the same sessions. Stop it with its own --stop, then start again.`;
  }
}

function startEngineOf(
  world: World,
  options: RunOptions,
  { run, log, demo, automaticExports, askForCommand = null }: RunExtras,
  instance: Instance,
  startProblems: readonly Problem[],
): Promise<Engine> {
  return world.startEngine({
    paths: run.paths,
    homeFolder: world.facts.homeFolder,
    environment: world.facts.environment,
    claudeFolders: options.claudeFolders,
    activeWithinSeconds: options.activeWithinSeconds,
    settings: run.settings,
    appStateStore: run.appStateStore,
    startProblems,
    daemonPid: instance.daemonPid,
    onDaemonEnded: instance.takePidFile,
    askForCommand,
    entryIndexWorker: world.entryIndexWorker,
    demo,
    automaticExports,
    log,
    now: world.now,
    appVersion: world.appVersion,
  });
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  // Whoever waits for it hears of a rejection; that nobody waits is no fault.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
