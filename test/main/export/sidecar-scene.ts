import { appendFile, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { vi } from 'vitest';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import type { SegmentOutcome } from '../../../src/main/export/segment-writer.js';
import type { SidecarEntry } from '../../../src/main/export/sidecar-entry.js';
import { pathExists } from '../../../src/main/export/path-exists.js';
import { sessionId, type ExportFixture } from './export-fixture.js';

/** The sidecars of the fixture's session: how to write them, and what exports hold of them. */
export interface SidecarScene {
  /** Absolute path of a sidecar. */
  readonly at: (relative: string) => string;
  readonly write: (relative: string, content: string | Buffer) => Promise<void>;
  readonly append: (relative: string, content: string | Buffer) => Promise<void>;
  /** What all exports together hold of a sidecar; null where none holds any of it. */
  readonly joined: (relative: string) => Promise<string | null>;
}

export const agent = `${sessionId}/subagents/agent-a1.jsonl`;
export const meta = `${sessionId}/subagents/agent-a1.meta.json`;
export const result = `${sessionId}/tool-results/b1.txt`;

export function sidecarScene(fixture: ExportFixture): SidecarScene {
  const at = (relative: string) => path.join(path.dirname(fixture.sourcePath), relative);
  async function put(relative: string, content: string | Buffer, how: typeof writeFile | typeof appendFile) {
    await mkdir(path.dirname(at(relative)), { recursive: true });
    await how(at(relative), content, { mode: 0o600 });
  }
  return {
    at,
    write: (relative, content) => put(relative, content, writeFile),
    append: (relative, content) => put(relative, content, appendFile),
    async joined(relative) {
      const { exportsPending, exportsArchive } = fixture.folders;
      const ledger = await readExportLedger({ sessionId, ...fixture.folders });
      const pieces = ledger.sidecars.get(relative);
      if (!pieces) return null;
      const bytes = pieces.map(async ({ segment, entry }) => {
        const inside = path.join(sidecarsNameOf(segment), entry.file);
        const pending = path.join(exportsPending, inside);
        return readStored((await pathExists(pending)) ? pending : path.join(exportsArchive, sessionId, inside));
      });
      return Buffer.concat(await Promise.all(bytes)).toString();
    },
  };
}

/** The bytes of a file that may have been compressed since. */
export async function readStored(file: string): Promise<Buffer> {
  if (await pathExists(file)) return readFile(file);
  return brotliDecompressSync(await readFile(`${file}.br`));
}

/** The entries of an export's manifest. */
export function entriesOf(outcome: SegmentOutcome): readonly SidecarEntry[] {
  if (outcome.kind !== 'exported') throw new Error(`It is ${outcome.kind}.`);
  return outcome.manifest.sidecars ?? [];
}

/** Bytes read through any file handle while `work` runs, and the largest piece of memory that was read into. */
export async function readingsOf(work: () => Promise<unknown>): Promise<{ bytes: number; largestBuffer: number }> {
  const handle = await open(import.meta.filename, 'r');
  const prototype = Object.getPrototypeOf(handle);
  const read = prototype.read;
  await handle.close();
  let bytes = 0;
  let largestBuffer = 0;
  const spy = vi.spyOn(prototype, 'read').mockImplementation(async function count(this: unknown, ...values: unknown[]) {
    const done = await read.apply(this, values);
    bytes += done.bytesRead;
    largestBuffer = Math.max(largestBuffer, done.buffer.length);
    return done;
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return { bytes, largestBuffer };
}
