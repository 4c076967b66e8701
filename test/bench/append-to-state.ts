import { setTimeout as pause } from 'node:timers/promises';
import type { AppendPlan } from './append-plan.js';
import { startDaemonLoop } from './daemon-loop.js';
import { latenciesOf } from './latencies.js';
import { appendByPlan } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore, type SessionStore } from './session-store.js';
import { startEngineHost, startHost, type Host } from './start-host.js';
import { percentile, rounded } from './statistics.js';

/** Half of the daemon's pause between two looks, which is what a line waits on average. */
const daemonWaitMs = 5_000;

/** How soon an appended line is in the engine's state. */
export const appendToState: Scenario = {
  name: 'append-to-state',
  measures: 'line appended → new AppState, one live session among 10 000 files in 500 folders',
  bar: 'p50 ≤ 10 ms, p99 ≤ 60 ms',
  async measure(bench) {
    const store = makeSessionStore(bench.folder);
    const app = await measureHost(bench, store, await startEngineHost(bench, store.claude), 10_000);
    const floor = await measureHost(bench, store, await startHost(bench, 'floor-watch', [store.projects]), 20_000);
    const looks = await daemonLooks(bench, store);
    return {
      kind: 'measured',
      figures: [
        { name: 'p50', value: rounded(percentile(app.milliseconds, 50)), unit: 'ms', bar: 10 },
        { name: 'p99', value: rounded(percentile(app.milliseconds, 99)), unit: 'ms', bar: 60 },
        { name: 'longest', value: rounded(Math.max(...app.milliseconds)), unit: 'ms', bar: null },
        { name: 'appends never seen', value: app.lost, unit: '', bar: 0 },
      ],
      beside: [
        { name: 'bare fs.watch and read, p50', value: rounded(percentile(floor.milliseconds, 50)), unit: 'ms' },
        { name: 'bare fs.watch and read, p99', value: rounded(percentile(floor.milliseconds, 99)), unit: 'ms' },
        ...(looks === null
          ? []
          : [{ name: "the daemon's way, mean", value: rounded(daemonWaitMs + looks), unit: 'ms' as const }]),
      ],
      notes: [
        `${app.milliseconds.length} lines were appended by another process, 20 to 100 ms apart; both ends are read from the machine's monotonic clock.`,
        'The daemon looks every 10 s, so a line waits 5 s on average, and then as long as a look takes, which was measured with its loop on the same files.',
      ],
      samples: { milliseconds: app.milliseconds.map((value) => rounded(value)) },
    };
  },
};

async function measureHost(bench: Bench, store: SessionStore, host: Host, firstTokens: number) {
  const { id, file } = store.newest;
  const count = bench.quick ? 100 : 400;
  const plan: AppendPlan = {
    files: [{ id, path: file }],
    firstTokens,
    count,
    gapMs: [20, 100],
    linesPerAnswer: 1,
    seed: firstTokens,
  };
  try {
    await pause(1_500); // What follows the start is done.
    const { appends } = await appendByPlan(bench, plan);
    await pause(500);
    return latenciesOf(plan, appends, (await host.report()).sightings);
  } finally {
    await host.stop();
  }
}

async function daemonLooks(bench: Bench, store: SessionStore): Promise<number | null> {
  const loop = await startDaemonLoop(bench, store.projects, 0.5);
  if (loop === null) return null;
  await pause(5_000);
  await loop.stop();
  return percentile(loop.looksMs(), 50);
}
