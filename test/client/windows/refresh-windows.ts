import { readFile, rename, writeFile } from 'node:fs/promises';
import { clientPackage } from '../real-client/client-package.js';
import { installClient } from '../real-client/install-client.js';
import { hasTerminal } from '../real-client/start-interactive-client.js';
import { measureModel, type MeasuredModel } from './measure-model.js';
import { offeredModels } from './offered-models.js';
import { tableChanges, takenTable, type WindowTable } from './window-table.js';

/**
 * Takes the table of windows in `file` afresh from the pinned real client: each model of the table and each that the
 * client names is measured. `say` hears of each model what changed. Any failure throws and leaves the file as it was.
 */
export async function refreshWindows({
  file,
  cacheFolder,
  today,
  say,
}: {
  readonly file: string;
  readonly cacheFolder: string;
  /** As in `2026-11-22`. */
  readonly today: string;
  readonly say: (line: string) => void;
}): Promise<void> {
  const before = JSON.parse(await readFile(file, 'utf8')) as WindowTable;
  const client = await installClient(cacheFolder, `${process.platform}-${process.arch}`);
  if (client.kind === 'unavailable') throw new Error(`Claude Code ${clientPackage.version}: ${client.reason}`);
  if (!(await hasTerminal())) throw new Error('The interactive client needs tmux: install tmux.');

  const models = await offeredModels(client.program);
  say(`Claude Code ${clientPackage.version} offers ${models.length} models; each takes some seconds.`);
  const measured = new Map<string, MeasuredModel | null>();
  // One after the other: a client that has the machine for itself shows its status line soonest.
  for (const model of models) {
    const found = await measureModel(client.program, model);
    measured.set(model, found);
    if (found === null) say(`${model}: the client takes another model in its place.`);
  }
  if (![...measured.values()].some((model) => model !== null)) throw new Error('Not one model could be measured.');

  const after = takenTable(before, measured, { takenAt: today, clientVersion: clientPackage.version });
  for (const line of tableChanges(before, after)) say(line);
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(after, null, 2)}\n`);
  await rename(unfinished, file);
}
