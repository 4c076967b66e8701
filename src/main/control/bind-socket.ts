import { lstat, mkdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { askRunning } from './control-client.js';
import { withTakeoverLock } from './takeover-lock.js';

/** `taken`: another instance listens there, whether or not it answers. */
export type BoundSocket =
  | { readonly kind: 'bound'; readonly server: Server; readonly path: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly error: Error };

/**
 * Listens on the first of `sockets` that the file system takes (0600, in a folder made with 0700). Of any number of
 * processes that try at once exactly one is bound. A socket file that an ended instance left is removed, but only
 * while nobody listens on it; anything else of that name is left alone.
 */
export async function bindSocket(sockets: readonly string[]): Promise<BoundSocket> {
  if (await isListenedOn(sockets)) return { kind: 'taken' };
  let error = new Error('No socket path was given.');
  for (const socketPath of sockets) {
    try {
      if (isPipe(socketPath)) return await listenOrTaken(socketPath);
      await makePrivateFolder(path.dirname(socketPath));
      return await withTakeoverLock(`${socketPath}.lock`, () => takeOver(socketPath));
    } catch (cause) {
      error = cause instanceof Error ? cause : new Error(String(cause));
    }
  }
  return { kind: 'failed', error };
}

async function takeOver(socketPath: string): Promise<BoundSocket> {
  const first = await listenOrTaken(socketPath);
  if (first.kind !== 'taken' || (await isListenedOn([socketPath]))) return first;
  if (!(await lstat(socketPath)).isSocket()) throw new Error(`${socketPath} is in the way: it is not a socket.`);
  await rm(socketPath, { force: true });
  return listenOrTaken(socketPath);
}

async function isListenedOn(sockets: readonly string[]): Promise<boolean> {
  const asked = await askRunning({ sockets, request: { kind: 'hello' }, timeoutMilliseconds: 2_000 });
  return asked.kind !== 'not-running';
}

function isPipe(socketPath: string): boolean {
  return socketPath.startsWith('\\\\');
}

/** Makes the folder. Where anybody may make folders, as in the temporary one, another user's folder is refused. */
async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [own, parent] = await Promise.all([lstat(folder), lstat(path.dirname(folder))]);
  const isForeign = process.getuid !== undefined && own.uid !== process.getuid();
  if (isForeign && (parent.mode & 0o002) !== 0) throw new Error(`${folder} belongs to another user.`);
}

function listenOrTaken(socketPath: string): Promise<BoundSocket> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve({ kind: 'taken' });
      else reject(error);
    });
    server.once('listening', () => {
      server.removeAllListeners('error');
      resolve({ kind: 'bound', server, path: socketPath });
    });
    // `listen` binds before it returns, so the mask makes the socket 0600 without a moment in which it isn't.
    const mask = process.umask(0o177);
    try {
      server.listen(socketPath);
    } finally {
      process.umask(mask);
    }
  });
}
