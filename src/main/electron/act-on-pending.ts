import { shell } from 'electron';
import type { PendingAction, PendingAnswer } from '../../shared/pending-answer.js';
import { oneLine } from '../support/one-line.js';
import type { ShellEngine } from './engine-source.js';
import { openFile } from './open-file.js';

/** Does what the page asks for with one pending file. The page names it; the engine knows the path, of files that are pending. */
export async function actOnPending(
  engine: Pick<ShellEngine, 'retryPending' | 'setPendingAside' | 'bringPendingBack' | 'pendingPath'>,
  action: PendingAction,
  name: string,
): Promise<PendingAnswer> {
  switch (action) {
    case 'retry':
      return engine.retryPending(name);
    case 'set-aside':
      return engine.setPendingAside(name);
    case 'bring-back':
      return engine.bringPendingBack(name);
    case 'open':
    case 'reveal': {
      const file = await engine.pendingPath(name);
      if (file === null) return { kind: 'unknown', message: `${oneLine(name, 200)} is not pending any more.` };
      if (action === 'open') await openFile(file);
      else shell.showItemInFolder(file);
      return { kind: 'done', message: `Opened: ${file}` };
    }
  }
}
