import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { expandHome } from '../support/expand-home.js';

/** What decides where session files are looked for. */
export interface SessionRootSources {
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders from the settings. */
  readonly extraRoots: readonly string[];
  /** Folders from `--claude-dir`; when there is one, nothing else is asked. */
  readonly claudeFolders: readonly string[];
}

/**
 * The absolute `projects` folders to watch, without doubles (two names of one existing folder count once; the first
 * stays). `~/.claude`, `$CLAUDE_CONFIG_DIR` and the settings' roots are listed even when they are missing, because they
 * may appear; `~/.config/claude` is a habit of few and listed only when it is there. Every entry may be a config folder
 * or its `projects` folder.
 */
export function resolveSessionRoots({
  homeFolder,
  environment,
  extraRoots,
  claudeFolders,
}: SessionRootSources): string[] {
  const expand = (entry: string) => path.resolve(expandHome(entry, homeFolder));
  if (claudeFolders.length > 0) return withoutDoubles(claudeFolders.map((entry) => projectsFolderOf(expand(entry))));
  const habit = path.join(homeFolder, '.config', 'claude');
  const entries = [
    path.join(homeFolder, '.claude'),
    ...splitList(environment['CLAUDE_CONFIG_DIR'] ?? '', expand),
    ...(existsSync(path.join(habit, 'projects')) ? [habit] : []),
    ...extraRoots.filter((entry) => entry.trim() !== ''),
  ];
  return withoutDoubles(entries.map((entry) => projectsFolderOf(expand(entry))));
}

/** The client takes the variable as one folder, other tools as a comma list: a folder with a comma in its name wins. */
function splitList(value: string, expand: (entry: string) => string): string[] {
  if (value.trim() === '') return [];
  if (isFolder(expand(value))) return [value];
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function projectsFolderOf(folder: string): string {
  const below = path.join(folder, 'projects');
  return path.basename(folder) === 'projects' && !isFolder(below) ? folder : below;
}

function withoutDoubles(folders: readonly string[]): string[] {
  const seen = new Set<string>();
  return folders.filter((folder) => {
    const identity = existsSync(folder) ? realpathSync(folder) : folder;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
