import type { CompactionLine } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** Where the client compacts a session, in words. */
export interface CompactionWords {
  /** Such as `compacts at about 967k`. */
  readonly short: string;
  /** With how it is known, such as `compacts at about 967k, learnt from 12 compactions`. */
  readonly full: string;
}

/** Puts a compaction line into words; null where nobody knows it. */
export function compactionWords(line: CompactionLine | null): CompactionWords | null {
  if (line === null) return null;
  if (line.tokens === null) return { short: texts.compaction.off, full: texts.compaction.off };
  const short = texts.compaction.at(figures.tokens(line.tokens));
  return { short, full: texts.compaction.known(short, texts.compaction.sources[line.source](line.learntFrom)) };
}
