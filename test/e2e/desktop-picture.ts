import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { e2eEnvironment } from './e2e-environment.js';

/**
 * Saves a picture of the whole desktop for whoever looks into a failure, and returns its path. It lies in the system's temporary
 * folder, since the tests' own folder is gone when they are over.
 */
export async function saveDesktopPicture(name: string): Promise<string> {
  const folder = path.join(tmpdir(), 'context-watcher-e2e-failures');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name.replaceAll(/[^\w-]+/g, '-').slice(0, 100)}.png`);
  await execa('import', ['-window', 'root', file], { env: e2eEnvironment().desktop });
  return file;
}
