import { useCallback, useState } from 'react';
import type { ArchiveQuery, SpeakerRole } from '../../shared/archive-search.js';

/** How far back a search reaches. */
export type TimeSpan = 'day' | 'week' | 'month' | 'year';

/** What a person looks for in the page. */
export interface ArchiveWish {
  readonly text: string;
  readonly project: string | null;
  readonly role: SpeakerRole | null;
  readonly span: TimeSpan | null;
  readonly session: { readonly id: string; readonly name: string } | null;
}

/** The wish, and how it is changed. */
export interface ArchiveWishControl {
  readonly wish: ArchiveWish;
  readonly change: (changes: Partial<ArchiveWish>) => void;
}

/** Nothing is looked for. */
export const noWish: ArchiveWish = { text: '', project: null, role: null, span: null, session: null };

/** Holds what is looked for, for as long as the page is there. */
export function useArchiveQuery(): ArchiveWishControl {
  const [wish, setWish] = useState(noWish);
  const change = useCallback((changes: Partial<ArchiveWish>) => setWish((last) => ({ ...last, ...changes })), []);
  return { wish, change };
}

/** Whether anything but the text narrows the search. */
export function isNarrowed({ project, role, span, session }: ArchiveWish): boolean {
  return project !== null || role !== null || span !== null || session !== null;
}

const daysOf: Readonly<Record<TimeSpan, number>> = { day: 1, week: 7, month: 30, year: 365 };
const dayMs = 86_400_000;
const longestText = 500;

/** The wish as it is asked of main; `nowMs` is what its time counts back from. */
export function queryOf(
  { text, project, role, span, session }: ArchiveWish,
  nowMs: number,
  part: Pick<ArchiveQuery, 'limit' | 'offset'>,
): ArchiveQuery {
  return {
    text: text.slice(0, longestText),
    project,
    role,
    session: session?.id ?? null,
    kinds: null,
    since: span === null ? null : new Date(nowMs - daysOf[span] * dayMs).toISOString(),
    until: null,
    ...part,
  };
}
