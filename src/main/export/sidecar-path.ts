import path from 'node:path';
import { StorageError } from './storage-error.js';

const oldAgentFile = /^agent-[^/\\]+\.(?:jsonl|meta\.json)$/;

/**
 * Whether a text is a sidecar's path as manifests carry it: relative to the folder that the session file lies in, parts
 * joined with `/`; either `<session id>/…` or, from clients up to 2.1.1, an `agent-….jsonl` beside the session file. It
 * never leads out of that folder.
 */
export function isSidecarPath(text: string): boolean {
  const parts = text.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'))) return false;
  return parts.length > 1 || oldAgentFile.test(text);
}

/** The session whose own folder a sidecar lies in; null for one that lies beside the session file. */
export function sidecarOwner(sidecarPath: string): string | null {
  const [first, second] = sidecarPath.split('/');
  return second === undefined ? null : (first ?? null);
}

/**
 * Where a sidecar belongs below the folder of its session file, absolute if that is. Throws a `StorageError` where this
 * system would read the path as another one: a backslash or a colon on Windows.
 */
export function sidecarTarget(sessionFolder: string, sidecarPath: string): string {
  const target = path.join(sessionFolder, ...sidecarPath.split('/'));
  const isBelow = path.relative(sessionFolder, target).split(path.sep).join('/') === sidecarPath;
  const isPlain = path.sep === '/' || !/[\\:]/.test(sidecarPath);
  if (isSidecarPath(sidecarPath) && isBelow && isPlain) return target;
  throw new StorageError(`This system has no such file name: ${JSON.stringify(sidecarPath)}.`, {
    code: 'EINVAL',
    mend: 'Take the file from the archive by hand, under a name of your own.',
  });
}
