import type { NamedSession } from '../../shared/app-state.js';
import type { SessionFile } from '../sessions/session-file.js';
import { openTranscriptReader } from '../sessions/transcript-reader.js';
import { projectOf } from './session-view.js';

/**
 * Names sessions that nobody follows, from the ends of their files: each is read back to its newest answer, most
 * often some 64 KB, so only a few should be asked for. One that can't be read now, or lies on a disk that isn't quick, is named by its folder.
 */
export async function nameSessions(
  files: readonly SessionFile[],
  isQuick: (filePath: string) => boolean,
): Promise<readonly NamedSession[]> {
  return Promise.all(
    files.map(async ({ id, path, folder }) => {
      const found = isQuick(path) ? await openTranscriptReader({ path }).glance() : null;
      const facts = found?.kind === 'read' ? found.snapshot.facts : null;
      return { sessionId: id, project: projectOf(facts?.cwd ?? null, folder), title: facts?.title ?? null };
    }),
  );
}
