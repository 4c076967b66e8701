import { writeSync } from 'node:fs';
import { archiveLayout } from '../../../src/main/archive/archive-layout.js';
import { openEntryIndex } from '../../../src/main/archive/entry-index.js';

/** What a child is told. */
export interface IndexKillPlan {
  readonly contextStorage: string;
}

/** Builds the index anew again and again until it is killed. */
async function indexUntilKilled({ contextStorage }: IndexKillPlan): Promise<never> {
  const layout = archiveLayout(contextStorage);
  const index = openEntryIndex({ file: layout.indexFile, exportsArchive: layout.exportsArchive, workerUrl: null });
  await index.indexArchive({ folders: layout, fromScratch: true });
  writeSync(1, 'ready');
  for (;;) await index.indexArchive({ folders: layout, fromScratch: true });
}

await indexUntilKilled(JSON.parse(process.argv[2] ?? '') as IndexKillPlan);
