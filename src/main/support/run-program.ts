import process from 'node:process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneLine } from './one-line.js';
import { killGroup, processTree } from './process-tree.js';

/** A program to be run: never through a shell, each argument as it is. */
export interface ProgramRequest {
  /** A name to be looked for in PATH, or an absolute path. */
  readonly program: string;
  readonly arguments: readonly string[];
  readonly timeoutMilliseconds: number;
  /** Variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
  /** Ends it before its time. */
  readonly signal?: AbortSignal;
  /** Gets each line that it prints, without its end; what is longer than 64 KB is cut. */
  readonly onLine?: (line: string) => void;
  /** What it has started lives on: for a program that opens a window. Otherwise the whole tree ends with it. */
  readonly leavesChildren?: boolean;
  /** Between asking it to end and killing it; 2 s unless a test says otherwise. */
  readonly graceMilliseconds?: number;
}

/** What came of it. `stdout` and `stderr` hold the first 4 000 characters of each. */
export type ProgramOutcome =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'crashed'; readonly signal: string; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'timed-out'; readonly milliseconds: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'stopped'; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-found'; readonly program: string }
  | { readonly kind: 'failed'; readonly message: string };

const keptCharacters = 4_000;
const longestLine = 64 * 1024;
const usualGraceMilliseconds = 2_000;
/** After the end of the program, for what it printed last; a child that has left the tree may hold the pipe open for ever. */
const drainMilliseconds = 500;

/**
 * Runs a program to its end, at most so long. At the time-out, at an abort, and when the program ends before its children do,
 * the whole process tree is ended: asked first, killed after the grace. What it prints is read on and dropped, so that
 * no flood fills the memory. Never throws.
 */
export async function runProgram(request: ProgramRequest): Promise<ProgramOutcome> {
  if (request.signal?.aborted) return { kind: 'stopped', stdout: '', stderr: '' };
  const { execa } = await import('execa');
  const child = execa(request.program, [...request.arguments], {
    reject: false,
    buffer: false,
    stdin: 'ignore',
    windowsHide: true,
    detached: process.platform !== 'win32',
    forceKillAfterDelay: false,
    ...(request.folder !== undefined && { cwd: request.folder }),
    ...(request.environment !== undefined && { env: definedOf(request.environment) }),
  });
  const { pid } = child;
  if (pid === undefined) {
    const { code, message } = await child;
    if (code === 'ENOENT') return { kind: 'not-found', program: request.program };
    return { kind: 'failed', message: oneLine(message ?? 'It could not be started.', 300) };
  }
  const output = { stdout: collectText(child.stdout, request.onLine), stderr: collectText(child.stderr) };
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const killAtExit = (): void => killGroup(pid);
  process.once('exit', killAtExit);
  const early = await Promise.race([exited.then(() => null), timeOrAbort(request, exited)]);
  if (early !== null) await endTree(pid, exited, request);
  else if (!request.leavesChildren) killGroup(pid);
  process.off('exit', killAtExit);
  await Promise.race([child, sleep(drainMilliseconds)]);
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  const said = { stdout: output.stdout(), stderr: output.stderr() };
  if (early === 'time') return { kind: 'timed-out', milliseconds: request.timeoutMilliseconds, ...said };
  if (early === 'abort') return { kind: 'stopped', ...said };
  const { code, signal } = await exited;
  return code === null
    ? { kind: 'crashed', signal: signal ?? 'a signal', ...said }
    : { kind: 'ended', exitCode: code, ...said };
}

/** Why a program did not do its work, as the end of a sentence that begins with its name; null where it ended well. */
export function programFault(outcome: ProgramOutcome): string | null {
  switch (outcome.kind) {
    case 'ended':
      return outcome.exitCode === 0 ? null : `ended with exit code ${outcome.exitCode}${words(outcome.stderr)}`;
    case 'crashed':
      return `was ended by ${outcome.signal}${words(outcome.stderr)}`;
    case 'timed-out':
      return `took longer than ${outcome.milliseconds / 1_000} s and was ended${words(outcome.stderr)}`;
    case 'stopped':
      return 'was ended together with the app';
    case 'not-found':
      return `could not be run: there is no ${oneLine(outcome.program, 200)}`;
    case 'failed':
      return `could not be run: ${outcome.message}`;
  }
}

/** What a program said of its fault: the first 200 characters. */
function words(stderr: string): string {
  const text = stderr.trim();
  return text === '' ? '' : `: ${oneLine(text, 200)}`;
}

async function timeOrAbort(request: ProgramRequest, exited: Promise<unknown>): Promise<'time' | 'abort'> {
  const over = new AbortController();
  void exited.then(() => over.abort());
  const signal = request.signal ? AbortSignal.any([over.signal, request.signal]) : over.signal;
  // Both ends of the wait are fine: the time is up, or somebody ends it.
  await sleep(request.timeoutMilliseconds, undefined, { signal }).catch(() => undefined);
  return request.signal?.aborted ? 'abort' : 'time';
}

async function endTree(pid: number, exited: Promise<unknown>, request: ProgramRequest): Promise<void> {
  const { graceMilliseconds = usualGraceMilliseconds } = request;
  if (request.leavesChildren) return void process.kill(pid, 'SIGTERM');
  const tree = processTree(pid);
  await tree.signal('SIGTERM');
  await Promise.race([exited, sleep(graceMilliseconds)]);
  await tree.signal('SIGKILL');
  // One that the system can't end just now, for a drive that hangs, is not waited for.
  await Promise.race([exited, sleep(graceMilliseconds)]);
}

function collectText(stream: Readable, onLine?: (line: string) => void): () => string {
  let kept = '';
  let line = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    if (kept.length < keptCharacters) kept = `${kept}${text}`.slice(0, keptCharacters);
    if (!onLine) return;
    const pieces = text.split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (line.length < longestLine) line = `${line}${piece}`.slice(0, longestLine);
      if (index === pieces.length - 1) break;
      onLine(line.replace(/\r$/, ''));
      line = '';
    }
  });
  // A pipe that breaks has nothing more to say.
  stream.on('error', () => undefined);
  stream.on('end', () => {
    if (line !== '') onLine?.(line);
    line = '';
  });
  return () => kept;
}

function definedOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
