import Conf from 'conf';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';
import { readJsonRecord } from './json-record.js';
import { moveAside } from './keep-aside.js';
import type { KeyValueStore } from './key-value-store.js';

/** A store that is `<folder>/<name>.json`. */
export interface StorePlace {
  readonly folder: string;
  readonly name: 'settings' | 'state';
  readonly now: () => Date;
}

/** An open store, and what went wrong while it was opened. */
export interface OpenedStore {
  readonly store: KeyValueStore;
  readonly problems: readonly Problem[];
}

/**
 * Opens a store, making its folder (0700). A file that holds no JSON object is kept aside and an empty store opened in
 * its place; where nothing can be read or written the store lives in memory. Both are said in `problems`; it never throws.
 * `create` makes the store itself: electron-store in the app, by default conf; each writes atomically with mode 0600.
 */
export function openStore(
  options: StorePlace & { readonly create?: (folder: string, name: string) => KeyValueStore },
): OpenedStore {
  const { folder, name, now, create = openConf } = options;
  const file = path.join(folder, `${name}.json`);
  const problems: Problem[] = [];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = readJsonRecord(file);
    if (found.kind === 'unreadable') throw new Error(found.reason);
    if (found.kind === 'nonsense') problems.push(keptAside(name, file, moveAside(file, now()), found.reason, now()));
    return { store: create(folder, name), problems };
  } catch (error) {
    return { store: openMemoryStore(file, {}), problems: [...problems, unusable(name, file, error, now())] };
  }
}

/** Reads a store's file without touching the disk: what is set stays in memory, a file that can't be used counts as empty. */
export function openReadOnlyStore({ folder, name, now }: StorePlace): OpenedStore {
  const file = path.join(folder, `${name}.json`);
  const found = readJsonRecord(file);
  if (found.kind === 'record') return { store: openMemoryStore(file, found.record), problems: [] };
  if (found.kind === 'missing') return { store: openMemoryStore(file, {}), problems: [] };
  return { store: openMemoryStore(file, {}), problems: [unusable(name, file, new Error(found.reason), now())] };
}

function openConf(folder: string, name: string): KeyValueStore {
  return new Conf({ cwd: folder, configName: name, configFileMode: 0o600, accessPropertiesByDotNotation: false });
}

function openMemoryStore(file: string, first: Readonly<Record<string, unknown>>): KeyValueStore {
  let record = first;
  return {
    path: file,
    get: (key) => (Object.hasOwn(record, key) ? record[key] : undefined),
    set(changes) {
      record = { ...record, ...changes };
    },
  };
}

const what = { settings: 'the settings', state: 'what the app remembers' } as const;

function keptAside(name: StorePlace['name'], file: string, kept: string, reason: string, now: Date): Problem {
  return {
    code: `${name}-unreadable`,
    message: `${path.basename(file)} could not be read, so ${what[name]} start from the defaults. ${oneLine(reason, 200)}`,
    mend: `The file is kept as ${kept}: mend it and put it back while the app is stopped, or delete it.`,
    sessionId: null,
    since: now.toISOString(),
  };
}

function unusable(name: StorePlace['name'], file: string, error: unknown, now: Date): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: `${name}-unreadable`,
    message: `${what[name]} can't be read from ${file}: the defaults are used and nothing is kept. ${oneLine(reason, 200)}`,
    mend: `Make ${path.dirname(file)} and ${path.basename(file)} readable and writable for you, and start again.`,
    sessionId: null,
    since: now.toISOString(),
  };
}
