import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import promises from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JournalRecord, PowerCutFault } from './power-cut-journal.js';

/*
 * To be loaded before a script (`--import`): writes down which names were given and taken in the storage, what was
 * flushed of them, and keeps every file that loses its name, so that another process can take back what no flush had
 * secured. What lies in the index folder is SQLite's own affair. Nothing of this is in the app.
 */
const storage = process.env['POWER_CUT_STORAGE'] ?? '';
const records = process.env['POWER_CUT_RECORDS'] ?? '';
const fault = (process.env['POWER_CUT_FAULT'] ?? '') as PowerCutFault | '';
const kept = path.join(records, 'kept');
mkdirSync(kept, { recursive: true });
const journal = openSync(path.join(records, 'journal'), 'a', 0o600);
const real = { ...promises };
const watched = new WeakMap<FileHandle, { readonly node: string; readonly isFolder: boolean }>();
let sequence = 0;

function write(record: JournalRecord): number {
  writeSync(journal, `${JSON.stringify({ ...record, sequence: (sequence += 1) })}\n`);
  return sequence;
}

function isWatched(file: unknown): file is string {
  if (typeof file !== 'string' || file.startsWith(path.join(storage, 'index'))) return false;
  return file === storage || file.startsWith(storage + path.sep);
}

function factsOf(file: string): Stats | null {
  return lstatSync(file, { throwIfNoEntry: false }) ?? null;
}

function nodeOf(file: string): string {
  return String(lstatSync(file).ino);
}

function placeOf(file: string): { readonly folder: string; readonly name: string } {
  return { folder: nodeOf(path.dirname(file)), name: path.basename(file) };
}

/** Keeps what has a name from being lost with it; an open folder keeps its number from being used again. */
function keep(file: string): void {
  const facts = factsOf(file);
  if (!facts) return;
  if (facts.isDirectory()) {
    openSync(file, 'r');
    for (const name of readdirSync(file)) keep(path.join(file, name));
    return;
  }
  const target = path.join(kept, String(facts.ino));
  if (!factsOf(target)) linkSync(file, target);
}

async function noting<Result>(record: JournalRecord, work: () => Promise<Result>): Promise<Result> {
  const noted = write(record);
  try {
    return await work();
  } catch (error) {
    write({ kind: 'failed', failed: noted });
    throw error;
  }
}

promises.open = (async (file: string, flags: string | number = 'r', mode?: number) => {
  if (!isWatched(file)) return real.open(file, flags, mode);
  const creates = typeof flags === 'string' ? /[wa]/.test(flags) : (flags & constants.O_CREAT) !== 0;
  const isNew = creates && !factsOf(file);
  const handle = await real.open(file, flags, mode);
  const facts = fstatSync(handle.fd);
  if (isNew) {
    keep(file);
    write({ kind: 'give', ...placeOf(file), node: String(facts.ino), isFolder: false, isNew: true });
  }
  watched.set(handle, { node: String(facts.ino), isFolder: facts.isDirectory() });
  return handle;
}) as typeof promises.open;

promises.mkdir = (async (folder: string, options?: { readonly recursive?: boolean; readonly mode?: number }) => {
  if (!isWatched(folder)) return real.mkdir(folder, options);
  const missing: string[] = [];
  for (let at = folder; at !== storage && !factsOf(at); at = path.dirname(at)) missing.unshift(at);
  const made = await real.mkdir(folder, options);
  for (const each of missing) {
    keep(each);
    write({ kind: 'give', ...placeOf(each), node: nodeOf(each), isFolder: true, isNew: true });
  }
  return made;
}) as typeof promises.mkdir;

promises.link = (async (from: string, to: string) => {
  if (!isWatched(to)) return real.link(from, to);
  if (fault === 'manifest-first' && to.endsWith('pct.jsonl') && path.dirname(to).endsWith('exports-pending')) {
    await giveManifest(to);
  }
  // Killed before the work is done, the name may be given all the same: what was noted may be on the disk.
  keep(from);
  const given = { kind: 'give', ...placeOf(to), node: nodeOf(from), isFolder: false, isNew: false } as const;
  return noting(given, () => real.link(from, to));
}) as typeof promises.link;

promises.rename = (async (from: string, to: string) => {
  if (!isWatched(to)) return real.rename(from, to);
  keep(from);
  if (factsOf(to)?.isFile()) keep(to);
  const isFolder = lstatSync(from).isDirectory();
  const move = { kind: 'move', from: placeOf(from), to: placeOf(to), node: nodeOf(from), isFolder } as const;
  return noting(move, () => real.rename(from, to));
}) as typeof promises.rename;

promises.rm = (async (file: string, options?: Parameters<typeof promises.rm>[1]) => {
  const facts = isWatched(file) ? factsOf(file) : null;
  if (!facts) return real.rm(file, options);
  keep(file);
  const take = (each: string): void => {
    if (lstatSync(each).isDirectory()) for (const name of readdirSync(each)) take(path.join(each, name));
    write({ kind: 'take', ...placeOf(each), node: nodeOf(each) });
  };
  take(file);
  return real.rm(file, options);
}) as typeof promises.rm;

const probe = await real.open(path.join(records, 'journal'), 'r');
const prototype = Object.getPrototypeOf(probe) as { sync: (this: FileHandle) => Promise<void> };
await probe.close();
const { sync } = prototype;
prototype.sync = async function flush(this: FileHandle) {
  const known = watched.get(this);
  if (!known) return sync.call(this);
  const { node, isFolder } = known;
  if (fault === (isFolder ? 'skip-folder-flush' : 'skip-flush')) return;
  const before = { upTo: sequence, bytes: fstatSync(this.fd).size };
  await sync.call(this);
  write(
    isFolder ? { kind: 'flush-folder', folder: node, upTo: before.upTo } : { kind: 'flush', node, bytes: before.bytes },
  );
};

/** Breaks the order on purpose: the manifest gets its name before its segment has one. */
async function giveManifest(segment: string): Promise<void> {
  const manifest = segment.replace(/\.jsonl$/, '.manifest.json');
  const folder = path.dirname(segment);
  const draft = readdirSync(folder).find((name) => name.startsWith(`.${path.basename(manifest)}.`));
  if (draft === undefined) return;
  await promises.link(path.join(folder, draft), manifest);
  await pause(2);
}

process.on('exit', () => closeSync(journal));
syncBuiltinESMExports();
