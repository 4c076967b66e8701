import { lstat, open } from 'node:fs/promises';
import { isGone } from './session-file.js';
import { readingFlags } from './readable-file.js';

/** Tells which session an `agent-….jsonl` that lies beside session files belongs to. */
export interface AgentOwners {
  /** The session that its lines name; null where none does, or it is no plain file. Reads a file once, whatever becomes of it. */
  readonly ownerOf: (filePath: string) => Promise<string | null>;
}

const firstBytes = 16 * 1024;
/** A first line longer than this names nobody. */
const mostBytes = 4 * 1024 * 1024;

/** Starts with no file known. A file's first lines never change, so one that is known by its inode isn't read again. */
export function rememberAgentOwners(): AgentOwners {
  const known = new Map<string, { readonly inode: number; readonly owner: string }>();
  return {
    async ownerOf(filePath) {
      try {
        const facts = await lstat(filePath);
        if (!facts.isFile()) return null;
        const remembered = known.get(filePath);
        if (remembered?.inode === facts.ino) return remembered.owner;
        const owner = await readOwner(filePath);
        if (owner !== null) known.set(filePath, { inode: facts.ino, owner });
        return owner;
      } catch (error) {
        // A file that is closed to us belongs to nobody we know; a session's own folder tells of such files.
        if (isGone(error) || isClosed(error)) return null;
        throw error;
      }
    },
  };
}

async function readOwner(filePath: string): Promise<string | null> {
  const file = await open(filePath, readingFlags);
  try {
    for (let length = firstBytes; ; length *= 16) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, 0);
      const text = buffer.toString('utf8', 0, bytesRead);
      const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
      const owner = lines.map(sessionNamedIn).find((named) => named !== null);
      if (owner !== undefined) return owner;
      if (bytesRead < length || length >= mostBytes) return null;
    }
  } finally {
    await file.close();
  }
}

function sessionNamedIn(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    const named = typeof value === 'object' && value !== null ? Reflect.get(value, 'sessionId') : null;
    return typeof named === 'string' ? named : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'ELOOP'].includes(String(error.code));
}
