import { createLineScanner } from './line-scanner.js';

/** What a run of complete lines holds. Times as the entries carry them, in file order. */
export interface LineCounts {
  /** A `user`, `assistant`, `system` or `attachment` line is among them. */
  readonly somethingNew: boolean;
  /** Distinct `message.id`, else `uuid`, of user and assistant lines. */
  readonly messages: number;
  readonly firstEntryAt: string | null;
  readonly lastEntryAt: string | null;
}

/** Counts lines as their bytes come in, in pieces of any size; a line counts when its end has come. */
export function countLines(): { readonly push: (bytes: Uint8Array) => void; readonly counts: () => LineCounts } {
  const messageIds = new Set<string>();
  let somethingNew = false;
  let firstEntryAt: string | null = null;
  let lastEntryAt: string | null = null;
  const { push } = createLineScanner((line) => {
    if (!line.wellFormed) return;
    firstEntryAt ??= line.timestamp;
    lastEntryAt = line.timestamp ?? lastEntryAt;
    if (line.type === null || !newKinds.has(line.type)) return;
    somethingNew = true;
    const id = line.messageId ?? line.uuid;
    if (id !== null && (line.type === 'user' || line.type === 'assistant')) messageIds.add(id);
  });
  return { push, counts: () => ({ somethingNew, messages: messageIds.size, firstEntryAt, lastEntryAt }) };
}

const newKinds: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'attachment']);
