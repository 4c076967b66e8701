import type { ArchiveHit, ArchiveHits } from '../../shared/archive-search.js';
import { oneLine } from '../support/one-line.js';

/**
 * What was found, as lines of text: how many, then for each hit when, who, where, and below it the snippet with its hits
 * in `[` and `]`. Safe to print: session text keeps to its line and sends nothing to the terminal.
 */
export function searchTable(found: ArchiveHits, offset: number): readonly string[] {
  const { hits, total, isTotalLeast, isIndexComplete } = found;
  const notYet = isIndexComplete ? [] : ['The index is not complete: run with --reindex to build it from the archive.'];
  if (hits.length === 0) return ['Nothing found.', ...notYet];
  const count = `${isTotalLeast ? 'More than ' : ''}${total.toLocaleString('en-US')} found`;
  const shown = hits.length === total && !isTotalLeast ? '' : `; ${offset + 1} to ${offset + hits.length} of them`;
  return [`${count}${shown}.`, ...notYet, ...hits.flatMap((hit) => ['', headOf(hit), `  ${snippetOf(hit)}`])];
}

function headOf({ at, role, kind, agentId, project, title, sessionId }: ArchiveHit): string {
  const who = agentId === null ? (role ?? kind) : `${role ?? kind} (sub-agent ${oneLine(agentId, 40)})`;
  const name = [project, title].filter((text) => text !== null && text !== '').map((text) => oneLine(text ?? '', 60));
  const day = at === null ? 'no time' : at.slice(0, 16).replace('T', ' ');
  return [day, oneLine(who, 80), name.join(' — '), sessionId ?? 'no session'].filter((text) => text !== '').join('  ');
}

function snippetOf({ snippet }: ArchiveHit): string {
  return snippet.map(({ text, isHit }) => (isHit ? `[${oneLine(text)}]` : oneLine(text))).join('');
}
