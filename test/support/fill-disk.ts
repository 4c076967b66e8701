import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Writes a file into the folder until its disk takes no more; hands back what removes it. */
export function fillDisk(folder: string): { readonly makeRoom: () => void } {
  const filler = path.join(folder, 'filler');
  const descriptor = openSync(filler, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(descriptor);
  }
  return { makeRoom: () => rmSync(filler) };
}
