import path from 'node:path';

/** How the running app was started. */
export interface LaunchFacts {
  readonly executable: string;
  /** The app's folder where Electron is started with it; null for the packaged app. */
  readonly appFolder: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the user's own arguments are to be. */
  readonly userArguments: readonly string[];
}

/**
 * The program and arguments that start the app again. An AppImage is mounted anew at each start, so that its own file is named; but
 * only where the running program lies in its mount: programs started from another AppImage inherit its variables.
 */
export function launchWords({ executable, appFolder, environment, userArguments }: LaunchFacts): readonly string[] {
  const { APPIMAGE: image = '', APPDIR: mount = '' } = environment;
  const isImage = path.isAbsolute(image) && mount !== '' && executable.startsWith(`${mount.replace(/\/$/, '')}/`);
  return [isImage ? image : executable, ...(appFolder === null ? [] : [appFolder]), ...userArguments];
}
