import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { finished } from 'node:stream/promises';

/**
 * Unpacks the entries of a zip file that `target` gives a relative path for; `undefined` skips the entry. Streams, so that an
 * archive of some hundred megabytes needs little memory. File modes are not kept.
 * @param {string} zipFile
 * @param {string} folder
 * @param {(entryName: string) => string | undefined} target
 * @returns {Promise<void>}
 */
export async function unzipFile(zipFile, folder, target) {
  const { Unzip, UnzipInflate } = await import('fflate');
  /** @type {Promise<void>[]} */
  const writes = [];
  const unzip = new Unzip((entry) => {
    const wanted = entry.name.endsWith('/') ? undefined : target(entry.name);
    if (wanted === undefined) return;
    const path = normalize(join(folder, wanted));
    if (!path.startsWith(folder + sep))
      throw new Error(`The archive ${zipFile} holds a path outside itself: ${entry.name}`);
    mkdirSync(dirname(path), { recursive: true });
    const file = createWriteStream(path);
    writes.push(finished(file));
    entry.ondata = (error, bytes, final) => {
      if (error) file.destroy(error);
      else if (final) file.end(bytes);
      else file.write(bytes);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of createReadStream(zipFile, { highWaterMark: 1 << 20 })) unzip.push(chunk);
  unzip.push(new Uint8Array(0), true);
  await Promise.all(writes);
}
