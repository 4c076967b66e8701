// The app that runs when Electron is started with a folder: takes that folder's name and version and loads its main file.
// Electron's own default app does the same but is not part of every runtime; scripts/fallback-runtime.mjs adds this one there.
// A module with `await` at its top: Electron is not ready before the folder's main file has been loaded, as when it runs packaged.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as publicApp } from 'electron';

/** Typed loosely: setVersion, setAppPath and setDesktopName are not in Electron's public types. @type {any} */
const app = publicApp;

const argument = process.argv.slice(1).find((each) => !each.startsWith('-'));
if (argument === undefined) {
  console.error('Say which app to run: electron FOLDER [arguments]');
  app.exit(2);
} else {
  const folder = resolve(argument);
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (description.version) app.setVersion(description.version);
  app.setName(description.productName ?? description.name ?? app.getName());
  if (description.desktopName) app.setDesktopName(description.desktopName);
  app.setAppPath(folder);
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  await import(pathToFileURL(join(folder, description.main ?? 'index.js')).href);
}
