import { appendFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readExportLedger, type ExportFolders } from '../../../src/main/export/export-ledger.js';
import { readManifest, type SegmentManifest } from '../../../src/main/export/segment-manifest.js';
import { exportSegment, type SegmentOutcome, type SegmentRequest } from '../../../src/main/export/segment-writer.js';
import { segmentNameOf } from '../../../src/main/export/segment-name.js';

export const sessionId = '0a1b2c3d-1111-4222-8333-444455556666';

/** A context storage and one session file in a folder of their own. */
export interface ExportFixture {
  readonly folder: string;
  readonly sourcePath: string;
  readonly folders: ExportFolders;
  readonly append: (text: string | Buffer) => Promise<void>;
  /** An export with a ledger read afresh, unless one is given. */
  readonly exportNow: (change?: Partial<SegmentRequest>) => Promise<SegmentOutcome>;
  readonly source: () => Promise<Buffer>;
  readonly manifests: () => Promise<readonly { name: string; manifest: SegmentManifest }[]>;
  readonly remove: () => Promise<void>;
}

export async function makeExportFixture(parent = tmpdir()): Promise<ExportFixture> {
  const folder = await mkdtemp(path.join(parent, 'cw-export-'));
  const projects = path.join(folder, 'projects', '-w');
  await mkdir(projects, { recursive: true });
  const sourcePath = path.join(projects, `${sessionId}.jsonl`);
  const storage = path.join(folder, 'context-storage');
  const folders = {
    exportsPending: path.join(storage, 'exports-pending'),
    exportsArchive: path.join(storage, 'exports-archive'),
  };
  return {
    folder,
    sourcePath,
    folders,
    append: (text) => appendFile(sourcePath, text, { mode: 0o600 }),
    source: () => readFile(sourcePath),
    remove: () => rm(folder, { recursive: true, force: true }),
    async exportNow(change = {}) {
      return exportSegment({
        sourcePath,
        sessionId,
        endLimit: null,
        reading: { percent: 76.2, usedTokens: 152_400, windowTokens: 200_000, model: 'claude-opus-4-6' },
        trigger: 'threshold',
        late: false,
        ledger: change.ledger ?? (await readExportLedger({ sessionId, ...folders })),
        folders,
        now: () => new Date(),
        appVersion: '0.1.0',
        ...change,
      });
    },
    async manifests() {
      const found: { name: string; manifest: SegmentManifest }[] = [];
      for (const file of await readdir(folders.exportsPending)) {
        const name = segmentNameOf(file);
        const read = name === null ? null : await readManifest(path.join(folders.exportsPending, file));
        if (name !== null && read?.kind === 'valid') found.push({ name, manifest: read.manifest });
      }
      return found.toSorted(
        (a, b) => a.manifest.generation - b.manifest.generation || a.manifest.range.start - b.manifest.range.start,
      );
    },
  };
}

/** A user line. */
export function userLine(uuid: string, text = 'hello'): string {
  return `${JSON.stringify({ type: 'user', uuid, timestamp: '2026-11-01T10:00:00.000Z', message: { role: 'user', content: text } })}\n`;
}

/** An assistant line: one of possibly several of the message `messageId`. */
export function assistantLine(uuid: string, messageId: string, text = 'hi'): string {
  const message = {
    id: messageId,
    model: 'claude-opus-4-6',
    content: [{ type: 'text', text }],
    usage: { input_tokens: 5 },
  };
  return `${JSON.stringify({ message, type: 'assistant', uuid, timestamp: '2026-11-01T10:00:01.000Z' })}\n`;
}

/** A line that no export is made for. */
export const metadataLine = `${JSON.stringify({ type: 'last-prompt', lastPrompt: '"type":"user"', sessionId })}\n`;

/** The text of what was thrown and its mend. */
export async function failureOf(work: Promise<unknown>): Promise<{ message: string; code: string; mend: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'mend' in error) {
      return { message: error.message, code: String(error.code), mend: String(error.mend) };
    }
    throw error;
  }
  throw new Error('It should have failed.');
}
