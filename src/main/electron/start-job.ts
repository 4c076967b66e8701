import { dialog } from 'electron';
import type { JobAnswer, JobWish } from '../../shared/jobs.js';
import type { EngineSource } from './engine-source.js';

/** Starts the job that the page wishes. A folder to restore into is asked for in a native dialog; the page names none. */
export async function startJob(engine: EngineSource, wish: JobWish): Promise<JobAnswer> {
  if (wish.kind !== 'restore') return engine.current().jobs.start(wish);
  const { kind, sessionId, place } = wish;
  if (place === 'original') return engine.current().jobs.start({ kind, sessionId, into: null });
  const { filePaths } = await dialog.showOpenDialog({
    title: 'Restore into',
    message: 'Restore into',
    buttonLabel: 'Restore here',
    properties: ['openDirectory', 'createDirectory'],
  });
  const [into] = filePaths;
  return into === undefined ? { kind: 'cancelled' } : engine.current().jobs.start({ kind, sessionId, into });
}
