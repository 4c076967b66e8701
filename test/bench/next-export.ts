import { appendFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ExportFigures, ExportOrder } from './export-host.js';
import { generateSession } from './generated-session.js';
import { writeLargeSession } from './large-session.js';
import { runBenchProgram } from './run-program.js';
import type { Scenario } from './scenario.js';

const sessionBytes = 100 * 2 ** 20;
const appendedBytes = [300, 20_000, 1_000_000, 5_000_000] as const;
const allowedBytes = 64 * 1_024;

/** What an export reads and writes when the session was exported before, in a process that has just started. */
export const nextExport: Scenario = {
  name: 'next-export',
  measures: 'bytes that the next export reads and writes, after a restart, besides the new ones',
  bar: '≤ new bytes + 64 KB',
  async measure(bench) {
    const { id, file } = writeLargeSession(path.join(bench.folder, 'claude'), sessionBytes);
    const order = {
      sourcePath: file,
      sessionId: id,
      storage: path.join(bench.folder, 'storage'),
    } satisfies ExportOrder;
    const exported = async () => {
      const figures = await runBenchProgram<ExportFigures>(bench, 'export-host', JSON.stringify(order));
      if (figures.kind !== 'exported') throw new Error(`Nothing was exported: ${figures.kind}.`);
      return figures;
    };
    await exported();
    const excess = { read: [] as number[], written: [] as number[] };
    for (const [turn, bytes] of appendedBytes.entries()) {
      const before = statSync(file).size;
      const { lines } = generateSession({
        seed: 50 + turn,
        bytes,
        sessionId: id,
        cwd: '/w/large',
        startsAtMs: Date.UTC(2026, 9, 2),
      });
      for (const line of lines) appendFileSync(file, line);
      const added = statSync(file).size - before;
      const { readBytes, writtenBytes } = await exported();
      excess.read.push(readBytes - added);
      excess.written.push(writtenBytes - added);
    }
    return {
      kind: 'measured',
      figures: [
        { name: 'most read above the new', value: Math.max(...excess.read), unit: 'bytes', bar: allowedBytes },
        { name: 'most written above the new', value: Math.max(...excess.written), unit: 'bytes', bar: allowedBytes },
      ],
      beside: [],
      notes: [
        'What the kernel counts for the whole process (rchar, wchar) from before the manifests are read until the export is committed, in a session of 100 MB; each export in a process of its own.',
      ],
      samples: excess,
    };
  },
};
