import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Places } from '../../shared/app-state.js';
import { expandHome } from './expand-home.js';

/** What the places depend on; every folder absolute. */
export interface PlaceFacts {
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder given with `--data-dir`, below which everything is then written. */
  readonly dataFolder: string | null;
  readonly temporaryFolder: string;
  /** The number of the user on POSIX systems, null on Windows. */
  readonly userId: number | null;
  readonly exists: (path: string) => boolean;
}

/** What is known before the settings are read. */
export interface ConfigPaths {
  readonly settingsFolder: string;
  readonly settingsFile: string;
  /** The app's own memory between two runs. */
  readonly appStateFile: string;
  /** Chromium's profile. */
  readonly electronUserData: string;
}

/** Every place the app reads or writes, besides the session files. */
export interface AppPaths extends Places, ConfigPaths {
  /** The daemon's `auto-export-state.json`. */
  readonly stateFile: string;
  readonly pidFile: string;
  /** What proves that the process in the pid file is ours. */
  readonly instanceFile: string;
  readonly processingReports: string;
  /** Where the running instance listens: the first of these that the file system takes. Never empty. */
  readonly controlSockets: readonly string[];
}

const storageName = 'context-storage';
const socketName = 'context-watcher.sock';
/** `sun_path` holds 104 bytes on macOS and the BSDs (108 on Linux), the closing NUL included. */
const socketPathBytes = 104;

/** First step: where the settings are. They name the context storage, which the second step needs. */
export function resolveConfigPaths(facts: PlaceFacts): ConfigPaths {
  const { join } = pathsOf(facts);
  const settingsFolder = facts.dataFolder === null ? userConfigFolder(facts) : join(facts.dataFolder, 'config');
  return {
    settingsFolder,
    settingsFile: join(settingsFolder, 'settings.json'),
    appStateFile: join(settingsFolder, 'state.json'),
    electronUserData: join(settingsFolder, 'electron'),
  };
}

/**
 * Second step: everything else. The context storage is `--data-dir`, else the setting, else the first usual folder that
 * exists; the log lies beside it, or inside with `--data-dir`.
 */
export function resolveAppPaths(facts: PlaceFacts, contextStorageSetting: string | null): AppPaths {
  const { join, dirname } = pathsOf(facts);
  const contextStorage = facts.dataFolder ?? chosenStorage(facts, contextStorageSetting) ?? usualStorage(facts);
  const logParent = facts.dataFolder ?? dirname(contextStorage);
  return {
    ...resolveConfigPaths(facts),
    contextStorage,
    exportsPending: join(contextStorage, 'exports-pending'),
    exportsArchive: join(contextStorage, 'exports-archive'),
    processingReports: join(contextStorage, 'cx-processing-reports'),
    logFile: join(logParent, 'logs', 'context-watcher.log'),
    stateFile: join(contextStorage, 'auto-export-state.json'),
    pidFile: join(contextStorage, 'context-watcher.pid'),
    instanceFile: join(contextStorage, 'context-watcher.instance.json'),
    controlSockets: controlSockets(facts, contextStorage),
  };
}

function pathsOf({ platform }: PlaceFacts): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

function userConfigFolder(facts: PlaceFacts): string {
  const { join, isAbsolute } = pathsOf(facts);
  const { environment, homeFolder, platform } = facts;
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Context Watcher');
  if (platform === 'win32') {
    return join(environment['APPDATA'] || join(homeFolder, 'AppData', 'Roaming'), 'Context Watcher');
  }
  const configHome = environment['XDG_CONFIG_HOME'] ?? '';
  // The XDG specification: a relative path there is invalid and to be ignored.
  return join(isAbsolute(configHome) ? configHome : join(homeFolder, '.config'), 'context-watcher');
}

function chosenStorage(facts: PlaceFacts, setting: string | null): string | null {
  return setting === null ? null : expandHome(setting, facts.homeFolder);
}

function usualStorage(facts: PlaceFacts): string {
  const { join } = pathsOf(facts);
  const projectStorage = join(facts.homeFolder, 'PROJECTS', '.coditect-data', storageName);
  return facts.exists(projectStorage) ? projectStorage : join(facts.homeFolder, '.coditect', storageName);
}

/**
 * The socket lies in the context storage. Where that path is too long for a socket address, or the file system knows
 * no sockets, it is named by a hash of the storage path in the user's runtime folder, else in a private folder below
 * the temporary one: the only thing that `--data-dir` can't hold. Windows has named pipes, outside of the file system.
 */
function controlSockets(facts: PlaceFacts, contextStorage: string): string[] {
  const { join } = pathsOf(facts);
  const hash = createHash('sha256').update(contextStorage).digest('hex').slice(0, 16);
  if (facts.platform === 'win32') return [String.raw`\\.\pipe\context-watcher-${hash}`];
  const runtimeFolder = facts.environment['XDG_RUNTIME_DIR'] ?? '';
  const privateFolder = path.posix.isAbsolute(runtimeFolder)
    ? join(runtimeFolder, 'context-watcher')
    : join(facts.temporaryFolder, `context-watcher-${facts.userId ?? 'user'}`);
  const sockets = [join(contextStorage, socketName), join(privateFolder, `${hash}.sock`)];
  const usable = sockets.filter((socket) => Buffer.byteLength(socket) < socketPathBytes);
  return usable.length > 0 ? usable : [`/tmp/context-watcher-${facts.userId ?? 'user'}/${hash}.sock`];
}
