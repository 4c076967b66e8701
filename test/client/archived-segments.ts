import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A committed export as it lies in the archive, read without any of the app's code. */
export interface ArchivedSegment {
  readonly bytes: Buffer;
  readonly manifest: {
    readonly sessionId: string;
    readonly sourcePath: string;
    readonly range: { readonly start: number; readonly end: number };
    readonly sha256: string;
    readonly chain: string;
    readonly percent: number | null;
    readonly usedTokens: number | null;
    readonly windowTokens: number | null;
    readonly model: string | null;
    readonly trigger: string;
    readonly late: boolean;
    readonly messages: number;
  };
}

/** The committed exports of a session in the archive below `dataDir`, in the order of their bytes; none where there is no archive. */
export async function archivedSegments(dataDir: string, sessionId: string): Promise<readonly ArchivedSegment[]> {
  const folder = join(dataDir, 'exports-archive', sessionId);
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.jsonl'));
  const segments = names.map(async (name) => ({
    bytes: await readFile(join(folder, name)),
    manifest: JSON.parse(await readFile(join(folder, name.replace('.jsonl', '.manifest.json')), 'utf8')),
  }));
  return (await Promise.all(segments)).toSorted((one, other) => one.manifest.range.start - other.manifest.range.start);
}

/** What the app reported of each export that it archived, in no order. */
export async function processingReports(
  dataDir: string,
): Promise<readonly { readonly messages_new: number | null; readonly messages_duplicate: number | null }[]> {
  const folder = join(dataDir, 'cx-processing-reports');
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = names.map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text));
}

/** The names in the folder of pending exports. */
export async function pendingNames(dataDir: string): Promise<readonly string[]> {
  return namesIn(join(dataDir, 'exports-pending'));
}

/**
 * Joins segments to the session file's beginning that they hold. Throws where one doesn't begin where the one before it
 * ended, or where its bytes are not those of its hash and chain.
 */
export function joinSegments(segments: readonly ArchivedSegment[]): Buffer {
  let end = 0;
  let chain = '';
  for (const { bytes, manifest } of segments) {
    if (manifest.range.start !== end) throw new Error(`A segment begins at ${manifest.range.start} instead of ${end}.`);
    end += bytes.length;
    if (manifest.range.end !== end) throw new Error(`A segment ends at ${manifest.range.end} instead of ${end}.`);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    chain = createHash('sha256').update(chain).update(sha256).digest('hex');
    if (manifest.sha256 !== sha256 || manifest.chain !== chain) throw new Error(`The hashes of ${end} don't fit.`);
  }
  return Buffer.concat(segments.map(({ bytes }) => bytes));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
