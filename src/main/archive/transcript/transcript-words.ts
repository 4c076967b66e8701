import type { TranscriptSpeaker } from './transcript-item.js';

/** What each speaker is called. */
export const speakerNames: Readonly<Record<TranscriptSpeaker, string>> = {
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
  client: 'Claude Code',
};

/** A time (ISO 8601 UTC) for people: `2026-11-01 10:00:00 UTC`. */
export function timeWords(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}
