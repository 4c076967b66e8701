import Store from 'electron-store';
import type { KeyValueStore } from '../settings/key-value-store.js';

/**
 * Opens `<folder>/<name>.json` with electron-store: the same file that the plain-Node command line opens with conf. Readable
 * by its owner only. Throws when the file is no JSON object or the folder can't be written.
 */
export function openElectronStore(folder: string, name: string): KeyValueStore {
  const store = new Store<Record<string, unknown>>({
    cwd: folder,
    name,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  });
  return { path: store.path, get: (key) => store.get(key), set: (record) => store.set(record) };
}
