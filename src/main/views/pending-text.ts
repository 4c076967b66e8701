import type { PendingExport, SetAsideExport } from '../../shared/app-state.js';
import { oneLine } from '../support/one-line.js';

/** What waits to be archived: how many files, those that are shown of them, and what was set aside. */
export interface PendingView {
  readonly total: number;
  readonly pending: readonly PendingExport[];
  readonly setAside: readonly SetAsideExport[];
}

/** The pending list as text: a line a file with state, attempts, size and name, the reason of a failure below it; then what is set aside. */
export function pendingText({ total, pending, setAside }: PendingView): string {
  const lines = [total === 0 ? 'Nothing is pending.' : `Pending: ${total}`];
  for (const { name, state, attempts, bytes, problem } of pending) {
    const tried = attempts === 0 ? '' : ` (${attempts} ${attempts === 1 ? 'attempt' : 'attempts'})`;
    lines.push(`  ${`${state}${tried}`.padEnd(24)}${sizeText(bytes).padStart(9)}  ${oneLine(name, 255)}`);
    if (problem !== null) lines.push(`    ${oneLine(problem, 400)}`);
  }
  if (total > pending.length) lines.push(`  … and ${total - pending.length} more`);
  if (setAside.length > 0) lines.push(`Set aside: ${setAside.length}`);
  for (const { name, bytes, isUnfinished } of setAside) {
    lines.push(
      `  ${(isUnfinished ? 'unfinished' : '').padEnd(24)}${sizeText(bytes).padStart(9)}  ${oneLine(name, 255)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1_000 ** power).toFixed(1)} ${units[power - 1]}`;
}
