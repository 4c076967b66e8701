import path from 'node:path';

/** Replaces a leading `~` or `~/` by the home folder, as a shell would; any other path comes back as it is. */
export function expandHome(folder: string, homeFolder: string): string {
  return /^~(?=$|[/\\])/.test(folder) ? path.join(homeFolder, folder.slice(1)) : folder;
}
