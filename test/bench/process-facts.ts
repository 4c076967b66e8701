import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Bytes that have gone through a process so far. */
export interface ProcessBytes {
  /** By all read calls: files, cached or not, folders' kernel files, pipes. */
  readonly read: number;
  /** By all write calls. */
  readonly written: number;
  /** To files on a disk, at once or later. */
  readonly storedBytes: number;
}

/** What `/proc/PID/io` tells of the process. */
export function processBytes(pid: number): ProcessBytes {
  const text = readFileSync(`/proc/${pid}/io`, 'utf8');
  return { read: fieldOf(text, 'rchar'), written: fieldOf(text, 'wchar'), storedBytes: fieldOf(text, 'write_bytes') };
}

/** The processor time, in seconds, that the threads which the process has now have used so far. */
export function processorSeconds(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(folder).map((thread) =>
    Number(readInfo(`${folder}/${thread}/schedstat`).split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
}

/** The files whose contents the process has mapped, by path. */
export function mappedFiles(pid: number): ReadonlySet<string> {
  const paths = readFileSync(`/proc/${pid}/maps`, 'utf8').matchAll(/ (\/.*)$/gm);
  return new Set([...paths].map(([, file]) => file ?? ''));
}

/** The memory of a process in megabytes (2²⁰ bytes), pages that it shares with others in proportion (PSS). */
export function memoryMegabytes(pid: number): number {
  return fieldOf(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss') / 1_024;
}

/** How many inotify watches the process holds. */
export function watchCount(pid: number): number {
  const folder = `/proc/${pid}/fdinfo`;
  const texts = readdirSync(folder).map((name) => readInfo(`${folder}/${name}`));
  return texts
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('inotify wd:')).length;
}

/** The process and those that it has started, and they have started, and so on: how many of them have this in their command line. */
export function countProcesses(pid: number, argument: string): number {
  // Chromium's helpers write their command line anew, with blanks between the arguments.
  const isMeant = (at: number): boolean => readInfo(`/proc/${at}/cmdline`).split(/[\0 ]/).includes(argument);
  return [pid, ...descendants(pid)].filter(isMeant).length;
}

/** Asks all processes to end that this one has started, and they have started, and so on. */
export function endDescendants(pid: number): void {
  for (const child of descendants(pid)) {
    try {
      process.kill(child, 'SIGTERM');
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = /^PPid:\s+(\d+)/m.exec(readInfo(`/proc/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (at: number | undefined): boolean => at !== undefined && (at === pid || isBelow(parents.get(at)));
  return [...parents].filter(([, parent]) => isBelow(parent)).map(([child]) => child);
}

/** Empty for what has ended or was closed meanwhile. */
function readInfo(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}

function fieldOf(text: string, name: string): number {
  const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`The system tells no ${name}.`);
  return Number(value);
}
