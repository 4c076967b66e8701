import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Scene } from './scene.js';

/** The folders of the demos that were started from the popover and not left. */
export function demoFolders(scene: Scene): readonly string[] {
  const names = readdirSync(scene.temporary).filter((name) => name.startsWith('context-watcher-demo-'));
  return names.map((name) => path.join(scene.temporary, name));
}

/** The ids of the sessions that have an archived export below a context storage. */
export function exportedSessions(storage: string): readonly string[] {
  const archive = path.join(storage, 'exports-archive');
  return readdirSync(path.dirname(archive)).includes('exports-archive') ? readdirSync(archive) : [];
}
