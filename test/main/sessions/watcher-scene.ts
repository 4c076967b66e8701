import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { RootHealth } from '../../../src/shared/app-state.js';
import { openRootDisk } from '../../../src/main/sessions/root-disk.js';
import type { SessionFile } from '../../../src/main/sessions/session-file.js';
import { watchSessions, type SessionWatcherOptions } from '../../../src/main/sessions/session-watcher.js';
import type { WatchTrouble } from '../../../src/main/sessions/watch-trouble.js';
import { tempFolder } from '../../support/temp-folder.js';

/** A poll interval or time that no test lives to see. */
export const never = 3_600_000;
/** How long and how often a test waits for an event. */
export const soon = { timeout: 5000, interval: 10 };
/** A session id for a number. */
export const idOf = (number: number) => `127e953c-b649-416b-bfc4-${String(number).padStart(12, '0')}`;

/** A watcher that only events can move, and all that it tells. */
export async function startWatcher(
  paths: readonly string[],
  { slowAfterMs = 2000, ...options }: Partial<SessionWatcherOptions> & { readonly slowAfterMs?: number } = {},
) {
  const seen = new Map<string, SessionFile>();
  const calls: SessionFile[] = [];
  const gone: string[] = [];
  const health: RootHealth[] = [];
  const troubles: WatchTrouble[] = [];
  const watcher = await watchSessions({
    roots: paths.map((root) => ({ path: root, source: 'flag', disk: openRootDisk(slowAfterMs) })),
    pollIntervalMs: never,
    onFile(file) {
      calls.push(file);
      seen.set(file.path, file);
    },
    onGone(file) {
      gone.push(file);
      seen.delete(file);
    },
    onRoot: (root) => health.push(root),
    onTrouble: (trouble) => troubles.push(trouble),
    ...options,
  });
  onTestFinished(() => watcher.stop());
  const sizeOf = (file: string) => seen.get(file)?.sizeBytes;
  const lastState = () => health.at(-1)?.state;
  const stateOf = (root: string | undefined) => health.findLast(({ path: of }) => of === root)?.state;
  return { watcher, stateOf, seen, calls, gone, health, troubles, sizeOf, lastState };
}

/** A root with one project folder, and the names of session files in it. */
export function newRoot(): { root: string; folder: string; file: (number: number) => string } {
  const root = path.join(tempFolder(), 'config', 'projects');
  const folder = path.join(root, '-home-someone');
  mkdirSync(folder, { recursive: true });
  return { root, folder, file: (number) => path.join(folder, `${idOf(number)}.jsonl`) };
}
