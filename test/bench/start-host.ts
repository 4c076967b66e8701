import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import type { HostMessage, HostRequest } from './host-report.js';
import type { Bench, BenchProgram } from './scenario.js';

type Report = Extract<HostMessage, { kind: 'report' }>;

/** A process of the bench that follows session files. */
export interface Host {
  readonly pid: number;
  /** Milliseconds from the start of its work to where it is ready, and to its first reading; null where it had none yet. */
  readonly readyMs: number;
  readonly firstReadingMs: () => Promise<number>;
  /** Milliseconds from the start of the process to its first reading. */
  readonly firstReadingOfProcessMs: () => Promise<number>;
  /** Measures the event loop from now on. */
  readonly watchLoop: () => void;
  /** What it saw since the last report. */
  readonly report: () => Promise<Report>;
  readonly stop: () => Promise<void>;
}

const patienceMs = 120_000;
/** A band that no session of the bench reaches: exports are not what is measured. */
const withoutExports = ['--threshold', '99', '--max-threshold', '100'];

/** Starts the headless command on a Claude Code folder, its data below the scenario's folder, and waits until the engine has started. */
export function startEngineHost(bench: Bench, claude: string, args: readonly string[] = []): Promise<Host> {
  const worker = path.join(bench.projectFolder, 'out', 'main', 'entry-index-worker.js');
  const data = path.join(bench.folder, 'data');
  return startHost(bench, 'engine-host', [
    worker,
    '--headless',
    '--claude-dir',
    claude,
    '--data-dir',
    data,
    ...withoutExports,
    ...args,
  ]);
}

/** Starts one of the bench's processes that follow session files, and waits until it is ready. */
export async function startHost(bench: Bench, program: BenchProgram, args: readonly string[]): Promise<Host> {
  const spawnedAt = process.hrtime.bigint();
  const child = fork(bench.program(program), [...args], {
    // A home without a Claude Code folder of its own.
    env: { PATH: process.env['PATH'] ?? '', HOME: bench.folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (piece) => (said += String(piece)));
  const ended = once(child, 'exit');
  const failed = ended.then(([code]) => {
    throw new Error(`${program} ended with ${String(code)}.\n${said}`);
  });
  failed.catch(() => undefined);
  const reading = awaitMessage(child, 'first-reading');
  const readyOrEnd = Promise.race([awaitMessage(child, 'ready'), failed]);
  const ready = await readyOrEnd;
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} has no process.`);
  const ask = (request: HostRequest): void => void child.send(request);
  const sinceMs = async (start: bigint): Promise<number> => {
    const { at } = await withPatience(Promise.race([reading, failed]), 'a first reading');
    return Number(BigInt(at) - start) / 1e6;
  };
  return {
    pid,
    readyMs: Number(BigInt(ready.readyAt) - BigInt(ready.startedAt)) / 1e6,
    firstReadingMs: () => sinceMs(BigInt(ready.startedAt)),
    firstReadingOfProcessMs: () => sinceMs(spawnedAt),
    watchLoop: () => ask('watch-loop'),
    report() {
      const answer = awaitMessage(child, 'report');
      ask('report');
      return withPatience(Promise.race([answer, failed]), 'a report');
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function awaitMessage<Kind extends HostMessage['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<HostMessage, { kind: Kind }>> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      const heard = message as HostMessage;
      if (heard.kind !== kind) return;
      child.off('message', hear);
      resolve(heard as Extract<HostMessage, { kind: Kind }>);
    };
    child.on('message', hear);
  });
}

async function withPatience<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${patienceMs / 1_000} s in vain for ${what}.`)), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
