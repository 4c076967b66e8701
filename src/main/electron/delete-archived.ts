import { dialog, shell } from 'electron';
import type { DeletionAnswer } from '../../shared/deletion-answer.js';
import { byteWords } from '../views/byte-words.js';
import { sessionLabel, shownText } from '../views/shown-text.js';
import type { EngineSource } from './engine-source.js';

/** Asks in a native dialog, and then moves what is archived of a session to the system's bin. */
export async function deleteArchived(engine: EngineSource, sessionId: string): Promise<DeletionAnswer> {
  const { sessions, archive } = engine.state();
  const session = sessions.find(({ id }) => id === sessionId);
  const listed = archive.largest.find((one) => one.sessionId === sessionId)?.bytes;
  const bytes = archive.bytesBySession[sessionId] ?? listed;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Move the archive of ${session ? sessionLabel(session) : shownText(sessionId, 60)} to the bin?`,
    detail: [
      ...(bytes === undefined ? [] : [`It takes ${byteWords(bytes)}.`]),
      session
        ? 'Claude Code still has the session: it can be exported again.'
        : 'Claude Code may no longer have the session: this may be the only copy.',
    ].join(' '),
    buttons: ['Move to Bin', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  if (response !== 0) return { kind: 'cancelled' };
  return engine.current().deleteArchived(sessionId, (folder) => shell.trashItem(folder));
}
