import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { programFault } from '../support/run-program.js';
import { runPython } from '../support/run-python.js';
import { namesAmongMany } from './folder-names.js';
import { parseSegmentName } from './segment-name.js';
import { errorCode, storageError } from './storage-error.js';

/** What came of the exporter script. `files` are the names that came into the pending folder, or changed there, meanwhile; none is a result too. */
export type ExporterScriptResult =
  { readonly kind: 'done'; readonly files: readonly string[] } | { readonly kind: 'failed'; readonly reason: string };

const usualTimeoutMilliseconds = 60_000;

/** Where CODITECT keeps its exporter. */
export function exporterScriptIn(homeFolder: string): string {
  return path.join(homeFolder, '.coditect', 'scripts', 'session-exporter.py');
}

/**
 * Runs CODITECT's exporter, which exports the session written to last in its own way. What it made is found by comparing the
 * pending folder before and after; our own segments in it don't count. Throws a `StorageError` where the folder can't be read.
 */
export async function runExporterScript(options: {
  readonly script: string;
  readonly exportsPending: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timeoutMilliseconds?: number;
}): Promise<ExporterScriptResult> {
  const { script, exportsPending, environment, signal, timeoutMilliseconds = usualTimeoutMilliseconds } = options;
  const before = await looseFiles(exportsPending);
  const outcome = await runPython({ script, arguments: ['--current'], timeoutMilliseconds, environment, signal });
  const reason = programFault(outcome);
  if (reason !== null) return { kind: 'failed', reason };
  const after = await looseFiles(exportsPending);
  return { kind: 'done', files: [...after].filter(([name, look]) => before.get(name) !== look).map(([name]) => name) };
}

/** The loose files in the pending folder, with what changes when they do. */
async function looseFiles(exportsPending: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of await namesAmongMany(exportsPending, isLoose)) {
    const look = await lookOf(path.join(exportsPending, name));
    if (look !== null) files.set(name, look);
  }
  return files;
}

function isLoose(name: string): boolean {
  return /\.(?:jsonl|txt)$/.test(name) && !name.startsWith('.') && parseSegmentName(name) === null;
}

async function lookOf(file: string): Promise<string | null> {
  try {
    const facts = await lstat(file);
    return facts.isFile() ? `${facts.size} ${facts.mtimeMs} ${facts.ino}` : null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('look at a pending export', file, error);
  }
}
