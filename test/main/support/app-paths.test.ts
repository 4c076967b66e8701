import { describe, expect, it } from 'vitest';
import { resolveAppPaths, resolveConfigPaths, type PlaceFacts } from '../../../src/main/support/app-paths.js';

const linux: PlaceFacts = {
  homeFolder: '/home/ada',
  platform: 'linux',
  environment: {},
  dataFolder: null,
  temporaryFolder: '/tmp',
  userId: 1000,
  exists: () => false,
};
const mac: PlaceFacts = { ...linux, platform: 'darwin', homeFolder: '/Users/ada', temporaryFolder: '/var/folders/x/T' };
const windows: PlaceFacts = {
  ...linux,
  platform: 'win32',
  homeFolder: String.raw`C:\Users\ada`,
  environment: { APPDATA: String.raw`C:\Users\ada\AppData\Roaming` },
  userId: null,
};

describe('resolveConfigPaths', () => {
  it.each<[string, PlaceFacts, string]>([
    ['Linux', linux, '/home/ada/.config/context-watcher'],
    ['XDG_CONFIG_HOME', { ...linux, environment: { XDG_CONFIG_HOME: '/cfg' } }, '/cfg/context-watcher'],
    [
      'a relative XDG_CONFIG_HOME',
      { ...linux, environment: { XDG_CONFIG_HOME: 'cfg' } },
      '/home/ada/.config/context-watcher',
    ],
    ['macOS', mac, '/Users/ada/Library/Application Support/Context Watcher'],
    ['Windows', windows, String.raw`C:\Users\ada\AppData\Roaming\Context Watcher`],
    [
      'Windows without APPDATA',
      { ...windows, environment: {} },
      String.raw`C:\Users\ada\AppData\Roaming\Context Watcher`,
    ],
    ['--data-dir', { ...linux, dataFolder: '/data' }, '/data/config'],
    ['--data-dir on Windows', { ...windows, dataFolder: String.raw`D:\data` }, String.raw`D:\data\config`],
  ])('finds the settings folder with %s', (_, facts, folder) => {
    expect(resolveConfigPaths(facts).settingsFolder).toBe(folder);
  });
});

describe('resolveAppPaths', () => {
  const projects = '/home/ada/PROJECTS/.coditect-data/context-storage';
  it.each<[string, PlaceFacts, string | null, string, string]>([
    ['nothing', linux, null, '/home/ada/.coditect/context-storage', '/home/ada/.coditect/logs/context-watcher.log'],
    [
      'the projects folder',
      { ...linux, exists: (folder) => folder === projects },
      null,
      projects,
      '/home/ada/PROJECTS/.coditect-data/logs/context-watcher.log',
    ],
    ['the setting', { ...linux, exists: () => true }, '/big/storage', '/big/storage', '/big/logs/context-watcher.log'],
    ['~ in the setting', linux, '~/storage', '/home/ada/storage', '/home/ada/logs/context-watcher.log'],
    ['--data-dir', { ...linux, dataFolder: '/data' }, '/big/storage', '/data', '/data/logs/context-watcher.log'],
    [
      'Windows',
      windows,
      null,
      String.raw`C:\Users\ada\.coditect\context-storage`,
      String.raw`C:\Users\ada\.coditect\logs\context-watcher.log`,
    ],
  ])('takes the context storage from %s', (_, facts, setting, storage, logFile) => {
    const paths = resolveAppPaths(facts, setting);
    expect(paths.contextStorage).toBe(storage);
    expect(paths.logFile).toBe(logFile);
  });

  it('keeps the names of the daemon', () => {
    const paths = resolveAppPaths(mac, null);
    const storage = '/Users/ada/.coditect/context-storage';
    expect(paths).toMatchObject({
      exportsPending: `${storage}/exports-pending`,
      exportsArchive: `${storage}/exports-archive`,
      processingReports: `${storage}/cx-processing-reports`,
      stateFile: `${storage}/auto-export-state.json`,
      pidFile: `${storage}/context-watcher.pid`,
    });
  });

  it('puts everything below --data-dir', () => {
    const { controlSockets, ...places } = resolveAppPaths({ ...linux, dataFolder: '/data' }, null);
    for (const place of Object.values(places)) expect(place).toMatch(/^\/data(\/|$)/);
    expect(controlSockets[0]).toBe('/data/context-watcher.sock');
  });

  it('names the socket by a hash where the path is too long, one for each storage', () => {
    const far = (name: string) => resolveAppPaths({ ...linux, dataFolder: `/${'x'.repeat(90)}/${name}` }, null);
    const [socket = ''] = far('a').controlSockets;
    expect(far('a').controlSockets).toHaveLength(1);
    expect(socket).toMatch(/^\/tmp\/context-watcher-1000\/[0-9a-f]{16}\.sock$/);
    expect(far('b').controlSockets[0]).not.toBe(socket);
    const withRuntime = { ...linux, dataFolder: '/x'.repeat(60), environment: { XDG_RUNTIME_DIR: '/run/user/1000' } };
    expect(resolveAppPaths(withRuntime, null).controlSockets[0]).toMatch(/^\/run\/user\/1000\/context-watcher\//);
  });

  it('has a socket also where storage and temporary folder are too long', () => {
    const facts = { ...linux, dataFolder: '/x'.repeat(60), temporaryFolder: '/y'.repeat(60) };
    const { controlSockets } = resolveAppPaths(facts, null);
    expect(controlSockets).toHaveLength(1);
    expect(Buffer.byteLength(controlSockets[0] ?? '')).toBeLessThan(104);
  });

  it('uses a named pipe on Windows', () => {
    expect(resolveAppPaths(windows, null).controlSockets).toEqual([
      expect.stringMatching(/^\\\\\.\\pipe\\context-watcher-[0-9a-f]{16}$/),
    ]);
  });
});
