import { compressedNameOf } from '../export/segment-name.js';
import { pathExists } from '../export/path-exists.js';

/** Where an export lies by now that once lay at a path: still there, compressed beside it, or neither. Paths are absolute. */
export type StandingExport =
  { readonly kind: 'plain' | 'compressed'; readonly path: string } | { readonly kind: 'gone' };

/** Looks for an export at the path that a notice, an event or a processing report has named when it was made. */
export async function findStandingExport(file: string): Promise<StandingExport> {
  if (await pathExists(file)) return { kind: 'plain', path: file };
  const compressed = compressedNameOf(file);
  return (await pathExists(compressed)) ? { kind: 'compressed', path: compressed } : { kind: 'gone' };
}
