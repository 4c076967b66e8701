import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { compressSession } from '../../src/main/archive/compress-session.js';
import { readExportLedger } from '../../src/main/export/export-ledger.js';
import { exportSegment } from '../../src/main/export/segment-writer.js';
import { manifestNameOf } from '../../src/main/export/segment-name.js';
import type { Scenario } from './scenario.js';
import { seededRandom } from './seeded-random.js';
import { genuineTranscripts } from './session-pile.js';
import { rounded } from './statistics.js';

const parts = 10;
const allowedPerSegment = 2 * 1_024;

/** How large the archive of genuine transcripts is, plain and compressed. */
export const archiveSize: Scenario = {
  name: 'archive-size',
  measures: 'the archive of genuine transcripts, each written as 10 segments, beside their size',
  bar: '≤ 1.0 × + 2 KB a segment; compressed ≤ 0.35 ×',
  async measure(bench) {
    const transcripts = genuineTranscripts(path.resolve(bench.projectFolder, '../shared/transcripts'));
    if (transcripts.length === 0) return { kind: 'skipped', why: 'the genuine transcripts are not here' };
    const folders = {
      exportsPending: path.join(bench.folder, 'exports-pending'),
      exportsArchive: path.join(bench.folder, 'exports-archive'),
    };
    const random = seededRandom(35);
    let [sourceBytes, segments] = [0, 0];
    const ids: string[] = [];
    for (const transcript of transcripts) {
      const id = random.uuid();
      ids.push(id);
      const { bytes, count } = await archiveInParts(transcript, id, path.join(bench.folder, `${id}.jsonl`), folders);
      sourceBytes += bytes;
      segments += count;
    }
    const plainBytes = bytesBelow(folders.exportsArchive);
    const startedAt = performance.now();
    for (const sessionId of ids) {
      const { failures } = await compressSession({
        sessionId,
        folders,
        setAside: path.join(bench.folder, 'set-aside'),
        now: () => new Date(),
        plainForMs: 0,
        budgetBytes: Number.POSITIVE_INFINITY,
      });
      if (failures[0]) throw failures[0];
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const compressedBytes = bytesBelow(folders.exportsArchive);
    const allowed = sourceBytes + segments * allowedPerSegment;
    return {
      kind: 'measured',
      figures: [
        { name: 'plain, of source + 2 KB a segment', value: rounded(plainBytes / allowed), unit: '×', bar: 1 },
        { name: 'compressed, of source', value: rounded(compressedBytes / sourceBytes), unit: '×', bar: 0.35 },
        { name: 'source', value: rounded(sourceBytes / 1e6, 1), unit: 'MB', bar: null },
        { name: 'compressed per second', value: rounded(sourceBytes / 1e6 / seconds, 0), unit: 'MB', bar: null },
      ],
      beside: [],
      notes: [
        `${transcripts.length} genuine transcripts in ${segments} segments. Sizes are those of all files, manifests included; compressed with brotli, each file read back before the plain one goes.`,
      ],
      samples: { bytes: [sourceBytes, plainBytes, compressedBytes] },
    };
  },
};

/** Lets a session grow to a transcript in ten steps, exporting and archiving each; answers the bytes exported. */
async function archiveInParts(
  transcript: string,
  sessionId: string,
  sourcePath: string,
  folders: { readonly exportsPending: string; readonly exportsArchive: string },
): Promise<{ readonly bytes: number; readonly count: number }> {
  const whole = readFileSync(transcript);
  const archive = path.join(folders.exportsArchive, sessionId);
  mkdirSync(archive, { recursive: true });
  let [written, count, bytes] = [0, 0, 0];
  for (let part = 1; part <= parts; part += 1) {
    const end = part === parts ? whole.length : Math.floor((whole.length * part) / parts);
    appendFileSync(sourcePath, whole.subarray(written, end));
    written = end;
    const outcome = await exportSegment({
      sourcePath,
      sessionId,
      endLimit: null,
      reading: null,
      trigger: 'manual',
      late: false,
      ledger: await readExportLedger({ sessionId, ...folders }),
      folders,
      now: () => new Date(),
      appVersion: '0.0.0',
    });
    if (outcome.kind !== 'exported') continue;
    count += 1;
    bytes = outcome.manifest.range.end;
    for (const name of [manifestNameOf(outcome.name), outcome.name]) {
      renameSync(path.join(folders.exportsPending, name), path.join(archive, name));
    }
  }
  return { bytes, count };
}

function bytesBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
}
