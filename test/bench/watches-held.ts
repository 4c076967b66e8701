import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { memoryMegabytes, watchCount } from './process-facts.js';
import { runBenchProgram } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore } from './session-store.js';
import { startEngineHost } from './start-host.js';
import { median, rounded } from './statistics.js';

interface Chokidar {
  readonly watches: number;
  readonly addedMegabytes: number;
  readonly readyMs: number;
}

/** What following 10 000 files costs in watches and memory. */
export const watchesHeld: Scenario = {
  name: 'watches-held',
  measures: 'watches held, and memory added by them, 10 000 files in 500 folders',
  bar: '≤ 1 500 watches, ≤ 30 MB',
  async measure(bench) {
    const store = makeSessionStore(path.join(bench.folder, 'full'), { newestAgeMs: 3_600_000 });
    const empty = path.join(bench.folder, 'empty');
    mkdirSync(path.join(empty, 'projects'), { recursive: true });
    const [full, bare, rival]: [Cost[], Cost[], Chokidar[]] = [[], [], []];
    for (let run = 0; run < (bench.quick ? 1 : 3); run += 1) {
      bare.push(await costOf(bench, empty));
      full.push(await costOf(bench, store.claude));
      rival.push(await runBenchProgram<Chokidar>(bench, 'chokidar-watch', store.projects));
    }
    const added = full.map(({ megabytes }, run) => megabytes - (bare[run]?.megabytes ?? 0));
    return {
      kind: 'measured',
      figures: [
        { name: 'watches', value: Math.max(...full.map(({ watches }) => watches)), unit: '', bar: 1_500 },
        { name: 'memory added', value: rounded(median(added), 1), unit: 'MB', bar: 30 },
      ],
      beside: [
        { name: 'chokidar on everything, watches', value: Math.max(...rival.map(({ watches }) => watches)), unit: '' },
        {
          name: 'chokidar on everything, memory added',
          value: rounded(median(rival.map(({ addedMegabytes }) => addedMegabytes)), 1),
          unit: 'MB',
        },
      ],
      notes: [
        'inotify watches as the kernel lists them for the process. The memory is the difference between the app on these files and on none, five seconds after the start: all that knowing them costs, not the watches alone.',
      ],
      samples: { addedMegabytes: added.map((value) => rounded(value, 1)) },
    };
  },
};

interface Cost {
  readonly watches: number;
  readonly megabytes: number;
}

async function costOf(bench: Bench, claude: string): Promise<Cost> {
  const host = await startEngineHost(bench, claude);
  try {
    await pause(5_000);
    return { watches: watchCount(host.pid), megabytes: memoryMegabytes(host.pid) };
  } finally {
    await host.stop();
  }
}
