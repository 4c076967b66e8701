import type { ArchiveAnswer, ArchiveQuery } from '../../shared/archive-search.js';
import { archiveLayout } from '../archive/archive-layout.js';
import { openArchiveSearch } from '../archive/archive-search.js';
import { StorageError } from '../export/storage-error.js';
import { searchTable } from '../views/search-table.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import type { ExitCode, World } from './world.js';

/** `--search`: looks into the index, also beside a running app, and prints what it finds; changes nothing. */
export async function runSearch(
  world: World,
  options: RunOptions,
  { query, json }: { readonly query: ArchiveQuery; readonly json: boolean },
): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const { indexFile } = archiveLayout(run.paths.contextStorage);
  const how = { now: world.now, maskSecrets: () => run.settings.current().maskSecrets };
  const search = openArchiveSearch({ file: indexFile, workerUrl: null }, how);
  let answer: ArchiveAnswer;
  try {
    answer = await search.search(query);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    await world.stderr.write(`${error.message} ${error.mend}\n`);
    return 1;
  } finally {
    await search.close();
  }
  await world.stdout.write(json ? `${JSON.stringify(answer)}\n` : `${textOf(answer, query.offset)}\n`);
  return 0;
}

function textOf(answer: ArchiveAnswer, offset: number): string {
  if (answer.kind === 'found') return searchTable(answer, offset).join('\n');
  return 'Nothing is indexed yet. Exports are indexed as they are archived; --reindex builds the index from the archive.';
}
