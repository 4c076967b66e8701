import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { isProcessKnown, readLinuxProcessStatus } from '../support/process-status.js';
import { isDaemonCommand } from './is-daemon-command.js';

/** Whether a process with this id runs. One that has ended and only waits for its parent to notice does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!isProcessKnown(pid)) return false;
  if (process.platform !== 'linux') return true;
  const status = await readLinuxProcessStatus(pid);
  // Nothing to read: it ended just now, or it is another user's on a system that hides those.
  return status === null ? isProcessKnown(pid) : status.state !== 'Z';
}

/** The command line of a process, argument by argument; null where it has ended or can't be asked. */
export async function commandOf(pid: number): Promise<readonly string[] | null> {
  if (process.platform === 'linux') {
    const text = await readOrNull(`/proc/${pid}/cmdline`);
    return text ? text.replace(/\0$/, '').split('\0') : null;
  }
  if (process.platform === 'win32') return wordsOf(await askPowerShell(pid, 'CommandLine'));
  return wordsOf(await output('ps', ['-ww', '-o', 'command=', '-p', String(pid)]));
}

/** Where the system tells the arguments as one text: what stands in double quotes is one word. */
function wordsOf(text: string | null): readonly string[] | null {
  return text === null
    ? null
    : Array.from(text.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');
}

/**
 * When a process began, as text that only serves to be compared: together with the id it names one process for good,
 * also after the id was given to another. Null where it has ended or can't be asked.
 */
export async function startMarkOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const boot = await readOrNull('/proc/sys/kernel/random/boot_id');
    const startTicks = (await readLinuxProcessStatus(pid))?.startTicks;
    return startTicks === undefined ? null : `${boot?.trim() ?? ''}/${startTicks}`;
  }
  if (process.platform === 'win32') return askPowerShell(pid, 'CreationDate');
  return output('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

/** Whether this process is the Python daemon that the app replaces. */
export async function isPythonDaemon(pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const command = await commandOf(pid);
  return command !== null && isDaemonCommand(command);
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // The process has ended meanwhile, or hides from us: both mean that nothing is known of it.
    return null;
  }
}

function askPowerShell(pid: number, field: 'CommandLine' | 'CreationDate'): Promise<string | null> {
  const value = field === 'CommandLine' ? '.CommandLine' : '.CreationDate.ToFileTimeUtc()';
  const script = `$p = Get-CimInstance Win32_Process -Filter "ProcessId=${pid}"; if ($p) { $p${value} }`;
  return output('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]);
}

async function output(file: string, args: readonly string[]): Promise<string | null> {
  // Loaded when it is needed: on Linux nobody is asked.
  const { execa } = await import('execa');
  const result = await execa(file, [...args], {
    reject: false,
    timeout: 10_000,
    env: { LC_ALL: 'C' },
    windowsHide: true,
  });
  const text = result.exitCode === 0 ? result.stdout.trim() : '';
  return text === '' ? null : text;
}
