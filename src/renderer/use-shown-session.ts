import { useEffect, useState } from 'react';
import type { PopoverApi } from '../shared/ipc-contract.js';

/** How long the row that was asked for stands out. */
const standOutMilliseconds = 2_400;

/**
 * Goes to the row of a session when main asks for it: `onAsked` is called first and brings the list up, then the row is
 * scrolled to, takes the focus and stands out for a moment. A session that has no row is told to `onMissing`.
 */
export function useShownSession(api: PopoverApi, onAsked: () => void, onMissing: () => void): void {
  const [asked, setAsked] = useState<{ readonly sessionId: string } | null>(null);
  useEffect(
    () =>
      api.onShowSession((sessionId) => {
        onAsked();
        setAsked({ sessionId });
      }),
    [api, onAsked],
  );
  useEffect(() => {
    if (asked === null) return undefined;
    const row = rowOf(asked.sessionId);
    if (row === null) {
      onMissing();
      return undefined;
    }
    row.tabIndex = -1;
    row.scrollIntoView({ block: 'nearest' });
    row.focus({ preventScroll: true });
    row.dataset['shown'] = '';
    const timer = setTimeout(() => delete row.dataset['shown'], standOutMilliseconds);
    return () => {
      clearTimeout(timer);
      delete row.dataset['shown'];
    };
  }, [asked, onMissing]);
}

/** Compared, not put into a selector: the id comes from a file's name. */
function rowOf(sessionId: string): HTMLElement | null {
  const rows = [...document.querySelectorAll<HTMLElement>('.rows [data-session-id]')];
  return rows.find((row) => row.dataset['sessionId'] === sessionId) ?? null;
}
