import type { RootHealth } from '../shared/app-state.js';

/** The watched folders, those from the settings with their entry there, and the entries that are no folder of their own. */
export interface AddedFolders {
  readonly watched: readonly { readonly root: RootHealth; readonly entry: string | null }[];
  /** Entries that name a folder which is watched under another name, or are not looked at while a flag names the folders. */
  readonly unlisted: readonly string[];
}

/** Tells which watched folder (a `projects` folder) comes of which entry of `extraRoots`: a config folder or its `projects` folder, absolute or from `~` on. */
export function addedFolders(roots: readonly RootHealth[], entries: readonly string[]): AddedFolders {
  const watched = roots.map((root) => ({
    root,
    entry: root.source === 'settings' ? (entries.find((entry) => isSamePlace(root.path, entry)) ?? null) : null,
  }));
  const known = new Set(watched.map(({ entry }) => entry));
  return { watched, unlisted: entries.filter((entry) => !known.has(entry)) };
}

function isSamePlace(root: string, entry: string): boolean {
  const place = plain(root);
  const named = plain(entry.trim());
  const isFromHome = named.startsWith('~/');
  const ends = [named, `${named}/projects`].map((name) => (isFromHome ? name.slice(1) : name));
  return ends.some((end) => (isFromHome ? place.endsWith(end) : place === end));
}

/** With one kind of separator and none at the end. */
function plain(folder: string): string {
  return folder.replaceAll('\\', '/').replace(/\/+$/, '');
}
