import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Genuine transcripts beside the project; tests that use them are skipped where the folder is missing. */
export const transcriptsFolder = path.resolve(import.meta.dirname, '../../../shared/transcripts');

/** The transcripts' paths below their folder, sorted; none where the folder is missing. */
export async function listTranscripts(): Promise<readonly string[]> {
  if (!existsSync(transcriptsFolder)) return [];
  const names = await readdir(transcriptsFolder, { recursive: true });
  return names.filter((name) => name.endsWith('.jsonl')).toSorted();
}
