import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { AgentOwners } from './agent-owners.js';
import { inParallel } from './in-parallel.js';
import { isGone } from './session-file.js';

/** A file that belongs to a session besides its transcript: a sub-agent's transcript, its `.meta.json`, a spilled tool result. */
export interface SessionSidecar {
  /** Relative to the folder of the session file, parts joined with `/`. */
  readonly path: string;
  /** Absolute if that folder is. */
  readonly filePath: string;
  /** Decimal: it may be larger than a number can hold. */
  readonly inode: string;
  readonly sizeBytes: number;
  /** Nanoseconds since 1970, decimal. */
  readonly modifiedNs: string;
}

/** The sidecars of a session, sorted by path, and one sentence for each thing that had to be left out. */
export interface SidecarListing {
  readonly sidecars: readonly SessionSidecar[];
  readonly leftOut: readonly string[];
}

/** What lies there is a second copy of what the session file begins with. */
const copiesOfTheTranscript: ReadonlySet<string> = new Set(['resume-head.jsonl']);
const deepest = 16;
const looksAtOnce = 16;
const oldAgentFile = /^agent-[^/\\]+\.(?:jsonl|meta\.json)$/;

/**
 * Lists what a session has beside its file: everything below `<session id>/` and, from clients up to 2.1.1, the
 * `agent-….jsonl` that name it. Looks at names and facts and opens no file but the beginning of an `agent-….jsonl` that
 * `owners` doesn't know. Links are not followed; what vanishes meanwhile is as if it had never been.
 */
export async function listSidecars(folder: string, sessionId: string, owners: AgentOwners): Promise<SidecarListing> {
  const leftOut: string[] = [];
  const files = [
    ...(await filesBelow(folder, sessionId, deepest, leftOut)),
    ...(await oldAgentFiles(folder, sessionId, owners, leftOut)),
  ];
  const sidecars: SessionSidecar[] = [];
  await inParallel(files, looksAtOnce, async (file) => {
    const facts = await factsOf(folder, file, leftOut);
    if (facts !== null) sidecars.push(facts);
  });
  return { sidecars: sidecars.toSorted((one, other) => (one.path < other.path ? -1 : 1)), leftOut };
}

/** Whether a session can have sidecars, by the names that stand beside its file: for many of one folder, without a look at each. */
export function mayHaveSidecars(names: ReadonlySet<string>, sessionId: string): boolean {
  return names.has(sessionId) || [...names].some((name) => oldAgentFile.test(name));
}

/** Paths of the plain files below a folder of `base`, in all its folders. */
async function filesBelow(base: string, below: string, depth: number, leftOut: string[]): Promise<string[]> {
  const here = path.join(base, below);
  try {
    // A link in its place isn't followed; what comes below it can't be one, since each is asked what it is.
    if (depth === deepest && !(await lstat(here)).isDirectory()) throw new Error('it is no folder');
    const entries = await readdir(here, { withFileTypes: true });
    const lists: (string | string[])[] = [];
    for (const entry of entries) {
      const inside = `${below}/${entry.name}`;
      if (depth === deepest && copiesOfTheTranscript.has(entry.name)) continue;
      if (entry.isDirectory() && depth > 1) lists.push(await filesBelow(base, inside, depth - 1, leftOut));
      else if (entry.isFile()) lists.push(inside);
      else leftOut.push(`${path.join(base, inside)} is no plain file.`);
    }
    return lists.flat();
  } catch (error) {
    if (!isGone(error)) leftOut.push(cannotBeRead(here, error));
    return [];
  }
}

async function oldAgentFiles(
  folder: string,
  sessionId: string,
  owners: AgentOwners,
  leftOut: string[],
): Promise<string[]> {
  const own: string[] = [];
  try {
    const names = (await readdir(folder)).filter((name) => oldAgentFile.test(name));
    await inParallel(names, looksAtOnce, async (name) => {
      const transcript = path.join(folder, name.replace(/\.meta\.json$/, '.jsonl'));
      const owner = await owners.ownerOf(transcript).catch((error: unknown) => {
        leftOut.push(cannotBeRead(transcript, error));
        return null;
      });
      if (owner === sessionId) own.push(name);
    });
  } catch (error) {
    if (!isGone(error)) leftOut.push(cannotBeRead(folder, error));
  }
  return own;
}

function cannotBeRead(place: string, error: unknown): string {
  return `${place} can't be read: ${error instanceof Error ? error.message : String(error)}.`;
}

async function factsOf(folder: string, relative: string, leftOut: string[]): Promise<SessionSidecar | null> {
  const filePath = path.join(folder, relative);
  try {
    const facts = await lstat(filePath, { bigint: true });
    if (!facts.isFile()) return null;
    return {
      path: relative,
      filePath,
      inode: String(facts.ino),
      sizeBytes: Number(facts.size),
      modifiedNs: String(facts.mtimeNs),
    };
  } catch (error) {
    if (!isGone(error)) leftOut.push(cannotBeRead(filePath, error));
    return null;
  }
}
