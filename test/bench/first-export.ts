import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ExportFigures, ExportOrder } from './export-host.js';
import { writeLargeSession } from './large-session.js';
import { runBenchProgram, runProgram } from './run-program.js';
import type { Bench, Scenario } from './scenario.js';
import { median, rounded } from './statistics.js';

const fullBytes = 2 ** 30;
const quickBytes = 200 * 2 ** 20;

/** How long the first export of a large session takes, beside the system's own tools. */
export const firstExport: Scenario = {
  name: 'first-export',
  measures: 'the first export of a session of 1 GB, flushed, hashed and committed',
  bar: '≤ 1.3 × (`cp` + `sync FILE` + `sha256sum FILE`), memory ≤ 64 MB more, event loop p99 ≤ 20 ms',
  async measure(bench) {
    const { id, file } = writeLargeSession(path.join(bench.folder, 'claude'), bench.quick ? quickBytes : fullBytes);
    const { size } = statSync(file);
    const tools: number[] = [];
    const exports: ExportFigures[] = [];
    for (let round = 0; round < (bench.quick ? 3 : 5); round += 1) {
      tools.push(await copyFlushHash(bench, file));
      const storage = path.join(bench.folder, `storage-${round}`);
      const order = { sourcePath: file, sessionId: id, storage } satisfies ExportOrder;
      const figures = await runBenchProgram<ExportFigures>(bench, 'export-host', JSON.stringify(order));
      if (figures.kind !== 'exported') throw new Error(`The session was not exported: ${figures.kind}.`);
      exports.push(figures);
      rmSync(storage, { recursive: true });
    }
    const times = exports.map(({ milliseconds }) => milliseconds);
    const ratios = times.map((milliseconds, round) => milliseconds / (tools[round] ?? Number.NaN));
    const megabytes = exports.map(({ addedMemory }) => addedMemory / 2 ** 20);
    const delays = exports.map(({ loopP99Ms }) => loopP99Ms);
    return {
      kind: 'measured',
      figures: [
        { name: 'median ratio', value: rounded(median(ratios), 2), unit: '×', bar: 1.3 },
        { name: 'most memory added', value: rounded(Math.max(...megabytes), 1), unit: 'MB', bar: 64 },
        { name: 'event loop p99', value: rounded(Math.max(...delays), 1), unit: 'ms', bar: 20 },
        { name: 'median time', value: rounded(median(times) / 1_000, 2), unit: 's', bar: null },
      ],
      beside: [{ name: '`cp`, `sync`, `sha256sum`, median', value: rounded(median(tools) / 1_000, 2), unit: 's' }],
      notes: [
        `The session has ${size} bytes; the two take turns, and both read it from the page cache. The loop is asked every 10 ms, which is part of the delay.`,
      ],
      samples: { exportMs: times.map((each) => rounded(each, 0)), toolsMs: tools.map((each) => rounded(each, 0)) },
    };
  },
};

/** Milliseconds for a copy that is flushed and hashed. */
async function copyFlushHash(bench: Bench, file: string): Promise<number> {
  const copy = path.join(bench.folder, 'copy.jsonl');
  let milliseconds = 0;
  for (const [command, args] of [
    ['cp', [file, copy]],
    ['sync', [copy]],
    ['sha256sum', [copy]],
  ] as const) {
    milliseconds += (await runProgram(command, args, {})).milliseconds;
  }
  rmSync(copy);
  return milliseconds;
}
