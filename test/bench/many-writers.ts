import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendPlan } from './append-plan.js';
import { latenciesOf } from './latencies.js';
import { processorSeconds } from './process-facts.js';
import { appendByPlan } from './run-program.js';
import type { Scenario } from './scenario.js';
import { seededRandom } from './seeded-random.js';
import { startEngineHost } from './start-host.js';
import { percentile, rounded } from './statistics.js';

const sessionCount = 200;
const writers = 4;
const linesPerSecond = 10;

/** Whether 200 busy sessions are followed without a loss, and how well the event loop breathes meanwhile. */
export const manyWriters: Scenario = {
  name: 'many-writers',
  measures: '200 sessions writing 10 lines a second each',
  bar: 'no update lost, event-loop delay p99 ≤ 20 ms',
  async measure(bench) {
    const seconds = bench.quick ? 8 : 20;
    const sessions = makeSessions(path.join(bench.folder, 'projects'));
    const host = await startEngineHost(bench, bench.folder);
    try {
      await pause(1_500);
      host.watchLoop();
      const before = processorSeconds(host.pid);
      const startedAt = performance.now();
      const plans = Array.from({ length: writers }, (_, writer): AppendPlan => {
        const files = sessions.filter((_session, at) => at % writers === writer);
        const gapMs = 1_000 / linesPerSecond / files.length;
        return {
          files,
          firstTokens: 10_000,
          count: files.length * linesPerSecond * seconds,
          gapMs: [gapMs, gapMs],
          linesPerAnswer: 2,
          seed: writer,
        };
      });
      const written = await Promise.all(plans.map((plan) => appendByPlan(bench, plan)));
      const share = ((processorSeconds(host.pid) - before) / ((performance.now() - startedAt) / 1_000)) * 100;
      await pause(1_000);
      const { sightings, states, loop } = await host.report();
      if (loop === null) throw new Error('The event loop was not measured.');
      const latencies = written.flatMap(({ appends }, at) => {
        const plan = plans[at];
        return plan === undefined ? [] : latenciesOf(plan, appends, sightings).milliseconds;
      });
      const last = new Map(sightings.map(([id, tokens]) => [id, tokens]));
      const lost = written.flatMap(({ appends }, at) => {
        const told = new Map(appends.map(([file, tokens]) => [plans[at]?.files[file]?.id ?? '', tokens]));
        return [...told].filter(([id, tokens]) => last.get(id) !== tokens);
      });
      const lines = written.reduce((sum, { appends }) => sum + appends.length * 2, 0);
      return {
        kind: 'measured',
        figures: [
          { name: 'sessions whose last update was lost', value: lost.length, unit: '', bar: 0 },
          { name: 'event-loop delay p99', value: rounded(loop.p99Ms), unit: 'ms', bar: 20 },
          { name: 'longest event-loop delay', value: rounded(loop.maxMs), unit: 'ms', bar: null },
          { name: 'line → AppState p99', value: rounded(percentile(latencies, 99)), unit: 'ms', bar: null },
          { name: 'processor share', value: rounded(share, 1), unit: '%', bar: null },
          { name: 'states published', value: states, unit: '', bar: null },
        ],
        beside: [{ name: 'sampling interval, part of each delay', value: 10, unit: 'ms' }],
        notes: [
          `${lines} lines in ${rounded(Math.max(...written.map((writer) => writer.seconds)), 1)} s by ${writers} writing processes on the same machine, every second one an answer; ${Math.round(sessions.reduce((sum, { path: file }) => sum + statSync(file).size, 0) / 2 ** 20)} MB in the end.`,
          'A state is published for what changed in one turn, so several updates may arrive in one; lost would be a session that in the end shows another figure than its last line.',
        ],
        samples: {},
      };
    } finally {
      await host.stop();
    }
  },
};

function makeSessions(projects: string): readonly { readonly id: string; readonly path: string }[] {
  const random = seededRandom(200);
  return Array.from({ length: sessionCount }, (_, at) => {
    const id = random.uuid();
    const folder = path.join(projects, `-w-project-${at % 40}`);
    const file = path.join(folder, `${id}.jsonl`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, '');
    return { id, path: file };
  });
}
