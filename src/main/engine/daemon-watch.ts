import { isPythonDaemon } from '../control/process-facts.js';
import { stopPythonDaemon } from '../control/stop-python-daemon.js';
import { readFile } from 'node:fs/promises';
import process from 'node:process';

/** Follows whether a Python daemon exports into the same storage; then the engine watches and shows only. */
export interface DaemonWatch {
  /** Of the live daemon, or null. */
  readonly pid: () => number | null;
  /** Looks whether the daemon has ended by itself, or one has started meanwhile. */
  readonly check: () => Promise<void>;
  /** Ends it at the user's wish. A message says why it could not be ended. */
  readonly end: () => Promise<{ readonly kind: 'ended' } | { readonly kind: 'failed'; readonly message: string }>;
}

/** `first` is the daemon found at the start. */
export function watchDaemon(options: {
  first: number | null;
  pidFile: string;
  onStarted: (pid: number) => void;
  /** Prepares to take over; `pid` says null when it has resolved. */
  onEnded: () => Promise<void>;
}): DaemonWatch {
  let pid = options.first;

  async function takeOver(): Promise<void> {
    await options.onEnded();
    pid = null;
  }

  return {
    pid: () => pid,
    async check() {
      if (pid !== null) return (await isPythonDaemon(pid)) ? undefined : takeOver();
      const found = await findPythonDaemon(options.pidFile);
      if (found === null) return undefined;
      pid = found;
      return options.onStarted(found);
    },
    async end() {
      if (pid === null) return { kind: 'ended' };
      const ended = await stopPythonDaemon(pid);
      if (ended.kind === 'failed') return ended;
      await takeOver();
      return { kind: 'ended' };
    },
  };
}

/** The live Python daemon that the pid file names, or null. */
export async function findPythonDaemon(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = /^\s*[0-9]{1,10}\s*$/.test(text) ? Number(text) : 0;
  const isOther = pid !== 0 && pid !== process.pid;
  return isOther && (await isPythonDaemon(pid)) ? pid : null;
}
