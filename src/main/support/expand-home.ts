import path from 'node:path';

/** Replaces a leading `~` or `~/` by the home folder, as a shell would; any other path comes back as it is. `rules` are the platform's. */
export function expandHome(folder: string, homeFolder: string, rules: path.PlatformPath = path): string {
  return /^~(?=$|[/\\])/.test(folder) ? rules.join(homeFolder, folder.slice(1)) : folder;
}
