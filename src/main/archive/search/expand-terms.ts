import type { StrictDatabase } from '../strict-database.js';
import { shortestTerm } from '../term-scanner.js';

/** The words of the index that begin with, end with or hold a text. */
interface ExpandedTerms {
  readonly terms: readonly string[];
  /** There are more: only those that were met first are told, which are mostly the common ones. */
  readonly isCut: boolean;
}

const mostTerms = 100;
/** The highest character: what comes before it and after the text begins with the text. */
const highest = '\u{10ffff}';

const startsWith = 'SELECT term FROM terms WHERE term >= ? AND term < ? ORDER BY id LIMIT ?';
const holds = `SELECT terms.term FROM term_parts JOIN terms ON terms.id = term_parts.rowid
  WHERE term_parts MATCH ? AND instr(terms.term, ?) > 0 ORDER BY term_parts.rowid LIMIT ?`;
const endsWith = `SELECT terms.term FROM term_parts JOIN terms ON terms.id = term_parts.rowid
  WHERE term_parts MATCH ? AND substr(terms.term, -length(?)) = ? ORDER BY term_parts.rowid LIMIT ?`;

/**
 * Looks up words by a part of them, at most 100. A part of less than three characters is looked for at the start only:
 * the index knows no shorter parts.
 */
export function expandTerm(database: StrictDatabase, part: string, place: 'start' | 'end' | 'anywhere'): ExpandedTerms {
  const limit = mostTerms + 1;
  const isShort = Array.from(part).length < shortestTerm;
  const [select, values] =
    isShort || place === 'start'
      ? [startsWith, [part, part + highest, limit]]
      : place === 'end'
        ? [endsWith, [trigramsOf(part), part, part, limit]]
        : [holds, [trigramsOf(part), part, limit]];
  // As one text: the driver takes longer for a row than SQLite does. Words hold no space.
  const joined = database.all(`SELECT group_concat(term, ' ') AS terms FROM (${select})`, values)[0]?.['terms'];
  const terms = typeof joined === 'string' && joined !== '' ? joined.split(' ') : [];
  return { terms: terms.slice(0, mostTerms), isCut: terms.length > mostTerms };
}

/** A word of letters and digits as the conditions that hold for all its parts of three. */
function trigramsOf(part: string): string {
  const characters = Array.from(part);
  const trigrams = characters.slice(2).map((_, index) => `"${characters.slice(index, index + 3).join('')}"`);
  return [...new Set(trigrams)].join(' AND ');
}
