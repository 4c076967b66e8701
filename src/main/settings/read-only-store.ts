import path from 'node:path';
import type { Problem } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';
import { readJsonRecord } from './json-record.js';
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

/** Reads a store's file without touching the disk: what is set stays in memory, a file that can't be used counts as empty. */
export function openReadOnlyStore({ folder, name, now }: StorePlace): OpenedStore {
  const file = path.join(folder, `${name}.json`);
  const found = readJsonRecord(file);
  if (found.kind === 'record') return { store: openMemoryStore(file, found.record), problems: [] };
  if (found.kind === 'missing') return { store: openMemoryStore(file, {}), problems: [] };
  return { store: openMemoryStore(file, {}), problems: [unusable(name, file, new Error(found.reason), now())] };
}

/** A store that keeps what is set in memory, under the name of `file`. */
export function openMemoryStore(file: string, first: Readonly<Record<string, unknown>>): KeyValueStore {
  let record = first;
  return {
    path: file,
    get: (key) => (Object.hasOwn(record, key) ? record[key] : undefined),
    set(changes) {
      record = { ...record, ...changes };
    },
  };
}

/** What a store holds, in words. */
export const what = { settings: 'the settings', state: 'what the app remembers' } as const;

/** Says that the file of a store can't be used. */
export function unusable(name: StorePlace['name'], file: string, error: unknown, now: Date): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: `${name}-unreadable`,
    message: `${what[name]} can't be read from ${file}: the defaults are used and nothing is kept. ${oneLine(reason, 200)}`,
    mend: `Make ${path.dirname(file)} and ${path.basename(file)} readable and writable for you, and start again.`,
    sessionId: null,
    since: now.toISOString(),
  };
}
