import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { asarArchive } from '../../scripts/asar-archive.mjs';
import { makeTestCopy } from '../../scripts/test-copy.mjs';

/** The variable that names a folder whose changes the bare app answers with a new icon each. */
export const watchedFolderVariable = 'BARE_APP_WATCHES';

const main = `import { watch } from 'node:fs';
import { app, nativeImage, Tray } from 'electron';
app.enableSandbox();
const size = 22;
const image = (shade) => nativeImage.createFromBitmap(Buffer.alloc(size * size * 4, shade), { width: size, height: size });
let tray;
let events = 0;
app.whenReady().then(() => {
  tray = new Tray(image(255));
  tray.setToolTip('bare');
  const folder = process.env.${watchedFolderVariable};
  if (folder) watch(folder, () => tray.setImage(image(128 + (events++ % 2) * 64)));
});
`;

/** Makes the least there is to compare with beside the packaged app: the same Electron with an icon in the tray and nothing else. Hands back its executable. */
export async function makeBareApp(executable: string): Promise<string> {
  const folder = path.dirname(executable);
  const bare = await makeTestCopy(folder, `${folder}-bare`);
  const description = JSON.stringify({ name: 'bare-tray', version: '1.0.0', type: 'module', main: 'main.mjs' });
  const archive = asarArchive({ 'package.json': description, 'main.mjs': main });
  writeFileSync(path.join(path.dirname(bare), 'resources', 'app.asar'), archive);
  return bare;
}
