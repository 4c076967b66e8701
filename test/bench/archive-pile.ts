import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { archiveLayout, type ArchiveLayout } from '../../src/main/archive/archive-layout.js';
import { exportSegment } from '../../src/main/export/segment-writer.js';
import { manifestNameOf } from '../../src/main/export/segment-name.js';
import { makeSessionPile } from './session-pile.js';

/** An archive without an index. */
export interface ArchivePile {
  readonly layout: ArchiveLayout;
  /** The archived segments' paths. */
  readonly segments: readonly string[];
  readonly bytes: number;
  /** How many sessions are copies of genuine transcripts. */
  readonly genuine: number;
}

/** Archives `sessions` sessions of `bytes` together, each as one segment, the way the app does but for the index. */
export async function makeArchivePile(
  folder: string,
  options: { readonly sessions: number; readonly bytes: number; readonly genuineFolder: string },
): Promise<ArchivePile> {
  const claude = path.join(folder, 'claude');
  const { genuine } = makeSessionPile(claude, options);
  const layout = archiveLayout(path.join(folder, 'storage'));
  const projects = path.join(claude, 'projects');
  const segments: string[] = [];
  let bytes = 0;
  for (const project of readdirSync(projects)) {
    for (const name of readdirSync(path.join(projects, project))) {
      const sourcePath = path.join(projects, project, name);
      const sessionId = path.basename(name, '.jsonl');
      const segment = await archiveWhole(sourcePath, sessionId, layout);
      segments.push(segment);
      bytes += statSync(segment).size;
    }
  }
  return { layout, segments, bytes, genuine };
}

async function archiveWhole(sourcePath: string, sessionId: string, layout: ArchiveLayout): Promise<string> {
  const outcome = await exportSegment({
    sourcePath,
    sessionId,
    endLimit: null,
    reading: null,
    trigger: 'manual',
    late: false,
    ledger: {
      sessionId,
      segments: [],
      exportedBytes: 0,
      generation: 0,
      chain: '',
      lastExport: null,
      lastThresholdExportAt: null,
      sidecars: new Map(),
    },
    folders: layout,
    now: () => new Date(),
    appVersion: '0.0.0',
  });
  if (outcome.kind !== 'exported') throw new Error(`${sourcePath} could not be exported: ${outcome.kind}`);
  const archive = path.join(layout.exportsArchive, sessionId);
  mkdirSync(archive, { recursive: true });
  for (const name of [manifestNameOf(outcome.name), outcome.name]) {
    renameSync(path.join(layout.exportsPending, name), path.join(archive, name));
  }
  return path.join(archive, outcome.name);
}
