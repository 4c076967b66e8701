import { lstat, open } from 'node:fs/promises';
import { nullWhenGone } from './session-file.js';
import { readingFlags } from './readable-file.js';

/** Tells which session an `agent-….jsonl` that lies beside session files belongs to. */
export interface AgentOwners {
  /** The session that its first lines name; null where none does, or where it is no plain file or gone. Other errors throw. */
  readonly ownerOf: (filePath: string) => Promise<string | null>;
}

const firstBytes = 16 * 1024;
/** A first line longer than this names nobody. */
const mostBytes = 4 * 1024 * 1024;

/** Starts with no file known. First lines never change: a file is not read again, but for one that named nobody and has grown. */
export function rememberAgentOwners(): AgentOwners {
  const known = new Map<
    string,
    { readonly inode: number; readonly sizeBytes: number; readonly owner: string | null }
  >();
  return {
    async ownerOf(filePath) {
      try {
        const facts = await lstat(filePath);
        if (!facts.isFile()) return null;
        const before = known.get(filePath);
        const isSame = before?.inode === facts.ino && (before.owner !== null || before.sizeBytes === facts.size);
        if (isSame) return before.owner;
        const owner = await readOwner(filePath);
        known.set(filePath, { inode: facts.ino, sizeBytes: facts.size, owner });
        return owner;
      } catch (error) {
        return nullWhenGone(error);
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
