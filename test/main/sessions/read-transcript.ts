import { openTranscriptReader, type TranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import type { TranscriptSnapshot } from '../../../src/main/sessions/transcript-snapshot.js';

/** What the reader makes of the file as it is now; throws where it cannot be read. */
export async function readOn(reader: TranscriptReader): Promise<TranscriptSnapshot> {
  const read = await reader.read();
  if (read.kind !== 'read') throw new Error(`Not read: ${JSON.stringify(read)}`);
  return read.snapshot;
}

/** What a reader that has seen nothing before makes of the whole file. */
export function readAfresh(path: string, exportedBytes = 0): Promise<TranscriptSnapshot> {
  return readOn(openTranscriptReader({ path, exportedBytes }));
}

/** What a snapshot says of the transcript, without what it says of the work that it took. */
export function meaningOf(snapshot: TranscriptSnapshot) {
  const { facts, completeBytes, endsMidLine, exportedBytes, unexportedMessages, hasSomethingNew, sizeBytes } = snapshot;
  return { facts, completeBytes, endsMidLine, exportedBytes, unexportedMessages, hasSomethingNew, sizeBytes };
}

/** What a snapshot says, as the oracle says it. */
export function figuresOf({ facts, unexportedMessages, hasSomethingNew }: TranscriptSnapshot) {
  const largestTokensSeen = Math.max(0, ...facts.peaks.map(({ tokens }) => tokens));
  return { ...facts, largestTokensSeen, unexportedMessages, hasSomethingNew };
}
