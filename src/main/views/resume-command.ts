const sessionId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What every POSIX shell takes as it is, between single quotes where there is a space in it. */
const plainFolder = /^\/[\p{L}\p{M}\p{N} _.,+@/-]*$/u;

/**
 * The command that goes on with a session in a terminal: `claude --resume ID`, first of all in its folder where the
 * folder's name can be no word of a shell but a name. Null for an id that isn't one of the client's: nothing else of a
 * session may end up in a terminal.
 */
export function resumeCommand(
  { id, cwd }: { readonly id: string; readonly cwd: string | null },
  platform: NodeJS.Platform,
): string | null {
  if (!sessionId.test(id)) return null;
  const command = `claude --resume ${id}`;
  if (platform === 'win32' || cwd === null || !plainFolder.test(cwd)) return command;
  return `cd ${cwd.includes(' ') ? `'${cwd}'` : cwd} && ${command}`;
}
