import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendPlan } from './append-plan.js';
import { latenciesOf } from './latencies.js';
import { processorSeconds } from './process-facts.js';
import { appendByPlan } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { seededRandom } from './seeded-random.js';
import { startEngineHost, startHost, type Host } from './start-host.js';
import { percentile, rounded } from './statistics.js';

const sessionCount = 200;
const writers = 4;
const linesPerSecond = 10;
const linesPerAnswer = 2;

/** Whether 200 busy sessions are followed without a loss, and how well the event loop breathes meanwhile. */
export const manyWriters: Scenario = {
  name: 'many-writers',
  measures: '200 sessions writing 10 lines a second each',
  bar: 'no update lost, event-loop delay p99 ≤ 20 ms',
  async measure(bench) {
    const seconds = bench.quick ? 8 : 20;
    const sessions = makeSessions(path.join(bench.folder, 'projects'));
    const app = await measureHost(bench, sessions, await startEngineHost(bench, bench.folder), {
      firstTokens: 10_000,
      seconds,
    });
    const floorHost = await startHost(bench, 'floor-watch', [path.join(bench.folder, 'projects')]);
    const floor = await measureHost(bench, sessions, floorHost, { firstTokens: 20_000, seconds });
    return {
      kind: 'measured',
      figures: [
        { name: 'sessions whose last update was lost', value: app.lost, unit: '', bar: 0 },
        { name: 'event-loop delay p99', value: rounded(app.loop.p99Ms), unit: 'ms', bar: 20 },
        { name: 'longest event-loop delay', value: rounded(app.loop.maxMs), unit: 'ms', bar: null },
        { name: 'line → AppState p99', value: rounded(percentile(app.milliseconds, 99)), unit: 'ms', bar: null },
        { name: 'processor share', value: rounded(app.share, 1), unit: '%', bar: null },
        { name: 'states published', value: app.states, unit: '', bar: null },
      ],
      beside: [
        { name: 'bare fs.watch and read, event-loop delay p99', value: rounded(floor.loop.p99Ms), unit: 'ms' },
        { name: 'bare fs.watch and read, processor share', value: rounded(floor.share, 1), unit: '%' },
      ],
      notes: [
        `${app.lines} lines in ${rounded(app.seconds, 1)} s by ${writers} writing processes on the same machine, every second one an answer.`,
        'The delays contain the sampling interval of 10 ms. A state holds all that has changed, so several updates may arrive in one; lost would be a session that in the end shows another figure than its last line.',
      ],
      samples: {},
    };
  },
};

type Session = AppendPlan['files'][number];

async function measureHost(
  bench: Bench,
  sessions: readonly Session[],
  host: Host,
  { firstTokens, seconds }: { readonly firstTokens: number; readonly seconds: number },
) {
  try {
    await pause(1_500);
    host.watchLoop();
    const [before, startedAt] = [processorSeconds(host.pid), performance.now()];
    const plans = Array.from({ length: writers }, (_, writer): AppendPlan => {
      const files = sessions.filter((_session, at) => at % writers === writer);
      const gap = 1_000 / linesPerSecond / files.length;
      const count = files.length * linesPerSecond * seconds;
      return { files, firstTokens, count, gapMs: [gap, gap], linesPerAnswer, seed: writer };
    });
    const written = await Promise.all(plans.map(async (plan) => ({ plan, ...(await appendByPlan(bench, plan)) })));
    const share = ((processorSeconds(host.pid) - before) / ((performance.now() - startedAt) / 1_000)) * 100;
    await pause(1_000);
    const { sightings, states, loop } = await host.report();
    if (loop === null) throw new Error('The event loop was not measured.');
    const last = new Map(sightings.map(([id, tokens]) => [id, tokens]));
    const lost = written.flatMap(({ plan, appends }) => {
      const told = new Map(appends.map(([file, tokens]) => [plan.files[file]?.id ?? '', tokens]));
      return [...told].filter(([id, tokens]) => last.get(id) !== tokens);
    });
    return {
      lost: lost.length,
      milliseconds: written.flatMap(({ plan, appends }) => latenciesOf(plan, appends, sightings).milliseconds),
      lines: plans.reduce((sum, { count }) => sum + count, 0),
      seconds: Math.max(...written.map((writer) => writer.seconds)),
      share,
      states,
      loop,
    };
  } finally {
    await host.stop();
  }
}

function makeSessions(projects: string): readonly Session[] {
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
