import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { exportedAtMs, parseSegmentName } from '../export/segment-name.js';
import { errorCode } from '../export/storage-error.js';

/** What an archived session takes. */
export interface SessionSize {
  /** Of all files in its folder. */
  readonly bytes: number;
  readonly segments: number;
  /** Segments, and folders of sidecars, that are not compressed. */
  readonly plain: number;
  /** When the newest segment was exported, in milliseconds since 1970; null without one. */
  readonly exportedAtMs: number | null;
}

/** Adds up the files of a session's archive folder and its folders of sidecars. What vanishes meanwhile is left out. */
export async function measureSession(folder: string): Promise<SessionSize> {
  let [bytes, segments, plain] = [0, 0, 0];
  let newestMs: number | null = null;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isFile()) {
      bytes += await fileBytes(place);
      const name = parseSegmentName(entry.name.replace(/\.br$/, ''));
      if (name === null) continue;
      segments += 1;
      newestMs = Math.max(newestMs ?? 0, exportedAtMs(name));
      if (!entry.name.endsWith('.br')) plain += 1;
    } else if (entry.isDirectory() && entry.name.endsWith('.sidecars')) {
      const sidecars = await readdir(place, { withFileTypes: true });
      for (const sidecar of sidecars) if (sidecar.isFile()) bytes += await fileBytes(path.join(place, sidecar.name));
      if (sidecars.some(({ name }) => !name.endsWith('.br'))) plain += 1;
    }
  }
  return { bytes, segments, plain, exportedAtMs: newestMs };
}

/** Of a file; 0 where it is gone. */
export async function fileBytes(file: string): Promise<number> {
  try {
    return (await lstat(file)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
