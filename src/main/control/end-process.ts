import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './process-facts.js';

/** `not-that`: the number no longer belongs to the process that was meant. `survived`: it runs even after a kill. */
export type EndedProcess = 'ended' | 'not-that' | 'survived';

/** How long an instance has to answer, and a signal to work. */
export const usualGraceMilliseconds = 5_000;
const lookMilliseconds = 100;

/**
 * Ends a process: SIGTERM, and after five seconds SIGKILL. `isStillThat` is asked before each signal, so that a number
 * given to another program meanwhile is left alone. `onSignal` hears of each signal once it is sent.
 */
export async function endProcess(options: {
  readonly pid: number;
  readonly isStillThat: () => Promise<boolean>;
  readonly onSignal: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  readonly graceMilliseconds?: number;
}): Promise<EndedProcess> {
  const { pid, isStillThat, onSignal, graceMilliseconds = usualGraceMilliseconds } = options;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isAlive(pid))) return 'ended';
    if (!(await isStillThat())) return (await isAlive(pid)) ? 'not-that' : 'ended';
    send(pid, signal);
    await onSignal(signal);
    if (await hasEndedWithin(pid, graceMilliseconds)) return 'ended';
  }
  return 'survived';
}

/** Waits until a process has ended, at most so long; tells whether it has. */
export async function hasEndedWithin(pid: number, milliseconds: number): Promise<boolean> {
  const until = performance.now() + milliseconds;
  while (await isAlive(pid)) {
    if (performance.now() >= until) return false;
    await sleep(lookMilliseconds);
  }
  return true;
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended just now: that is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
