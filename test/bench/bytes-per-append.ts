import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDaemonLoop } from './daemon-loop.js';
import { generateSession } from './generated-session.js';
import { processBytes } from './process-facts.js';
import { appendByPlan } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { seededRandom } from './seeded-random.js';
import { startEngineHost } from './start-host.js';
import { rounded } from './statistics.js';

const sizes = [
  { name: '1 MB', bytes: 2 ** 20 },
  { name: '100 MB', bytes: 100 * 2 ** 20 },
  { name: '2 GB', bytes: 2 * 2 ** 30 },
] as const;
const allowedBytes = 64 * 1_024;
const realBytes = 2 ** 20;
const restPatienceMs = 120_000;

/** How many bytes an append makes the app read. */
export const bytesPerAppend: Scenario = {
  name: 'bytes-per-append',
  measures: 'bytes read per append, in files of 1 MB, 100 MB and 2 GB',
  bar: '≤ appended + 64 KB',
  async measure(bench) {
    const excesses = new Map<string, readonly number[]>();
    for (const size of sizes) excesses.set(size.name, await measureSize(bench, size));
    const daemon = await daemonBytes(bench, path.join(bench.folder, '100 MB', 'projects'));
    return {
      kind: 'measured',
      figures: [...excesses].map(([name, excess]) => ({
        name: `most above the appended, ${name}`,
        value: Math.max(...excess),
        unit: 'bytes' as const,
        bar: allowedBytes,
      })),
      beside: daemon === null ? [] : [{ name: "the daemon's way, per look, 100 MB", value: daemon, unit: 'bytes' }],
      notes: [
        'What the kernel counts for the whole process (rchar) between two looks, less the bytes appended: more than the transcript alone. The files of 100 MB and 2 GB have a hole in the middle; the kernel counts reading it all the same.',
      ],
      samples: Object.fromEntries(excesses),
    };
  },
};

/** For each append how many bytes more than the appended ones were read. */
async function measureSize(bench: Bench, { name, bytes }: (typeof sizes)[number]): Promise<readonly number[]> {
  const claude = path.join(bench.folder, name);
  const id = seededRandom(bytes).uuid();
  const file = path.join(claude, 'projects', '-w-large', `${id}.jsonl`);
  writeLarge(file, id, bytes);
  const host = await startEngineHost(bench, claude);
  try {
    await host.firstReadingMs();
    await untilAtRest(host.pid);
    const excess: number[] = [];
    for (let at = 0; at < (bench.quick ? 5 : 20); at += 1) {
      const before = processBytes(host.pid).read;
      const plan = {
        files: [{ id, path: file }],
        firstTokens: 20_000 + at,
        count: 1,
        gapMs: [0, 0],
        linesPerAnswer: 1,
        seed: at,
      } as const;
      const { appends } = await appendByPlan(bench, plan);
      await pause(300); // Seen, and looked at once more.
      const appended = appends.reduce((sum, [, , , length]) => sum + length, 0);
      excess.push(processBytes(host.pid).read - before - appended);
    }
    const last = (await host.report()).sightings.at(-1)?.[1];
    if (last !== 20_000 + excess.length - 1) throw new Error(`The last append was not read: ${rounded(last ?? 0)}.`);
    return excess;
  } finally {
    await host.stop();
  }
}

/** Real lines at both ends; what is longer than they are is a hole, ended by a line end. */
function writeLarge(file: string, sessionId: string, bytes: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a');
  const write = (seed: number): void => {
    const { lines } = generateSession({
      seed,
      bytes: realBytes / 2,
      sessionId,
      cwd: '/w/large',
      startsAtMs: Date.now(),
    });
    for (const line of lines) writeSync(descriptor, line);
  };
  try {
    write(1);
    if (bytes > realBytes) {
      ftruncateSync(descriptor, Math.max(bytes - realBytes / 2, fstatSync(descriptor).size));
      writeSync(descriptor, '\n');
    }
    write(2);
  } finally {
    closeSync(descriptor);
  }
}

/** Waits until the process has read nothing for a second. */
async function untilAtRest(pid: number): Promise<void> {
  const end = performance.now() + restPatienceMs;
  for (let before = -1, read = processBytes(pid).read; read - before > 1_000; read = processBytes(pid).read) {
    if (performance.now() > end) throw new Error('The app reads and reads.');
    before = read;
    await pause(1_000);
  }
}

/** What the daemon's loop reads per look at a session that was just written to; null where there is no Python. */
async function daemonBytes(bench: Bench, projects: string): Promise<number | null> {
  const loop = await startDaemonLoop(bench, projects, 0.2);
  if (loop === null) return null;
  try {
    const [before, looks] = [processBytes(loop.pid).read, loop.looksMs().length];
    await pause(3_000);
    return Math.round((processBytes(loop.pid).read - before) / (loop.looksMs().length - looks));
  } finally {
    await loop.stop();
  }
}
