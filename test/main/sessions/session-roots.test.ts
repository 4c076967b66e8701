import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keepRootDisks } from '../../../src/main/sessions/root-disks.js';
import { resolveSessionRoots } from '../../../src/main/sessions/session-roots.js';
import { tempFolder } from '../../support/temp-folder.js';

/** Roots below a home with the given folders, as paths relative to it. */
async function rootsIn({
  folders = [],
  links = [],
  variable,
  extraRoots = [],
  claudeFolders = [],
}: {
  readonly folders?: readonly string[];
  readonly links?: readonly (readonly [target: string, link: string])[];
  readonly variable?: string;
  readonly extraRoots?: readonly string[];
  readonly claudeFolders?: readonly string[];
}): Promise<string[]> {
  const homeFolder = tempFolder();
  const inHome = (entry: string) => entry.replaceAll('HOME', homeFolder);
  for (const folder of folders) mkdirSync(path.join(homeFolder, folder), { recursive: true });
  for (const [target, link] of links) symlinkSync(path.join(homeFolder, target), path.join(homeFolder, link));
  const sources = {
    homeFolder,
    environment: variable === undefined ? {} : { CLAUDE_CONFIG_DIR: inHome(variable) },
    extraRoots: extraRoots.map(inHome),
    claudeFolders: claudeFolders.map(inHome),
  };
  const roots = (await resolveSessionRoots(sources, keepRootDisks())).map((root) => root.path);
  expect(roots.filter((root) => !path.isAbsolute(root))).toEqual([]);
  return roots.map((root) => path.relative(homeFolder, root));
}

const usual = '.claude/projects';

test.each<[string, Parameters<typeof rootsIn>[0], readonly string[]]>([
  ['the usual root is listed although it is missing', {}, [usual]],
  [
    'the habit of few is listed when it is there',
    { folders: ['.config/claude/projects'] },
    [usual, '.config/claude/projects'],
  ],
  ['the variable adds its folder, there or not', { variable: 'HOME/other' }, [usual, 'other/projects']],
  ['the variable may be a list', { variable: 'HOME/one, ~/two,,' }, [usual, 'one/projects', 'two/projects']],
  [
    'a folder with a comma in its name is one folder',
    { folders: ['a,b'], variable: 'HOME/a,b' },
    [usual, 'a,b/projects'],
  ],
  ['an empty variable says nothing', { variable: ' ' }, [usual]],
  [
    'the settings add theirs',
    { extraRoots: ['~/work', 'HOME/more/projects', ''] },
    [usual, 'work/projects', 'more/projects'],
  ],
  [
    'a config folder that is called projects has its own below',
    { folders: ['projects/projects'], extraRoots: ['~/projects'] },
    [usual, 'projects/projects'],
  ],
  ['one folder counts once', { variable: 'HOME/.claude', extraRoots: ['~/.claude/', '~/.claude/projects'] }, [usual]],
  [
    'two names of one folder count once',
    { folders: [usual, 'x'], links: [['.claude', 'x/link']], extraRoots: ['~/x/link'] },
    [usual],
  ],
  [
    'the command line replaces them all',
    { variable: 'HOME/other', extraRoots: ['~/work'], claudeFolders: ['HOME/one', '~/two/projects', 'HOME/one'] },
    ['one/projects', 'two/projects'],
  ],
])('%s', async (_name, given, expected) => {
  expect(await rootsIn(given)).toEqual(expected);
});
