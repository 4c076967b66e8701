import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { StorageError } from '../export/storage-error.js';

const chunkBytes = 1024 * 1024;
/** V8 holds no longer texts; the client's largest lines are some 10 MB. */
const longestLineBytes = 256 * 1024 * 1024;

/**
 * Reads a file from end to end in pieces of 1 MB and calls `onUuid` with the uuid of each entry that has one. Lines
 * that are no JSON object, or longer than 256 MB, are passed over and counted. A `.txt` file is only hashed. Blocks: for
 * a worker thread. Throws for a link or a folder in the file's place, and for a file that is being written.
 */
export function readEntryFile(
  path: string,
  onUuid: (uuid: string) => void,
): { readonly sha256: string; readonly sizeBytes: number; readonly badLines: number } {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const before = fstatSync(descriptor);
    if (!before.isFile()) throw new TypeError(`Not a file: ${path}`);
    const hash = createHash('sha256');
    let badLines = 0;
    const lines = path.endsWith('.txt')
      ? null
      : splitLines((line) => {
          const entry = line === null ? badEntry : readEntry(line);
          if (!entry.readable) badLines += 1;
          else if (entry.uuid !== null) onUuid(entry.uuid);
        });
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let sizeBytes = 0;
    for (;;) {
      const bytesRead = readSync(descriptor, chunk, 0, chunkBytes, sizeBytes);
      if (bytesRead === 0) break;
      const bytes = chunk.subarray(0, bytesRead);
      hash.update(bytes);
      lines?.push(bytes);
      sizeBytes += bytesRead;
    }
    lines?.end();
    const after = fstatSync(descriptor);
    if (after.mtimeMs !== before.mtimeMs || after.size !== sizeBytes) throw changingFile(path);
    return { sha256: hash.digest('hex'), sizeBytes, badLines };
  } finally {
    closeSync(descriptor);
  }
}

/** The error for a file that another program writes to while it is worked on. */
export function changingFile(path: string): StorageError {
  return new StorageError(`A file changed while it was processed (${path}).`, {
    code: 'FILE_CHANGING',
    mend: 'It is tried again once its writer has ended.',
  });
}

/** Calls back with each line that isn't blank; with null for one that is too long to be read. */
function splitLines(onLine: (line: string | null) => void) {
  let pieces: Buffer[] = [];
  let length = 0;
  function finish(last: Buffer): void {
    const whole = pieces.length > 0 ? Buffer.concat([...pieces, last]) : last;
    const tooLong = length + last.length > longestLineBytes;
    pieces = [];
    length = 0;
    const text = tooLong ? null : whole.toString('utf8');
    if (text === null || text.trim() !== '') onLine(text);
  }
  return {
    push(bytes: Buffer): void {
      let from = 0;
      for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
        finish(bytes.subarray(from, to));
        from = to + 1;
      }
      const rest = bytes.subarray(from);
      length += rest.length;
      if (length > longestLineBytes) pieces = [];
      else if (rest.length > 0) pieces.push(Buffer.from(rest));
    },
    end: () => finish(Buffer.alloc(0)),
  };
}

interface Entry {
  readonly readable: boolean;
  readonly uuid: string | null;
}

function readEntry(line: string): Entry {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return badEntry;
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return badEntry;
  const uuid = 'uuid' in entry ? entry.uuid : null;
  if (typeof uuid !== 'string' || uuid === '') return { readable: true, uuid: null };
  const key = ordinary.test(uuid) ? uuid : `sha256:${createHash('sha256').update(uuid).digest('hex')}`;
  return { readable: true, uuid: key };
}

const badEntry: Entry = { readable: false, uuid: null };
/** What the database keeps as it is; any other text is keyed by its hash. */
const ordinary = /^[\x21-\x7e]{1,128}$/;
const newline = 10;
