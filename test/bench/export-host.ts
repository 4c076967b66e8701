// Exports one session file in a process of its own, as the engine does, and prints what that took as JSON.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { readExportLedger } from '../../src/main/export/export-ledger.js';
import { exportSegment } from '../../src/main/export/segment-writer.js';
import { watchLoop } from './loop-watch.js';
import { processBytes } from './process-facts.js';

/** What the process is told. */
export interface ExportOrder {
  readonly sourcePath: string;
  readonly sessionId: string;
  readonly storage: string;
}

/** What it prints. Bytes are what the kernel counts for the whole process, from before the ledger is read. */
export interface ExportFigures {
  readonly kind: string;
  readonly milliseconds: number;
  /** The most that was held beyond what was held before, in bytes. */
  readonly addedMemory: number;
  readonly loopP99Ms: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

const { sourcePath, sessionId, storage } = JSON.parse(process.argv[2] ?? '') as ExportOrder;
const folders = {
  exportsPending: path.join(storage, 'exports-pending'),
  exportsArchive: path.join(storage, 'exports-archive'),
};
// What Node loads at first use is not counted.
createHash('sha256').update('').digest('hex');
await readExportLedger({ sessionId: '00000000-0000-4000-8000-000000000000', ...folders });
await pause(200);
const heldBefore = memoryBytes('VmRSS');
const before = processBytes(process.pid);
const loop = watchLoop();
const startedAt = performance.now();
const ledger = await readExportLedger({ sessionId, ...folders });
const outcome = await exportSegment({
  sourcePath,
  sessionId,
  endLimit: null,
  reading: null,
  trigger: 'manual',
  late: false,
  ledger,
  folders,
  now: () => new Date(),
  appVersion: '0.0.0',
});
const milliseconds = performance.now() - startedAt;
const after = processBytes(process.pid);
const figures: ExportFigures = {
  kind: outcome.kind,
  milliseconds,
  addedMemory: memoryBytes('VmHWM') - heldBefore,
  loopP99Ms: loop().p99Ms,
  readBytes: after.read - before.read,
  writtenBytes: after.written - before.written,
};
process.stdout.write(JSON.stringify(figures));

function memoryBytes(name: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1_024;
}
