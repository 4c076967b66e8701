import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { desktopEntry, isOwnEntry, isSwitchedOff } from '../../../src/main/electron/desktop-entry.js';
import { tempFolder } from '../../support/temp-folder.js';
import { waitUntil } from '../../support/wait-until.js';

const hasGio = spawnSync('gio', ['version']).status === 0;
const execOf = (content: string): string | undefined => /^Exec=(.*)$/m.exec(content)?.[1];

describe('desktopEntry', () => {
  it.each([
    [['/opt/context-watcher'], '"/opt/context-watcher"'],
    [
      ['/opt/Context Watcher/cw', '--data-dir', '/home/me/my data'],
      '"/opt/Context Watcher/cw" "--data-dir" "/home/me/my data"',
    ],
    // The specification's own cases: a backslash takes four, a dollar sign two backslashes before it.
    [['/a/b\\c'], String.raw`"/a/b\\\\c"`],
    [['/a/$HOME'], String.raw`"/a/\\$HOME"`],
    [['/a/`x`"y"'], String.raw`"/a/\\` + '`x' + String.raw`\\` + '`' + String.raw`\\"y\\""`],
    [['/a/100%u'], '"/a/100%%u"'],
    [['/a/line\nHidden:x'], String.raw`"/a/line\nHidden:x"`],
  ])('quotes %j', (words, exec) => {
    expect(execOf(desktopEntry(words))).toBe(exec);
  });

  it.each([[['/opt/a=b/cw']], [[]]])('names no program of %j', (words) => {
    expect(() => desktopEntry(words)).toThrow(/autostart file/);
  });

  it('keeps line ends of arguments in one line', () => {
    const content = desktopEntry(['/cw', '--data-dir', '/x\nHidden=true']);
    expect(content.split('\n').filter((line) => line.startsWith('Hidden'))).toEqual([]);
    expect(isSwitchedOff(content)).toBe(false);
  });

  it('tells its own file from one that somebody changed', () => {
    const content = desktopEntry(['/cw']);
    expect(isOwnEntry(content)).toBe(true);
    expect(isOwnEntry(content.replace('Terminal=false', 'Terminal=true'))).toBe(false);
    expect(isOwnEntry(`${content}Hidden=true\n`)).toBe(false);
    expect(isOwnEntry('[Desktop Entry]\nType=Application\n')).toBe(false);
  });
});

describe('isSwitchedOff', () => {
  it.each([
    ['Hidden=true', true],
    ['Hidden = True', true],
    ['X-GNOME-Autostart-enabled=false', true],
    ['X-GNOME-Autostart-enabled=true', false],
    ['#Hidden=true', false],
    ['Hidden=false', false],
  ])('%s: %s', (line, isOff) => {
    expect(isSwitchedOff(`[Desktop Entry]\n${line}\nName=x\n`)).toBe(isOff);
  });
});

// GLib is what GNOME, Xfce and others read these files with.
describe.skipIf(!hasGio)('a desktop (skipped without the command gio)', () => {
  it('starts the program with the very arguments', async () => {
    const folder = tempFolder();
    const program = path.join(folder, 'a "program" of $mine');
    const told = path.join(folder, 'told');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\0' "$@" > '${told}.new' && mv '${told}.new' '${told}'\n`, {
      mode: 0o700,
    });
    const args = [
      '--data-dir',
      '/home/me/a b',
      String.raw`back\slash\\`,
      '$HOME `id`',
      '100%u %%',
      'q"d',
      "apo's",
      'a\n\tb',
      '',
      'ü;x>y|z',
    ];
    const entry = path.join(folder, 'entry.desktop');
    writeFileSync(`${entry}.new`, desktopEntry([program, ...args]));
    renameSync(`${entry}.new`, entry);
    execFileSync('gio', ['launch', entry]);
    const said = await waitUntil('the program to be started', () =>
      existsSync(told) ? readFileSync(told, 'utf8') : null,
    );
    expect(said.split('\0').slice(0, -1)).toEqual(args);
  });
});
