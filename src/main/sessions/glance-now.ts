import { closeSync, fstatSync, lstatSync, openSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runScanNow } from './file-scan.js';
import { readingFlags } from './readable-file.js';
import { sessionFileFrom, sessionIdOf, type SessionFile } from './session-file.js';
import { scanTail } from './tail-scan.js';
import { failureOf, notAFile, type TranscriptRead } from './transcript-read.js';
import { glanceSnapshot } from './transcript-snapshot.js';

/**
 * Looks at the end of a session file and says how full it is. It waits for the disk instead of giving way, which costs
 * a quarter of the time: for a command that reads once and ends, not for anything that goes on running. `scratch` is
 * memory to read into, the same for one file after the other.
 */
export function glanceNow({ path: filePath }: SessionFile, scratch: Buffer): TranscriptRead {
  try {
    const descriptor = openSync(filePath, readingFlags);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return notAFile;
      const facts = runScanNow(descriptor, scanTail(stats.size), scratch);
      return { kind: 'read', snapshot: glanceSnapshot(facts, stats, 0) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return failureOf(error);
  }
}

/** All sessions of a `projects` folder, as `listSessionFiles` finds them, likewise without giving way. A root that cannot be listed throws. */
export function listSessionFilesNow(root: string): SessionFile[] {
  return readdirSync(root).flatMap((name) => listFolderNow(root + path.sep + name));
}

/** What vanishes or is closed to us while walking is left out. */
function listFolderNow(folder: string): SessionFile[] {
  return attempt(() => readdirSync(folder), []).flatMap((name) => {
    const id = sessionIdOf(name);
    if (id === null) return [];
    const filePath = folder + path.sep + name;
    const stats = attempt(() => lstatSync(filePath), null);
    return stats?.isFile() === true ? [sessionFileFrom(id, filePath, stats)] : [];
  });
}

function attempt<Value, Otherwise>(act: () => Value, otherwise: Otherwise): Value | Otherwise {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
