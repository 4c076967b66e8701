import { uptime } from 'node:os';
import { isProcessKnown, readLinuxProcessStatus } from '../support/process-status.js';

/** What a running client has written down of its own process. */
export interface RecordedProcess {
  readonly pid: number;
  /** As the client writes it: on Linux the start in ticks since the system started, elsewhere something that can't be compared cheaply. */
  readonly procStart: string | null;
  /** When the client began, in milliseconds since 1970; null in records without it. */
  readonly startedAtMs: number | null;
}

/** Linux gives times of processes in hundredths of a second on every system that the client runs on. */
const ticksPerSecond = 100;

/** How far apart the two clocks may say that the same process began: the record is written a moment later, and clocks get set. */
const toleranceMs = 60_000;

/**
 * Whether the process that a record is about still runs, and is not another that has got its number. On Linux the start
 * is compared, by one read below `/proc`; elsewhere a record is disproved only by a number that nobody has, or by a
 * system that was started after the client. Spawns nothing.
 */
export async function isRecordedProcess({ pid, procStart, startedAtMs }: RecordedProcess): Promise<boolean> {
  const systemStartedMs = Date.now() - uptime() * 1_000;
  const status = process.platform === 'linux' ? await readLinuxProcessStatus(pid) : null;
  if (status === null) {
    return isProcessKnown(pid) && (startedAtMs === null || startedAtMs > systemStartedMs - toleranceMs);
  }
  if (status.state === 'Z') return false;
  if (procStart !== null && /^\d+$/.test(procStart)) return procStart === status.startTicks;
  // A process that began after the client had written its record is another one.
  const processStartedMs = systemStartedMs + (Number(status.startTicks) / ticksPerSecond) * 1_000;
  return startedAtMs === null || processStartedMs < startedAtMs + toleranceMs;
}
