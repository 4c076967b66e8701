import { mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { readArchivedSession } from '../../../src/main/archive/archived-session.js';
import { readSegment } from '../../../src/main/archive/segment-bytes.js';
import { manifestNameOf, sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { makeExportFixture, sessionId, type ExportFixture } from '../export/export-fixture.js';

/** A session of which segments are archived, without queue and index. */
export interface ArchivedScene extends ExportFixture {
  /** Path of a file in the session's archive folder. */
  readonly inArchive: (...names: string[]) => string;
  /** Appends the lines, exports them, and archives them as the queue does; answers the segment's name. */
  readonly archiveLines: (...lines: string[]) => Promise<string>;
  /** Appends the lines and exports them; answers the segment's name. */
  readonly exportLines: (...lines: string[]) => Promise<string>;
  /** Moves a pending segment with its manifest and sidecars into the archive. */
  readonly archive: (name: string) => Promise<void>;
  /** The bytes of the segments in order. */
  readonly joined: () => Promise<Buffer>;
  readonly setAside: string;
}

/** Makes one; it goes when the test ends. */
export async function makeArchivedScene(): Promise<ArchivedScene> {
  const fixture = await makeExportFixture();
  onTestFinished(fixture.remove);
  const { folders } = fixture;
  const inArchive = (...names: string[]) => path.join(folders.exportsArchive, sessionId, ...names);

  async function exportLines(...lines: string[]): Promise<string> {
    await fixture.append(lines.join(''));
    const outcome = await fixture.exportNow();
    if (outcome.kind !== 'exported') throw new Error(`It should have been exported: ${outcome.kind}`);
    return outcome.name;
  }

  async function archive(name: string): Promise<void> {
    await mkdir(inArchive(), { recursive: true, mode: 0o700 });
    const present = await readdir(folders.exportsPending);
    for (const file of [manifestNameOf(name), sidecarsNameOf(name), name]) {
      if (present.includes(file)) await rename(path.join(folders.exportsPending, file), inArchive(file));
    }
  }

  return {
    ...fixture,
    inArchive,
    exportLines,
    archive,
    async archiveLines(...lines) {
      const name = await exportLines(...lines);
      await archive(name);
      return name;
    },
    async joined() {
      const { segments } = await readArchivedSession(sessionId, folders);
      const pieces: Buffer[] = [];
      for (const segment of segments) {
        for await (const bytes of readSegment(segment, folders)) pieces.push(bytes);
      }
      return Buffer.concat(pieces);
    },
    setAside: path.join(fixture.folder, 'context-storage', 'set-aside'),
  };
}
