import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Variables under which `python3` runs its script with sh instead: tests of scripts then need no Python. POSIX only. */
export function shellPython(folder: string): { readonly PATH: string } {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, 'python3'), '#!/bin/sh\nexec /bin/sh "$@"\n', { mode: 0o700 });
  return { PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
}

/** Puts a script of CODITECT's into a home folder. */
export function installScript(
  homeFolder: string,
  name: 'session-exporter.py' | 'unified-message-extractor.py',
  shell: string,
): void {
  const folder = path.join(homeFolder, '.coditect', 'scripts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), shell);
}
