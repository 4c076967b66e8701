import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { asarArchive } from '../../scripts/asar-archive.mjs';
import { makeTestCopy } from '../../scripts/test-copy.mjs';

const main = `import { app, nativeImage, Tray } from 'electron';
app.enableSandbox();
let tray;
app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromBitmap(Buffer.alloc(22 * 22 * 4, 0xff), { width: 22, height: 22 }));
  tray.setToolTip('bare');
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
