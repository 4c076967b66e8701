import type { ExportFolders } from '../export/export-ledger.js';
import { archivedSessionIds } from './archived-session.js';

/** `unknown-session`: nothing, or more than one, is archived by that id; the message says which. */
export interface UnknownSession {
  readonly kind: 'unknown-session';
  readonly message: string;
}

const shortestPrefix = 8;

/** Finds the session of which something is archived or pending by its id, or a unique start of it of 8 or more characters. */
export async function findArchived(
  session: string,
  folders: ExportFolders,
): Promise<{ readonly kind: 'found'; readonly sessionId: string } | UnknownSession> {
  if (session.length < shortestPrefix) {
    const message = `"${session}" is too short: give the session's id, or at least its first ${shortestPrefix} characters.`;
    return { kind: 'unknown-session', message };
  }
  const ids = await archivedSessionIds(folders, session);
  const [id, other] = ids;
  if (id === undefined) return nothingArchived(session);
  if (other === undefined) return { kind: 'found', sessionId: id };
  const message = `"${session}" fits several sessions: ${ids.join(', ')}. Give more of the id.`;
  return { kind: 'unknown-session', message };
}

/** The answer where a session has no valid segment. */
export function nothingArchived(session: string): UnknownSession {
  return { kind: 'unknown-session', message: `Nothing is archived of a session "${session}".` };
}
