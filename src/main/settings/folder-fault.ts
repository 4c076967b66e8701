import path from 'node:path';

/**
 * What is wrong with a folder's name as a setting, as the end of a sentence; null where it is absolute by the platform's
 * rules or begins with `~`. On Windows that takes a drive or a share (`\\server\share`, `\\wsl$\Ubuntu`); elsewhere the
 * same names are told from relative ones, because a person who works on both sides of WSL mixes them up.
 */
export function folderFault(folder: string, platform: NodeJS.Platform = process.platform): string | null {
  if (folder.includes('\0')) return 'a folder name holds no NUL';
  if (/^~(?=$|[/\\])/.test(folder)) return null;
  const [, drive, below] = /^([A-Za-z]):[\\/](.*)$/.exec(folder) ?? [];
  const isShare = /^[\\/]{2}[^\\/]+[\\/]+[^\\/]/.test(folder);
  if (platform === 'win32') {
    if (drive !== undefined || isShare) return null;
    return path.win32.isAbsolute(folder)
      ? String.raw`${folder} names no drive; write it as C:\… or \\server\share\…`
      : `${folder} is not absolute`;
  }
  if (path.posix.isAbsolute(folder)) return null;
  if (drive !== undefined && platform === 'linux') {
    const inside = `/mnt/${drive.toLowerCase()}/${(below ?? '').replaceAll('\\', '/')}`;
    return `${folder} is a Windows path; inside WSL it is ${inside}`;
  }
  return drive !== undefined || isShare ? `${folder} is a Windows path` : `${folder} is not absolute`;
}
