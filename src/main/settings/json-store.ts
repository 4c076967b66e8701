import Conf from 'conf';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';
import { readJsonRecord } from './json-record.js';
import { moveAside } from './keep-aside.js';
import type { KeyValueStore } from './key-value-store.js';
import { openMemoryStore, type OpenedStore, type StorePlace, unusable, what } from './read-only-store.js';

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

function openConf(folder: string, name: string): KeyValueStore {
  return new Conf({ cwd: folder, configName: name, configFileMode: 0o600, accessPropertiesByDotNotation: false });
}

function keptAside(name: StorePlace['name'], file: string, kept: string, reason: string, now: Date): Problem {
  return {
    code: `${name}-unreadable`,
    message: `${path.basename(file)} could not be read, so ${what[name]} start from the defaults. ${oneLine(reason, 200)}`,
    mend: `The file is kept as ${kept}: mend it and put it back while the app is stopped, or delete it.`,
    sessionId: null,
    since: now.toISOString(),
  };
}
