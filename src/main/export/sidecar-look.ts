import path from 'node:path';
import { rememberAgentOwners, type AgentOwners } from '../sessions/agent-owners.js';
import { listSidecars, type SessionSidecar } from '../sessions/session-sidecars.js';
import type { SidecarEntry } from './sidecar-entry.js';
import type { SidecarLedger } from './sidecar-ledger.js';

/** What is remembered of sidecars from one look to the next, so that nothing unchanged is read again. */
export interface SidecarMemory {
  readonly owners: AgentOwners;
  /** Facts, by absolute path, of those that were read and held nothing new. */
  readonly read: Map<string, string>;
}

/** What a look at a session's sidecars found. */
export interface SidecarLook {
  /** Those whose facts are neither those of their last export nor those of their last reading. */
  readonly possiblyNew: readonly SessionSidecar[];
  /** At most so many bytes of them are new. */
  readonly newBytes: number;
  /** One sentence for each thing that had to be left out. */
  readonly leftOut: readonly string[];
}

/** Starts with nothing remembered. */
export function rememberSidecars(): SidecarMemory {
  return { owners: rememberAgentOwners(), read: new Map() };
}

/** Looks which sidecars of a session may hold something that no export holds. Compares facts; opens none of them. */
export async function lookForSidecars({
  sourcePath,
  sessionId,
  ledger,
  memory,
}: {
  readonly sourcePath: string;
  readonly sessionId: string;
  readonly ledger: SidecarLedger;
  readonly memory: SidecarMemory;
}): Promise<SidecarLook> {
  const { sidecars, leftOut } = await listSidecars(path.dirname(sourcePath), sessionId, memory.owners);
  const possiblyNew = sidecars.filter((sidecar) => {
    const facts = factsKey(sidecar);
    const exported = ledger.get(sidecar.path)?.at(-1)?.entry.source;
    const isEmpty = sidecar.sizeBytes === 0 && sidecar.path.endsWith('.jsonl');
    const isKnown = exported !== undefined && factsKey(exported) === facts;
    return !isEmpty && !isKnown && memory.read.get(sidecar.filePath) !== facts;
  });
  const newBytes = possiblyNew.reduce((sum, sidecar) => sum + newBytesOf(sidecar, ledger), 0);
  return { possiblyNew, newBytes, leftOut };
}

/** The facts of a sidecar as one text, to be compared. */
export function factsKey({ inode, sizeBytes, modifiedNs }: SidecarEntry['source']): string {
  return `${inode}/${sizeBytes}/${modifiedNs}`;
}

function newBytesOf({ path: relative, inode, sizeBytes }: SessionSidecar, ledger: SidecarLedger): number {
  const newest = ledger.get(relative)?.at(-1)?.entry;
  const isGrown = newest?.kind === 'lines' && newest.source.inode === inode && sizeBytes >= newest.range.end;
  return isGrown ? sizeBytes - newest.range.end : sizeBytes;
}
