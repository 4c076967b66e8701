import { readFileSync } from 'node:fs';

/**
 * The user that the end-to-end tests run the app as: when we are root the system's `nobody`, since the sandbox is on for ordinary users
 * only and nothing has to be made for it; else undefined, ourselves.
 * @param {boolean} isRoot
 * @param {string} [passwd] text of the user list
 * @returns {import('./desktop-part.mjs').User | undefined}
 */
export function testUser(isRoot, passwd = readFileSync('/etc/passwd', 'utf8')) {
  if (!isRoot) return undefined;
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}
