import { useCallback, useEffect, useRef, useState } from 'react';
import type { ArchiveHits } from '../../shared/archive-search.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import { texts } from '../texts.js';
import { queryOf, type ArchiveWish } from './use-archive-query.js';

/** What there is to show of a search. `none`: nothing is looked for. While a later one runs, the last results stay (`isBusy`). */
export type ArchiveFinding =
  | { readonly kind: 'none' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'no-index' }
  | { readonly kind: 'failed'; readonly message: string }
  | (ArchiveHits & { readonly isBusy: boolean });

/** A search as the page shows it. */
export interface ArchiveSearchControl {
  readonly finding: ArchiveFinding;
  /** Fetches the next results behind those that are there. */
  readonly more: () => void;
  /** Asks the same again, as when the index has grown. */
  readonly again: () => void;
}

const debounceMs = 120;
const pageSize = 50;
const lastOffset = 10_000;

type Answered = { readonly kind: 'no-index' } | { readonly kind: 'failed'; readonly message: string } | ArchiveHits;

/** The last answer, and what was asked. */
interface Told {
  readonly wish: ArchiveWish;
  readonly round: number;
  readonly answer: Answered;
}

/** Searches as it is typed: a moment after the last key, and the last answer wins whatever comes in between. */
export function useArchiveSearch(api: PopoverApi, wish: ArchiveWish): ArchiveSearchControl {
  const [told, setTold] = useState<Told | null>(null);
  const [round, setRound] = useState(0);
  const latest = useRef({ asked: 0, nowMs: 0, isFetching: false });
  const isWanted = wish.text.trim() !== '';
  if (!isWanted && told !== null) setTold(null);

  const ask = useCallback(
    async (asked: ArchiveWish, offset: number) => {
      const { current } = latest;
      current.asked += 1;
      const number = current.asked;
      if (offset === 0) current.nowMs = Date.now();
      current.isFetching = true;
      const query = queryOf(asked, current.nowMs, { limit: pageSize, offset });
      const answer = await api
        .searchArchive(query)
        .catch(() => ({ ok: false as const, message: texts.toast.noAnswer }));
      if (number !== current.asked) return null;
      current.isFetching = false;
      return answer;
    },
    [api],
  );

  useEffect(() => {
    if (!isWanted) {
      latest.current.asked += 1;
      return undefined;
    }
    const timer = setTimeout(() => {
      void ask(wish, 0).then((answer) => {
        if (answer === null) return;
        if (!answer.ok) return setTold({ wish, round, answer: { kind: 'failed', message: answer.message } });
        if (answer.value.kind === 'superseded') return setRound((last) => last + 1);
        setTold({ wish, round, answer: answer.value });
      });
    }, debounceMs);
    return () => clearTimeout(timer);
  }, [ask, wish, isWanted, round]);

  const isNow = told !== null && told.wish === wish && told.round === round;
  const more = useCallback(() => {
    if (!isNow || told?.answer.kind !== 'found' || latest.current.isFetching) return;
    const { hits, total } = told.answer;
    if (hits.length >= total || hits.length >= lastOffset) return;
    void ask(told.wish, hits.length).then((answer) => {
      if (answer?.ok !== true || answer.value.kind !== 'found') return;
      const found = answer.value;
      setTold((last) => (last === told ? { ...told, answer: joined(hits, found) } : last));
    });
  }, [ask, told, isNow]);

  const again = useCallback(() => setRound((last) => last + 1), []);
  return { finding: findingOf(isWanted, told, isNow), more, again };
}

function findingOf(isWanted: boolean, told: Told | null, isNow: boolean): ArchiveFinding {
  if (!isWanted) return { kind: 'none' };
  if (told?.answer.kind === 'found') return { ...told.answer, isBusy: !isNow };
  return told === null || !isNow ? { kind: 'searching' } : told.answer;
}

/** The next results behind those that are there; none, though more were counted, where the index has changed meanwhile. */
function joined(hits: ArchiveHits['hits'], next: ArchiveHits): ArchiveHits {
  return { ...next, hits: [...hits, ...next.hits], total: next.hits.length === 0 ? hits.length : next.total };
}
