import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { RootSource } from '../../shared/app-state.js';
import { expandHome } from '../support/expand-home.js';
import type { RootDisk } from './root-disk.js';

/** What decides where session files are looked for. */
export interface SessionRootSources {
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders from the settings. */
  readonly extraRoots: readonly string[];
  /** Folders from `--claude-dir`; when there is one, nothing else is asked. */
  readonly claudeFolders: readonly string[];
}

/** A `projects` folder to watch. */
export interface SessionRoot {
  /** Absolute. */
  readonly path: string;
  readonly source: RootSource;
  /** The one way to its disk, for whoever asks it. */
  readonly disk: RootDisk;
}

interface NamedFolder {
  /** Absolute: a config folder or its `projects` folder. */
  readonly folder: string;
  readonly source: RootSource;
  /** A habit of few, listed only when it is there. */
  readonly isHabit?: boolean;
}

interface LookedAt extends SessionRoot {
  /** Tells two names of one folder; null when it is missing or its disk doesn't answer. */
  readonly identity: string | null;
  readonly isHabit: boolean;
}

/**
 * The `projects` folders to watch, without doubles (two names of one existing folder count once; the first stays).
 * `~/.claude`, `$CLAUDE_CONFIG_DIR` and the settings' roots are listed even when they are missing, because they may
 * appear. Every entry may be a config folder or its `projects` folder; of one whose disk doesn't answer the name decides.
 * Only what is named is asked for: nothing looks for Windows' folders from inside WSL or the other way round, because
 * asking for `\\wsl$` starts distributions. `diskOf` gives the same disk for the same folder.
 */
export async function resolveSessionRoots(
  sources: SessionRootSources,
  diskOf: (folder: string) => RootDisk,
  platform: NodeJS.Platform = process.platform,
): Promise<readonly SessionRoot[]> {
  const rules = platform === 'win32' ? path.win32 : path.posix;
  const named = await nameFolders(sources, rules, (folder) => isFolder(folder, diskOf(folder)));
  const looked = await Promise.all(named.map((entry) => lookAt(entry, diskOf(entry.folder), rules)));
  const present = looked.filter(({ isHabit, identity }) => !isHabit || identity !== null);
  return withoutDoubles(present, platform).map(({ path: root, source, disk }) => ({ path: root, source, disk }));
}

async function nameFolders(
  { homeFolder, environment, extraRoots, claudeFolders }: SessionRootSources,
  rules: path.PlatformPath,
  isThere: (folder: string) => Promise<boolean>,
): Promise<readonly NamedFolder[]> {
  const expand = (entry: string) => rules.resolve(expandHome(entry.trim(), homeFolder, rules));
  const from = (source: RootSource, entries: readonly string[]) =>
    entries.filter((entry) => entry.trim() !== '').map((entry) => ({ folder: expand(entry), source }));
  if (claudeFolders.length > 0) return from('flag', claudeFolders);
  const variable = environment['CLAUDE_CONFIG_DIR'] ?? '';
  // The client takes the variable as one folder, other tools as a comma list: a folder with a comma in its name wins.
  const isList = variable.includes(',') && !(await isThere(expand(variable)));
  return [
    { folder: rules.join(homeFolder, '.claude'), source: 'usual' },
    ...from('environment', isList ? variable.split(',') : [variable]),
    { folder: rules.join(homeFolder, '.config', 'claude'), source: 'usual', isHabit: true },
    ...from('settings', extraRoots),
  ];
}

async function lookAt(
  { folder, source, isHabit = false }: NamedFolder,
  disk: RootDisk,
  rules: path.PlatformPath,
): Promise<LookedAt> {
  const below = rules.join(folder, 'projects');
  const isCalledProjects = rules.basename(folder) === 'projects';
  const whole = async () => {
    const identity = await identityOf(below, disk);
    if (identity !== null || !isCalledProjects) return { path: below, identity };
    return { path: folder, identity: await identityOf(folder, disk) };
  };
  const guess = { path: isCalledProjects ? folder : below, identity: null };
  return { ...((await disk.orSlow(whole)) ?? guess), source, disk, isHabit };
}

function withoutDoubles(roots: readonly LookedAt[], platform: NodeJS.Platform): readonly LookedAt[] {
  const ignoresCase = platform === 'win32' || platform === 'darwin';
  const seen = new Set<string>();
  return roots.filter(({ path: root, identity }) => {
    // Of folders that are there the system knows better whether upper and lower case make a difference.
    const name = ignoresCase && identity === null ? root.normalize().toLowerCase() : root;
    if (seen.has(name) || (identity !== null && seen.has(identity))) return false;
    seen.add(name);
    if (identity !== null) seen.add(identity);
    return true;
  });
}

async function isFolder(folder: string, disk: RootDisk): Promise<boolean> {
  return (await disk.orSlow(() => identityOf(folder, disk))) !== null;
}

/** Null when there is no folder. Where the system numbers no files (0), every name is a folder of its own. */
async function identityOf(folder: string, disk: RootDisk): Promise<string | null> {
  try {
    const stats = await disk.ask(() => stat(folder, { bigint: true }));
    if (!stats.isDirectory()) return null;
    return stats.ino === 0n ? `name ${folder}` : `${stats.dev}:${stats.ino}`;
  } catch {
    // Missing or closed to us: its health says which.
    return null;
  }
}
