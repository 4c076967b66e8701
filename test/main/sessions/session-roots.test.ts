import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keepRootDisks } from '../../../src/main/sessions/root-disks.js';
import { resolveSessionRoots, type SessionRootSources } from '../../../src/main/sessions/session-roots.js';
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

const someone = String.raw`C:\Users\me`;

/** Roots by another platform's rules: nothing of them is there, so names alone count. */
async function namesOn(platform: NodeJS.Platform, sources: Partial<SessionRootSources>): Promise<readonly string[]> {
  const all = { homeFolder: someone, environment: {}, extraRoots: [], claudeFolders: [], ...sources };
  return (await resolveSessionRoots(all, keepRootDisks(), platform)).map((root) => root.path);
}

test.skipIf(process.platform === 'win32').each<[string, Partial<SessionRootSources>, readonly string[]]>([
  [
    'drives, shares and distributions are taken when they are named',
    {
      extraRoots: [
        String.raw`D:\work\claude`,
        String.raw`\\server\share\me\.claude`,
        String.raw`\\wsl$\Ubuntu\home\me\.claude`,
        String.raw`\\wsl.localhost\Debian\home\me\.claude\projects`,
        String.raw`~\other`,
        'E:/forward/slashes',
      ],
    },
    [
      String.raw`C:\Users\me\.claude\projects`,
      String.raw`D:\work\claude\projects`,
      String.raw`\\server\share\me\.claude\projects`,
      String.raw`\\wsl$\Ubuntu\home\me\.claude\projects`,
      String.raw`\\wsl.localhost\Debian\home\me\.claude\projects`,
      String.raw`C:\Users\me\other\projects`,
      String.raw`E:\forward\slashes\projects`,
    ],
  ],
  [
    'upper and lower case make no other folder',
    {
      extraRoots: [
        String.raw`c:\users\ME\.claude`,
        String.raw`\\SERVER\share\a`,
        String.raw`\\server\Share\A\projects`,
      ],
    },
    [String.raw`C:\Users\me\.claude\projects`, String.raw`\\SERVER\share\a\projects`],
  ],
  [
    'the variable is taken by the same rules',
    { environment: { CLAUDE_CONFIG_DIR: String.raw`D:\a, \\server\share\b` } },
    [String.raw`C:\Users\me\.claude\projects`, String.raw`D:\a\projects`, String.raw`\\server\share\b\projects`],
  ],
  ['the command line replaces them all', { claudeFolders: [String.raw`D:\a\projects`] }, [String.raw`D:\a\projects`]],
])('on Windows: %s', async (_name, sources, expected) => {
  expect(await namesOn('win32', sources)).toEqual(expected);
});

test.skipIf(process.platform === 'win32')(
  'on macOS names that differ in case or in the form of an accent are one, on Linux two',
  async () => {
    const sources = {
      homeFolder: '/nowhere/me',
      extraRoots: ['/nowhere/ME/.claude', '/nowhere/caf\u00e9', '/nowhere/cafe\u0301'],
    };
    expect(await namesOn('darwin', sources)).toEqual(['/nowhere/me/.claude/projects', '/nowhere/caf\u00e9/projects']);
    expect(await namesOn('linux', sources)).toHaveLength(4);
  },
);

test('each root says where it is named, the first name counts', async () => {
  const homeFolder = tempFolder();
  const sources = {
    homeFolder,
    environment: { CLAUDE_CONFIG_DIR: path.join(homeFolder, 'a') },
    extraRoots: [path.join(homeFolder, 'a'), '/mnt/c/Users/me/.claude'],
    claudeFolders: [],
  };
  const roots = await resolveSessionRoots(sources, keepRootDisks());
  expect(roots.map(({ source }) => source)).toEqual(['usual', 'environment', 'settings']);
  const [flag] = await resolveSessionRoots({ ...sources, claudeFolders: [homeFolder] }, keepRootDisks());
  expect(flag?.source).toBe('flag');
});
