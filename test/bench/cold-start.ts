import { rmSync } from 'node:fs';
import path from 'node:path';
import { runBenchProgram } from './run-program.js';
import type { Scenario } from './scenario.js';
import { makeSessionStore } from './session-store.js';
import { startEngineHost } from './start-host.js';
import { median, rounded } from './statistics.js';

/** How soon the first reading is there among 10 000 files. */
export const coldStart: Scenario = {
  name: 'cold-start',
  measures: 'cold start over 10 000 files (4 GB) to the first reading',
  bar: '≤ 2 × a bare readdir + stat walk + 50 ms',
  async measure(bench) {
    const store = makeSessionStore(bench.folder);
    const [engine, whole, walks]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < (bench.quick ? 3 : 9); run += 1) {
      rmSync(path.join(bench.folder, 'data'), { recursive: true, force: true });
      const { milliseconds } = await runBenchProgram<{ milliseconds: number }>(bench, 'bare-walk', store.projects);
      walks.push(milliseconds);
      const host = await startEngineHost(bench, store.claude);
      try {
        engine.push(await host.firstReadingMs());
        whole.push(await host.firstReadingOfProcessMs());
      } finally {
        await host.stop();
      }
    }
    const walk = median(walks);
    return {
      kind: 'measured',
      figures: [
        { name: 'median', value: rounded(median(engine)), unit: 'ms', bar: rounded(2 * walk + 50) },
        { name: 'median with the start of Node', value: rounded(median(whole)), unit: 'ms', bar: null },
      ],
      beside: [{ name: 'bare walk, median', value: rounded(walk), unit: 'ms' }],
      notes: [
        `${walks.length} starts each, one after the other in turn, from the start of the engine or of the walk, in a new process each; the system's cache holds the folders.`,
        'The walk is the fastest that Node has: synchronous, nothing kept.',
      ],
      samples: { engine: engine.map((value) => rounded(value)), walk: walks.map((value) => rounded(value)) },
    };
  },
};
