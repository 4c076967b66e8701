import { realpath, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Linux's numbers of file systems whose changes are made elsewhere, or told to nobody. */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2 and 3
  0x01021997, // 9p: Windows' drives inside WSL, shared folders of virtual machines
  0x53464846, // Windows' drives inside WSL 1
  0x65735546, // FUSE: sshfs, virtiofs and others
  0x786f4256, // vboxsf
  0xbacbacbc, // vmhgfs
  0x7c7c6673, // Parallels' shared folders
  0x5346414f, // AFS
  0x00c36400, // Ceph
  0x0bd00bd0, // Lustre
  0x73757245, // Coda
]);

/** macOS numbers its file systems anew with every system, but for this one. */
const macNfsType = 2;

/** Whether changes in `folder` may come without an event, because they are made on another machine. Rejects where the folder can't be asked. */
export async function isOnNetwork(folder: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform === 'win32') return isShare(folder) || isShare(await realpath(folder));
  const type = (await statfs(folder)).type >>> 0;
  if (platform === 'darwin') return type === macNfsType || isMountedVolume(folder);
  return networkTypes.has(type);
}

/** `\\server\share` and `\\wsl$\…`, but not the long form of a path on a drive (`\\?\C:\…`). */
export function isShare(folder: string): boolean {
  return /^[\\/]{2}(?![.?][\\/](?!UNC[\\/]))/i.test(folder);
}

/** On macOS shares, and external disks too, appear below these: they are looked at more often than they need. */
export function isMountedVolume(folder: string): boolean {
  return /^\/(?:Volumes|Network)\//.test(path.posix.normalize(folder));
}
