import type { TranscriptSnapshot } from './transcript-snapshot.js';

/** What came of a read. `unreadable` names the system's error code, or `NOT_A_FILE`. */
export type TranscriptRead =
  | { readonly kind: 'read'; readonly snapshot: TranscriptSnapshot }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string };

/** What stands at the path is a folder or something else that holds no lines. */
export const notAFile: TranscriptRead = { kind: 'unreadable', code: 'NOT_A_FILE', message: 'It is not a plain file.' };

/** Errors of the file system are outcomes; anything else is a bug and thrown on. */
export function failureOf(error: unknown): TranscriptRead {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null || !(error instanceof Error)) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
  return { kind: 'unreadable', code, message: error.message };
}
