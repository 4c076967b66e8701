import { existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { autostartFolder, setAutostart } from '../../../src/main/electron/autostart-file.js';
import { desktopEntry } from '../../../src/main/electron/desktop-entry.js';
import { tempFolder } from '../../support/temp-folder.js';

const words = ['/opt/context-watcher'];

function scene() {
  const folder = path.join(tempFolder(), 'config', 'autostart');
  const file = path.join(folder, 'context-watcher.desktop');
  return { folder, file };
}

describe('autostartFolder', () => {
  it.each([
    [{}, '/home/me/.config/autostart'],
    [{ XDG_CONFIG_HOME: '/cfg' }, '/cfg/autostart'],
    [{ XDG_CONFIG_HOME: 'relative' }, '/home/me/.config/autostart'],
    [{ XDG_CONFIG_HOME: '' }, '/home/me/.config/autostart'],
  ])('%j: %s', (environment, folder) => {
    expect(autostartFolder('/home/me', environment)).toBe(folder);
  });
});

describe.skipIf(process.platform === 'win32')('setAutostart', () => {
  it('writes a private file in a private folder, once, and removes it', async () => {
    const { folder, file } = scene();
    expect(await setAutostart(folder, words, true)).toEqual({ kind: 'set' });
    expect(readFileSync(file, 'utf8')).toBe(desktopEntry(words));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const { ino } = statSync(file);
    await setAutostart(folder, words, true);
    expect(statSync(file).ino).toBe(ino);
    expect(await setAutostart(folder, words, false)).toEqual({ kind: 'set' });
    expect(existsSync(file)).toBe(false);
    expect(await setAutostart(folder, words, false)).toEqual({ kind: 'set' });
  });

  it('writes its own file anew when the app lies elsewhere', async () => {
    const { folder, file } = scene();
    await setAutostart(folder, ['/old/AppImage'], true);
    await setAutostart(folder, words, true);
    expect(readFileSync(file, 'utf8')).toBe(desktopEntry(words));
  });

  it.each([
    ['changed, still started', `${desktopEntry(words)}X-Mine=1\n`, 'set', 'refused'],
    ['switched off by the desktop', `${desktopEntry(words)}Hidden=true\n`, 'refused', 'set'],
    ['somebody else’s', '[Desktop Entry]\nExec=other\n', 'set', 'refused'],
  ])('leaves a file that is %s as it is', async (_, content, on, off) => {
    const { folder, file } = scene();
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, content);
    expect((await setAutostart(folder, words, true)).kind).toBe(on);
    expect((await setAutostart(folder, words, false)).kind).toBe(off);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('follows no link in the place of the file', async () => {
    const { folder, file } = scene();
    mkdirSync(folder, { recursive: true });
    const target = path.join(folder, 'elsewhere');
    writeFileSync(target, desktopEntry(['/old']));
    symlinkSync(target, file);
    await setAutostart(folder, words, true);
    await setAutostart(folder, words, false);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe(desktopEntry(['/old']));
  });

  it('says what the disk refuses', async () => {
    const { folder } = scene();
    mkdirSync(path.dirname(folder), { recursive: true });
    writeFileSync(folder, 'a file in the place of the folder');
    await expect(setAutostart(folder, words, true)).rejects.toThrow(/autostart/);
  });
});
