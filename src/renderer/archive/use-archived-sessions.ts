import { useCallback, useEffect, useRef, useState } from 'react';
import type { ArchivedSession, ArchiveOrder } from '../../shared/archived-sessions.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import { texts } from '../texts.js';

/** The list of archived sessions, as far as it was looked at. */
export interface ArchivedSessionsView {
  /** Null until it is known. */
  readonly total: number | null;
  readonly sessionAt: (index: number) => ArchivedSession | null;
  /** Why there is no list; null while there is one. */
  readonly fault: string | null;
  /** Why projects and titles are missing; null where the index could be asked. */
  readonly indexTrouble: string | null;
  /** Fetches what is not there yet of these, both included. */
  readonly want: (first: number, last: number) => void;
  /** Asks for all of it anew. */
  readonly again: () => void;
}

interface Known {
  readonly order: ArchiveOrder;
  readonly total: number | null;
  readonly sessions: ReadonlyMap<number, ArchivedSession>;
  readonly fault: string | null;
  readonly indexTrouble: string | null;
}

const pageSize = 50;

/** Fetches the list in parts, as they come into sight. With another `stamp` it is fetched anew, and what is shown stays until then. */
export function useArchivedSessions(api: PopoverApi, order: ArchiveOrder, stamp: string): ArchivedSessionsView {
  const [known, setKnown] = useState<Known>(() => nothingOf(order));
  const [round, setRound] = useState(0);
  const key = `${order} ${stamp} ${round}`;
  const asked = useRef({ key, pages: new Set<number>(), first: 0, last: 0 });

  const fetchPage = useCallback(
    async (page: number): Promise<void> => {
      const { current } = asked;
      if (current.pages.has(page)) return;
      current.pages.add(page);
      const offset = page * pageSize;
      const answer = await api
        .listArchived({ order, offset, limit: pageSize })
        .catch(() => ({ ok: false as const, message: texts.toast.noAnswer }));
      if (current !== asked.current) return;
      if (!answer.ok) return setKnown((last) => ({ ...last, order, fault: answer.message }));
      const { sessions, total, indexTrouble } = answer.value;
      setKnown((last) => {
        const before = last.order === order ? [...last.sessions] : [];
        const next = new Map(before.filter(([index]) => index < total));
        sessions.forEach((session, at) => next.set(offset + at, session));
        return { order, total, sessions: next, fault: null, indexTrouble };
      });
    },
    [api, order],
  );

  const want = useCallback(
    (first: number, last: number): void => {
      Object.assign(asked.current, { first, last });
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1)
        void fetchPage(page);
    },
    [fetchPage],
  );

  useEffect(() => {
    const { first, last } = asked.current;
    asked.current = { key, pages: new Set(), first, last };
    want(first, last);
  }, [want, key]);

  const again = useCallback(() => setRound((last) => last + 1), []);
  const { total, sessions, fault, indexTrouble } = known.order === order ? known : nothingOf(order);
  return { total, sessionAt: (index) => sessions.get(index) ?? null, fault, indexTrouble, want, again };
}

function nothingOf(order: ArchiveOrder): Known {
  return { order, total: null, sessions: new Map(), fault: null, indexTrouble: null };
}
