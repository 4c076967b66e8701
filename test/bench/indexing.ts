import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { openEntryIndex } from '../../src/main/archive/entry-index.js';
import { makeArchivePile, type ArchivePile } from './archive-pile.js';
import type { Bench, Scenario } from './scenario.js';
import { median, rounded } from './statistics.js';

/** How fast an archive is read into the index, beside the least that reading its lines can cost. */
export const indexing: Scenario = {
  name: 'indexing',
  measures: 'building the index from an archive of 200 sessions, 300 MB',
  bar: '≥ 0.4 × a bare read-and-JSON.parse loop over the same bytes in the same run (≤ 2.5 × its time), ≥ 10 000 messages/s (≤ 100 ms for 1 000)',
  async measure(bench) {
    const share = bench.quick ? 0.2 : 1;
    const genuineFolder = path.resolve(bench.projectFolder, '../shared/transcripts');
    const pile = await makeArchivePile(bench.folder, { sessions: 200 * share, bytes: 3e8 * share, genuineFolder });
    bareLoop(pile);
    const [bareMs, ourMs]: [number[], number[]] = [[], []];
    let messages = 0;
    for (let run = 0; run < (bench.quick ? 3 : 5); run += 1) {
      bareMs.push(bareLoop(pile));
      const built = await buildIndex(bench, pile);
      ourMs.push(built.milliseconds);
      ({ messages } = built);
    }
    const ours = median(ourMs);
    return {
      kind: 'measured',
      figures: [
        { name: 'time over the bare loop’s', value: rounded(ours / median(bareMs), 2), unit: '×', bar: 2.5 },
        { name: 'time for 1 000 messages', value: rounded((ours / messages) * 1_000, 1), unit: 'ms', bar: 100 },
        { name: 'time, median', value: rounded(ours, 0), unit: 'ms', bar: null },
      ],
      beside: [{ name: 'the bare loop, median', value: rounded(median(bareMs), 0), unit: 'ms' }],
      notes: [
        `${pile.segments.length} sessions, ${Math.round(pile.bytes / 1e6)} MB, ${messages} messages, ${pile.genuine} sessions genuine, the rest generated from a fixed seed; ${ourMs.length} runs in turn; the worker as built, its start and the flushing to the disk belong to the time.`,
        'The bare loop reads each file, cuts it at its line ends and parses every line.',
      ],
      samples: { ours: ourMs.map((value) => rounded(value, 1)), bare: bareMs.map((value) => rounded(value, 1)) },
    };
  },
};

async function buildIndex(bench: Bench, { layout, segments }: ArchivePile) {
  rmSync(layout.indexFolder, { recursive: true, force: true });
  const workerUrl = pathToFileURL(path.join(bench.projectFolder, 'out', 'main', 'entry-index-worker.js'));
  const index = openEntryIndex({ file: layout.indexFile, exportsArchive: layout.exportsArchive, workerUrl });
  const startedAt = performance.now();
  const { pieces, messages } = await index.indexArchive({ folders: layout, fromScratch: true });
  const milliseconds = performance.now() - startedAt;
  await index.close();
  if (pieces !== segments.length) throw new Error(`${pieces} of ${segments.length} segments were indexed.`);
  return { milliseconds, messages };
}

function bareLoop({ segments }: ArchivePile): number {
  const startedAt = performance.now();
  for (const segment of segments) {
    const bytes = readFileSync(segment);
    let from = 0;
    for (let to = bytes.indexOf(10); to !== -1; to = bytes.indexOf(10, from)) {
      parse(bytes.toString('utf8', from, to));
      from = to + 1;
    }
  }
  return performance.now() - startedAt;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // Genuine transcripts hold bad lines.
  }
}
