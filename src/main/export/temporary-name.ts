import { randomBytes } from 'node:crypto';
import path from 'node:path';

const pattern = /^\.(.+)\.([0-9]{1,10})-[0-9a-f]{12}\.cw-tmp$/;

/** A fresh path for what will be renamed to `target`: hidden, in the same folder, naming the process that writes it. */
export function temporaryPathFor(target: string): string {
  const name = `.${path.basename(target)}.${process.pid}-${randomBytes(6).toString('hex')}.cw-tmp`;
  return path.join(path.dirname(target), name);
}

/** What a temporary file of ours was meant to become and which process wrote it; null for any other name. */
export function parseTemporaryName(name: string): { readonly targetName: string; readonly processId: number } | null {
  const [, targetName, processId] = name.endsWith('.cw-tmp') ? (pattern.exec(name) ?? []) : [];
  return targetName && processId ? { targetName, processId: Number(processId) } : null;
}
