import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { manifestNameOf } from '../../src/main/export/segment-name.js';
import { readManifest, type SegmentManifest } from '../../src/main/export/segment-manifest.js';

/** An archived export: the segment's path and bytes, and its manifest's path. */
export interface ArchivedExport {
  readonly segment: string;
  readonly bytes: Buffer;
  readonly manifest: string;
}

/** The exports of a session that have arrived in the archive of a context storage, in the order in which they were made. */
export function archivedExports(storage: string, sessionId: string): readonly ArchivedExport[] {
  const folder = path.join(storage, 'exports-archive', sessionId);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith('.jsonl') && names.includes(manifestNameOf(name)))
    .toSorted()
    .map((name) => {
      const segment = path.join(folder, name);
      return { segment, bytes: readFileSync(segment), manifest: path.join(folder, manifestNameOf(name)) };
    });
}

/** The manifest of an archived export; throws where it is none. */
export async function manifestOf({ manifest }: ArchivedExport): Promise<SegmentManifest> {
  const read = await readManifest(manifest);
  if (read.kind !== 'valid') throw new Error(`${manifest} is ${read.kind}.`);
  return read.manifest;
}
