import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { readLinuxProcessStatus } from './process-status.js';

/** A program and all that descends from it, to be ended together. */
export interface ProcessTree {
  /**
   * Sends a signal to the program's process group, which it leads, and to its descendants outside of that group, those of
   * earlier calls too. On Windows the whole tree is ended, whatever the signal. What has ended is passed over.
   */
  readonly signal: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** The tree below a program; nothing is looked up before the first signal. */
export function processTree(pid: number): ProcessTree {
  /** By id, with when it began: a number that was given to another program meanwhile is left alone. */
  const members = new Map<number, string | null>();
  return {
    async signal(signal) {
      if (process.platform === 'win32') return endWindowsTree(pid);
      // Looked up first: whoever loses its parent is not to be found any more.
      for (const descendant of await descendantsOf(pid)) {
        if (!members.has(descendant)) members.set(descendant, await beginningOf(descendant));
      }
      signalGroup(pid, signal);
      for (const [member, beganAt] of members) {
        if ((await beginningOf(member)) === beganAt) send(member, signal);
      }
    },
  };
}

/** Ends what is left of a program's process group at once. Does nothing on Windows, which has none. */
export function killGroup(pid: number): void {
  if (process.platform !== 'win32') signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  send(-pid, signal);
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it has ended. EPERM: on macOS the same of a group that only waits for its parent; else it is another user's.
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

async function descendantsOf(pid: number): Promise<readonly number[]> {
  const parents = process.platform === 'linux' ? await linuxParents() : await psParents();
  const found: number[] = [];
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [child, parent] of parents) {
      if (parent !== next || child === pid || found.includes(child)) continue;
      found.push(child);
      waiting.push(child);
    }
  }
  return found;
}

/** When a process began, where the system tells: Linux only. */
async function beginningOf(pid: number): Promise<string | null> {
  return (await readLinuxProcessStatus(pid))?.startTicks ?? null;
}

async function linuxParents(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => (await readLinuxProcessStatus(pid))?.parentPid ?? null));
  return new Map(pids.flatMap((pid, index) => (parents[index] ? [[pid, parents[index]] as const] : [])));
}

async function psParents(): Promise<ReadonlyMap<number, number>> {
  const { execa } = await import('execa');
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid='], { reject: false, timeout: 5_000 });
  const rows = (stdout ?? '').split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return new Map(rows.flatMap(([pid, parent]) => (pid && parent ? [[pid, parent] as const] : [])));
}

async function endWindowsTree(pid: number): Promise<void> {
  const { execa } = await import('execa');
  await execa('taskkill', ['/pid', String(pid), '/T', '/F'], { reject: false, timeout: 5_000, windowsHide: true });
}
