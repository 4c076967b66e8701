import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { SeededRandom } from '../../bench/seeded-random.js';
import type { NumberedRecord, PlaceRecord } from './power-cut-journal.js';

/** The names in each folder of a storage, all by inode, as the disk has them for good. */
export interface DiskNames {
  readonly root: string;
  readonly folders: Map<string, Map<string, string>>;
}

type NameRecord = Extract<NumberedRecord, { kind: 'give' | 'take' | 'move' }>;

/** Reads which names a storage has. The index is left out: SQLite looks after its own flushes. */
export function readNames(storage: string): DiskNames {
  const folders = new Map<string, Map<string, string>>();
  const read = (folder: string): string => {
    const node = String(lstatSync(folder).ino);
    const names = new Map<string, string>();
    folders.set(node, names);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (isIndex(storage, file)) continue;
      names.set(entry.name, entry.isDirectory() ? read(file) : String(lstatSync(file).ino));
    }
    return node;
  };
  const root = read(storage);
  return { root, folders };
}

/**
 * Takes back what no flush had secured when the process died: of each name given, taken or moved since the last flush of
 * its folder the seed decides by itself; of a file what lies beyond its last flush is cut or zeroed from some byte on.
 */
export function cutPower({
  storage,
  records,
  before,
  random,
}: {
  readonly storage: string;
  readonly records: string;
  readonly before: DiskNames;
  readonly random: SeededRandom;
}): void {
  const { folders, root } = before;
  let unsecured: NameRecord[] = [];
  const made = new Set<string>();
  const flushedBytes = new Map<string, number>();
  for (const record of readJournal(path.join(records, 'journal'))) {
    if (record.kind === 'flush') flushedBytes.set(record.node, record.bytes);
    else if (record.kind === 'failed') unsecured = unsecured.filter(({ sequence }) => sequence !== record.failed);
    else if (record.kind === 'flush-folder') {
      const isSecured = (one: NameRecord) => one.sequence <= record.upTo && touches(one, record.folder);
      for (const one of unsecured.filter(isSecured)) apply(one, folders);
      unsecured = unsecured.filter((one) => !isSecured(one));
    } else {
      unsecured.push(record);
      if (record.kind === 'give' && record.isNew) made.add(record.node);
      // Its names are known once the folder itself is.
      if (record.kind === 'give' && record.isFolder) folders.set(record.node, new Map());
    }
  }
  const left = new Map<string, PlaceRecord>();
  for (const one of unsecured) {
    if (random.share() < 0.5) {
      apply(one, folders);
      // What was moved twice stands under its first name or its last, not under both.
      const first = left.get(one.node);
      if (one.kind === 'move' && first) forget(first, one.node, folders);
    } else if (one.kind === 'move' && !left.has(one.node)) left.set(one.node, one.from);
  }
  for (const node of made) spoil(path.join(records, 'kept', node), flushedBytes.get(node) ?? 0, random);
  build(storage, root, { storage, folders, kept: path.join(records, 'kept') });
}

function readJournal(file: string): readonly NumberedRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // Behind the last line end: nothing, or half a record.
  return lines.slice(0, -1).map((line) => JSON.parse(line));
}

function touches(record: NameRecord, folder: string): boolean {
  return record.kind === 'move'
    ? record.from.folder === folder || record.to.folder === folder
    : record.folder === folder;
}

function apply(record: NameRecord, folders: DiskNames['folders']): void {
  if (record.kind === 'give') folders.get(record.folder)?.set(record.name, record.node);
  if (record.kind === 'take') forget(record, record.node, folders);
  if (record.kind === 'move') {
    forget(record.from, record.node, folders);
    folders.get(record.to.folder)?.set(record.to.name, record.node);
  }
}

function forget({ folder, name }: PlaceRecord, node: string, folders: DiskNames['folders']): void {
  const names = folders.get(folder);
  if (names?.get(name) === node) names.delete(name);
}

function spoil(file: string, flushed: number, random: SeededRandom): void {
  if (!existsSync(file)) return;
  const { size } = lstatSync(file);
  if (size <= flushed) return;
  truncateSync(file, random.whole(flushed, size - 1));
  // Extended again it holds zeros: the length had reached the disk, the bytes had not.
  if (random.share() < 0.5) truncateSync(file, size);
}

/** Makes a folder what its names say. */
function build(
  folder: string,
  node: string,
  disk: { readonly storage: string; readonly folders: DiskNames['folders']; readonly kept: string },
): void {
  const names = disk.folders.get(node) ?? new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (!names.has(name) && !isIndex(disk.storage, file)) rmSync(file, { recursive: true });
  }
  for (const [name, wanted] of names) {
    const file = path.join(folder, name);
    const isFolder = disk.folders.has(wanted);
    const facts = lstatSync(file, { throwIfNoEntry: false });
    if (facts && (isFolder ? !facts.isDirectory() : String(facts.ino) !== wanted)) rmSync(file, { recursive: true });
    if (isFolder) {
      mkdirSync(file, { recursive: true, mode: 0o700 });
      build(file, wanted, disk);
    } else if (!existsSync(file)) linkSync(path.join(disk.kept, wanted), file);
  }
}

function isIndex(storage: string, file: string): boolean {
  return file === path.join(storage, 'index');
}
