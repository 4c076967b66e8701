import type { AskRoots } from '../sessions/ask-roots.js';
import { listSessionFiles, type SessionFile } from '../sessions/session-file.js';

/** What a session id, or the first 8 or more characters of one, stands for. */
export type FoundSession =
  { readonly kind: 'found'; readonly file: SessionFile } | { readonly kind: 'not-found'; readonly message: string };

const shortestPrefix = 8;

/** Looks for a session by id or unique prefix among all session files of the roots, however old. */
export async function findSession(idOrPrefix: string, ask: AskRoots): Promise<FoundSession> {
  const wanted = idOrPrefix.toLowerCase();
  if (wanted.length < shortestPrefix) {
    return notFound(
      `"${idOrPrefix}" is too short: give the session's id, or at least its first ${shortestPrefix} characters.`,
    );
  }
  const matches = new Map<string, SessionFile>();
  const lists = await ask(async (root) => ({ root, files: await listReadable(root) }));
  for (const file of lists.flatMap(({ files }) => files)) {
    if (!file.id.toLowerCase().startsWith(wanted)) continue;
    const known = matches.get(file.id);
    if (!known || known.modifiedAtMs < file.modifiedAtMs) matches.set(file.id, file);
  }
  const [first, ...others] = matches.values();
  if (!first)
    return notFound(
      `No session with the id "${idOrPrefix}" in ${lists.map(({ root }) => root).join(', ') || 'any folder'}.`,
    );
  if (others.length > 0) {
    const ids = [first, ...others].map(({ id }) => id).join(', ');
    return notFound(`"${idOrPrefix}" fits several sessions: ${ids}. Give more of the id.`);
  }
  return { kind: 'found', file: first };
}

/** A root that is missing or closed to us holds no session that could be exported; its health says so elsewhere. */
function listReadable(root: string): Promise<SessionFile[]> {
  return listSessionFiles(root).catch(() => []);
}

function notFound(message: string): FoundSession {
  return { kind: 'not-found', message };
}
