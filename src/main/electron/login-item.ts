import { homedir } from 'node:os';
import { app } from 'electron';
import { launchWords } from './launch-words.js';
import { loginOutcome, type LoginOutcome } from './login-outcome.js';

/** Has the system start the app at login with these arguments, or no more, and reads back what came of it. Throws where the disk refuses. */
export async function setLoginItem(isOn: boolean, userArguments: readonly string[]): Promise<LoginOutcome> {
  const words = launchWords({
    executable: process.execPath,
    appFolder: app.isPackaged ? null : app.getAppPath(),
    environment: process.env,
    userArguments,
  });
  if (process.platform === 'darwin' || process.platform === 'win32') {
    if (!app.isPackaged && process.platform === 'darwin') {
      return {
        kind: 'refused',
        message: 'Only the installed app can start at login.',
        mend: 'Put Context Watcher into the Applications folder and open it from there.',
      };
    }
    const [program = process.execPath, ...args] = words;
    const item = process.platform === 'win32' ? { path: program, args: args.map((word) => `"${word}"`) } : {};
    app.setLoginItemSettings({ openAtLogin: isOn, ...item });
    return loginOutcome(process.platform, isOn, app.getLoginItemSettings(item));
  }
  const { autostartFolder, setAutostart } = await import('./autostart-file.js');
  return setAutostart(autostartFolder(homedir(), process.env), words, isOn);
}
