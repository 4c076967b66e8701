// `npm run package`: sets up what is missing, builds, and packages the app for this system into dist/.
import { packageApp } from './package-app.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';

try {
  const { runtime } = await setUp('package');
  if (!runtime) throw new Error('The set-up plan named no Electron.');
  say(`Packaging with Electron ${runtime.version}`);
  console.log(await packageApp(projectFolder, runtime));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
