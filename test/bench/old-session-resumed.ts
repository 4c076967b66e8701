import { setTimeout as pause } from 'node:timers/promises';
import type { AppendPlan } from './append-plan.js';
import { latenciesOf } from './latencies.js';
import { appendByPlan } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { makeSessionStore, type StoredSession } from './session-store.js';
import { startEngineHost, startHost, type Host } from './start-host.js';
import { percentile, rounded } from './statistics.js';

/** How soon a session that was untouched for months is read after its first new line. */
export const oldSessionResumed: Scenario = {
  name: 'old-session-resumed',
  measures: 'a session untouched for months is resumed → in the AppState, by event',
  bar: '≤ 100 ms',
  async measure(bench) {
    const store = makeSessionStore(bench.folder);
    const half = Math.floor(store.old.length / 2);
    // Sweeps an hour apart: what is seen is seen by event.
    const app = await resume(
      bench,
      store.old.slice(0, half),
      await startEngineHost(bench, store.claude, ['--poll-interval', '3600']),
    );
    const floor = await resume(bench, store.old.slice(half), await startHost(bench, 'floor-watch', [store.projects]));
    return {
      kind: 'measured',
      figures: [
        { name: 'p50', value: rounded(percentile(app.milliseconds, 50)), unit: 'ms', bar: null },
        { name: 'longest', value: rounded(Math.max(...app.milliseconds)), unit: 'ms', bar: 100 },
        { name: 'never seen', value: app.lost, unit: '', bar: 0 },
      ],
      beside: [
        { name: 'bare fs.watch and read, longest', value: rounded(Math.max(...floor.milliseconds)), unit: 'ms' },
      ],
      notes: [
        `${half} sessions of 400 KB among 10 000, each resumed once with the sweep an hour away; the app reads the session's past as well, the floor the new line alone.`,
      ],
      samples: { milliseconds: app.milliseconds.map((value) => rounded(value)) },
    };
  },
};

async function resume(bench: Bench, sessions: readonly StoredSession[], host: Host) {
  const plan: AppendPlan = {
    files: sessions.map(({ id, file }) => ({ id, path: file })),
    firstTokens: 12_345,
    count: sessions.length,
    gapMs: [200, 300],
    linesPerAnswer: 1,
    seed: 7,
  };
  try {
    await pause(1_500);
    const { appends } = await appendByPlan(bench, plan);
    await pause(500);
    return latenciesOf(plan, appends, (await host.report()).sightings);
  } finally {
    await host.stop();
  }
}
