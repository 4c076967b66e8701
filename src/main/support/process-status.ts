import { readFile } from 'node:fs/promises';
import process from 'node:process';

/** What Linux says of a process: its state as one letter (`Z`: it has ended and waits for its parent), its parent, and when it began, in ticks since the system started. */
export interface LinuxProcessStatus {
  readonly state: string;
  readonly parentPid: number;
  readonly startTicks: string;
}

/** Whether the system knows a process with this id: one of another user counts, and so does one that has ended and waits for its parent. */
export function isProcessKnown(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Fields 3, 4 and 22 of `/proc/<pid>/stat`; null where the process has ended, hides from us, or the system is not Linux. */
export async function readLinuxProcessStatus(pid: number): Promise<LinuxProcessStatus | null> {
  // Unreadable means that nothing is known of it, whatever the reason.
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The second field is the name in brackets and may hold anything.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parentPid, startTicks] = [fields?.[0], fields?.[1], fields?.[19]];
  return state === undefined || startTicks === undefined ? null : { state, parentPid: Number(parentPid), startTicks };
}
