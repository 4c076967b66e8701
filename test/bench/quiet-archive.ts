import process from 'node:process';
import { archiveLayout } from '../../src/main/archive/archive-layout.js';
import { openArchiveSizes } from '../../src/main/archive/archive-sizes.js';
import { compressQuietly } from '../../src/main/archive/compress-quietly.js';
import { openEntryIndex } from '../../src/main/archive/entry-index.js';
import { createPendingQueue } from '../../src/main/archive/pending-queue.js';
import { fillArchive } from './filled-archive.js';
import { processBytes } from './process-facts.js';
import type { Scenario } from './scenario.js';
import { rounded } from './statistics.js';

const sessions = 4_000;
const segmentsEach = 5;
const passes = 10;

/** What looking after the archive costs when nothing in it has changed. */
export const quietArchive: Scenario = {
  name: 'quiet-archive',
  measures: 'a pass over queue and archive with 4 000 sessions archived and nothing changed',
  bar: '≤ 100 ms, 0 parsed, 0 written',
  async measure(bench) {
    const layout = archiveLayout(bench.folder);
    fillArchive(layout.exportsArchive, { sessions, segmentsEach });
    const now = () => new Date();
    const open = () => openArchiveSizes({ exportsArchive: layout.exportsArchive, file: layout.sizesFile, now });
    const first = await open();
    const startedAt = performance.now();
    await first.look();
    const firstMs = performance.now() - startedAt;
    await first.save();

    const restartAt = performance.now();
    const sizes = await open();
    const queue = createPendingQueue({
      layout,
      index: openEntryIndex({ file: layout.indexFile, workerUrl: null }),
      now,
      log: () => undefined,
      onChange: () => undefined,
      onProcessed: () => undefined,
      onFailed: () => undefined,
    });
    const compression = compressQuietly({
      folders: layout,
      setAside: layout.setAside,
      now,
      plainForMs: 0,
      budgetBytes: Number.POSITIVE_INFINITY,
      withPlain: sizes.withPlain,
      onCompressed: () => undefined,
      onTrouble: () => undefined,
    });
    let measured = 0;
    const pass = async () => {
      await queue.processAll();
      measured += (await sizes.look()).measured;
      await compression.sweep();
      await sizes.save();
    };
    await pass();
    const restartMs = performance.now() - restartAt;
    const times: number[] = [];
    const before = processBytes(process.pid);
    for (let turn = 0; turn < passes; turn += 1) {
      const turnAt = performance.now();
      await pass();
      times.push(performance.now() - turnAt);
    }
    const after = processBytes(process.pid);
    await queue.stop();
    return {
      kind: 'measured',
      figures: [
        { name: 'slowest pass', value: rounded(Math.max(...times), 1), unit: 'ms', bar: 100 },
        { name: 'the first after a restart', value: rounded(restartMs, 1), unit: 'ms', bar: null },
        { name: 'sessions looked into', value: measured, unit: '', bar: 0 },
        { name: 'bytes written', value: after.storedBytes - before.storedBytes, unit: 'bytes', bar: 0 },
        {
          name: 'bytes read per pass',
          value: Math.round((after.read - before.read) / passes),
          unit: 'bytes',
          bar: null,
        },
        { name: 'the very first walk', value: rounded(firstMs, 0), unit: 'ms', bar: null },
      ],
      beside: [],
      notes: [
        `${sessions} session folders of ${segmentsEach} compressed segments with their manifests. Bytes are what the kernel counts for the whole process (read by any call, written to a disk) over ${passes} passes.`,
      ],
      samples: { passMs: times.map((each) => rounded(each, 1)) },
    };
  },
};
