import { shell } from 'electron';
import type { TranscriptPage } from '../engine/transcripts.js';

/** Opens a transcript's page in the system's browser. Throws with a sentence for people when there is none or that fails. */
export async function openTranscript(page: TranscriptPage): Promise<void> {
  if (page.kind === 'none') throw new Error(page.message);
  const fault = await shell.openPath(page.path);
  if (fault !== '') throw new Error(`${page.path} could not be opened: ${fault}`);
}
