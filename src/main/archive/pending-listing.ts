import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { inParallel } from '../sessions/in-parallel.js';
import { namesAmongMany } from '../export/folder-names.js';
import { manifestNameOf, parseSegmentName } from '../export/segment-name.js';
import { errorCode, storageError } from '../export/storage-error.js';
import { demandNoLink } from '../export/storage-folder.js';
import { serialRunner } from './serial-runner.js';

/** A file of the pending folder as the folder itself tells of it: nothing is opened. */
export interface ListedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** When one of our segments was written, by its name; null for a loose file. Epoch milliseconds, whole seconds. */
  readonly exportedMs: number | null;
}

/** What waits in a pending folder, kept from look to look, so that a look costs what is new and not what waits. */
export interface PendingListing {
  /** Looks at the folder again: asks the disk about new names, and about the oldest known ones, which people see. Throws a `StorageError`. */
  readonly refresh: () => Promise<void>;
  /** Oldest first. */
  readonly files: () => Iterable<ListedFile>;
  readonly find: (name: string) => ListedFile | undefined;
  readonly count: () => number;
  /** Takes a file that was looked at outside of a refresh. */
  readonly put: (file: ListedFile) => void;
  /** Forgets a file that was processed, set aside or is gone. */
  readonly drop: (name: string) => void;
}

/** How many names are asked about at a time, and sorted in one go. */
const batchSize = 10_000;
const parallel = 16;
/** The oldest ones are asked about anew at each look, for they may have grown. */
const refreshed = 200;

/**
 * Starts with an empty list. Listed are committed segments (with a manifest beside them) and loose `.jsonl` and `.txt`
 * files; links, folders, hidden files and unfinished segments are not. `onGone` hears of names that have left.
 */
export function openPendingListing(
  folder: string,
  { onGone = () => undefined, look = lookAtFile }: { onGone?: (name: string) => void; look?: typeof lookAtFile } = {},
): PendingListing {
  const files = new Map<string, ListedFile>();
  /** Sorted; what `files` doesn't hold any more, or holds in a newer form, is passed over. */
  let order: readonly ListedFile[] = [];
  /** Before this place in `order` there is nothing left. */
  let first = 0;
  /** What came while the folder was being read, which may not have told of it. */
  const putMeanwhile = new Set<string>();
  const serially = serialRunner();

  function drop(name: string): void {
    if (files.delete(name)) onGone(name);
  }

  const isListed = (file: ListedFile | undefined): boolean => file !== undefined && files.get(file.name) === file;

  function* inOrder(): Iterable<ListedFile> {
    while (first < order.length && !isListed(order[first])) first += 1;
    // What comes meanwhile is for the next who asks.
    const sorted = order;
    for (let index = first; index < sorted.length; index += 1) {
      const file = sorted[index];
      if (file && isListed(file)) yield file;
    }
  }

  async function add(names: readonly string[]): Promise<void> {
    for (let from = 0; from < names.length; from += batchSize) {
      const batch = names.slice(from, from + batchSize);
      const found: ListedFile[] = [];
      await inParallel(batch, parallel, async (name) => {
        const file = await look(folder, name);
        if (file === null) drop(name);
        else if (!isSame(files.get(name), file)) found.push(file);
      });
      if (found.length > 0) insert(found);
    }
  }

  function insert(found: readonly ListedFile[]): void {
    for (const file of found) files.set(file.name, file);
    order = merged(order.slice(first), found.toSorted(byAge), isListed);
    first = 0;
  }

  async function refresh(): Promise<void> {
    putMeanwhile.clear();
    await demandNoLink(folder);
    const present = await pendingNames(folder);
    await setImmediate();
    for (const name of files.keys()) if (!present.has(name) && !putMeanwhile.has(name)) drop(name);
    await setImmediate();
    const fresh = [...present].filter((name) => !files.has(name));
    const oldest = firstOf(inOrder(), refreshed).map(({ name }) => name);
    await add([...oldest, ...fresh]);
  }

  return {
    refresh: () => serially(refresh),
    files: inOrder,
    find: (name) => files.get(name),
    count: () => files.size,
    put(file) {
      putMeanwhile.add(file.name);
      if (!isSame(files.get(file.name), file)) insert([file]);
    },
    drop,
  };
}

/** The first so many of a sequence. */
export function firstOf<Item>(items: Iterable<Item>, count: number): Item[] {
  const first: Item[] = [];
  for (const item of items) {
    if (first.length >= count) break;
    first.push(item);
  }
  return first;
}

/** The names of what may be processed; none where there is no folder. Read in pieces: a hundred thousand names are no pause. */
async function pendingNames(folder: string): Promise<ReadonlySet<string>> {
  const segments: string[] = [];
  const manifests = new Set<string>();
  const loose = await namesAmongMany(folder, (name) => {
    if (name.startsWith('.')) return false;
    if (name.endsWith('.manifest.json')) manifests.add(name);
    else if (parseSegmentName(name)) segments.push(name);
    else return /\.(?:jsonl|txt)$/.test(name);
    return false;
  });
  const names = new Set(loose);
  for (const name of segments) if (manifests.has(manifestNameOf(name))) names.add(name);
  return names;
}

/** What the folder tells of one name; null where that is no file. Throws a `StorageError`. */
export async function lookAtFile(folder: string, name: string): Promise<ListedFile | null> {
  const file = path.join(folder, name);
  try {
    const facts = await lstat(file);
    if (!facts.isFile()) return null;
    return { name, sizeBytes: facts.size, modifiedMs: facts.mtimeMs, exportedMs: exportedMsOf(name) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw storageError('look at a pending export', file, error);
  }
}

/** The time in a segment's name, as epoch milliseconds. */
function exportedMsOf(name: string): number | null {
  const stamp = parseSegmentName(name)?.stamp;
  if (stamp === undefined) return null;
  const [, date, hour, minute, second] = /^(.{10})-(..)(..)(..)$/.exec(stamp) ?? [];
  const time = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? 0 : time;
}

function isSame(known: ListedFile | undefined, { sizeBytes, modifiedMs }: ListedFile): boolean {
  return known?.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs;
}

function byAge(one: ListedFile, other: ListedFile): number {
  if (one.modifiedMs !== other.modifiedMs) return one.modifiedMs - other.modifiedMs;
  return one.name < other.name ? -1 : Number(one.name > other.name);
}

/** Two sorted lists as one, without what is not kept. */
function merged(
  one: readonly ListedFile[],
  other: readonly ListedFile[],
  isKept: (file: ListedFile) => boolean,
): readonly ListedFile[] {
  const all: ListedFile[] = [];
  let next = 0;
  for (const file of one) {
    if (!isKept(file)) continue;
    for (let newer = other[next]; newer && byAge(newer, file) < 0; newer = other[next]) {
      all.push(newer);
      next += 1;
    }
    all.push(file);
  }
  return [...all, ...other.slice(next)];
}
