import { mkdirSync } from 'node:fs';
import { app, Menu } from 'electron';
import { registerAppScheme } from './app-protocol.js';
import { lockAllPages } from './page-security.js';

/**
 * All that has to be settled before Electron is ready: name, folders, sandbox, the app's own scheme, no Dock icon; and that
 * closing the last window ends nothing. `userDataFolder` is where Chromium keeps its own files and the lock of the single instance; null
 * for the usual place. Throws when the folder can't be made.
 */
export function prepareApp(options: { readonly userDataFolder: string | null }): void {
  app.setName('Context Watcher');
  app.setAppUserModelId('app.contextwatcher');
  if (options.userDataFolder !== null) {
    mkdirSync(options.userDataFolder, { recursive: true, mode: 0o700 });
    app.setPath('userData', options.userDataFolder);
  }
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (process.env['XDG_SESSION_TYPE'] === 'wayland') listenThroughPortal();
  registerAppScheme();
  lockAllPages();
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null,
  );
  if (process.platform === 'darwin') app.setActivationPolicy('accessory');
  app.on('window-all-closed', () => undefined);
}

/**
 * Claims to be the only instance for this user data folder. False: another one runs and has been told; end. True:
 * `onSecondStart` is called with the command line of every later start.
 */
export function acquireSingleInstance(
  onSecondStart: (commandLine: readonly string[], workingFolder: string) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, commandLine, workingFolder) => onSecondStart(commandLine, workingFolder));
  return true;
}

/** On Wayland only the desktop's portal may listen for a shortcut; the switch keeps what the command line has. */
function listenThroughPortal(): void {
  const features = app.commandLine.getSwitchValue('enable-features');
  app.commandLine.appendSwitch('enable-features', [features, 'GlobalShortcutsPortal'].filter(Boolean).join(','));
}
