import process from 'node:process';
import type { AppPaths } from '../support/app-paths.js';
import type { Log } from '../support/log.js';
import { askRunning } from './control-client.js';
import { startControlServer, type ControlHandlers } from './control-server.js';
import { keepPidFile } from './keep-pid-file.js';
import { isOurs, readPidFile } from './pid-file.js';

/** The one instance that may export into a context storage. */
export interface Instance {
  readonly kind: 'claimed';
  /** A live Python daemon that exports into the same storage: then only watch and show. Its pid file is left alone. */
  readonly daemonPid: number | null;
  /** Writes the pid file after all, once the daemon has ended. Never throws: `onPidFileFault` hears of what fails. */
  readonly takePidFile: () => Promise<void>;
  /** Removes the pid file if it is ours, and lets the next instance in. The last thing that a run does. */
  readonly release: () => Promise<void>;
}

/** `already-running`: another instance holds the storage; `answers` is false where it hangs. `unavailable`: no socket can be made. */
export type ClaimedInstance =
  | Instance
  | { readonly kind: 'already-running'; readonly pid: number | null; readonly answers: boolean }
  | { readonly kind: 'unavailable'; readonly message: string; readonly mend: string };

type InstancePaths = Pick<AppPaths, 'contextStorage' | 'controlSockets' | 'pidFile' | 'instanceFile'>;

/**
 * Makes this process the instance of its context storage, before anything is written there: exactly one of several
 * that start at once gets it. Questions of other processes wait for `handlers`. The pid file is written at once, but
 * not over that of a live Python daemon. The socket alone is the lock: where the pid file can't be written, for the disk
 * is full, the storage is held all the same; `onPidFileFault` hears of it, and with null once it is written after all.
 */
export async function claimInstance(options: {
  readonly paths: InstancePaths;
  readonly appVersion: string;
  readonly handlers: Promise<ControlHandlers>;
  readonly log: Log;
  readonly onPidFileFault: (error: Error | null) => void;
}): Promise<ClaimedInstance> {
  const { paths, appVersion, handlers, log, onPidFileFault } = options;
  const { pid } = process;
  const server = await startControlServer({ sockets: paths.controlSockets, pid, appVersion, handlers, log });
  if (server.kind === 'taken') return whoRuns(paths);
  if (server.kind === 'failed') return unavailable(paths.contextStorage, server.error);

  const found = await readPidFile(paths, null);
  const isHeld = found.kind === 'live' && found.pid !== pid;
  if (isHeld && found.who === 'ours') {
    await server.stop();
    return { kind: 'already-running', pid: found.pid, answers: false };
  }
  const pidFile = keepPidFile({ files: paths, pid, onFault: onPidFileFault });
  if (!isHeld) await pidFile.take();
  return {
    kind: 'claimed',
    daemonPid: isHeld ? found.pid : null,
    takePidFile: pidFile.take,
    async release() {
      try {
        await pidFile.release();
      } finally {
        await server.stop();
      }
    },
  };
}

async function whoRuns(paths: InstancePaths): Promise<ClaimedInstance> {
  const asked = await askRunning({
    sockets: paths.controlSockets,
    request: { kind: 'hello' },
    timeoutMilliseconds: 5_000,
  });
  if (asked.kind === 'answered' && asked.answer.kind === 'hello') {
    return { kind: 'already-running', pid: asked.answer.pid, answers: true };
  }
  const found = await readPidFile(paths, null);
  const isProven = found.kind === 'live' && (await isOurs(paths, found.pid));
  return { kind: 'already-running', pid: isProven ? found.pid : null, answers: false };
}

function unavailable(contextStorage: string, error: Error): ClaimedInstance {
  return {
    kind: 'unavailable',
    message: `The context storage ${contextStorage} can't be used: ${error.message}`,
    mend: 'Make that folder writable for you, or choose another with --data-dir or the setting contextStorage.',
  };
}
