import { createContext, type ReactNode, type RefCallback, useCallback, useContext, useEffect, useMemo } from 'react';
import type { PopoverApi } from '../shared/ipc-contract.js';

/** More than half of it can be seen. */
const seenShare = 0.5;
/** Scrolling passes many. */
const settleMilliseconds = 150;

const WatchContext = createContext<RefCallback<HTMLElement>>(() => undefined);

/** The `ref` for an element with this `data-session-id`: main is told which of them can be seen, and sends no notices of these. */
export function useOnView(sessionId: string): RefCallback<HTMLElement> {
  const watch = useContext(WatchContext);
  // The id is only looked at when the element is taken: another session in the same element is another reference.
  return useCallback((element) => (sessionId === '' ? undefined : watch(element)), [watch, sessionId]);
}

/** Tells `onChange` which sessions can be seen whenever that has changed and the page keeps still. */
export function SessionsOnView({
  onChange,
  children,
}: {
  readonly onChange: PopoverApi['setSessionsOnView'];
  readonly children: ReactNode;
}) {
  const watch = useMemo(() => watchElements((sessionIds) => void onChange(sessionIds)), [onChange]);
  useEffect(() => watch.stop, [watch]);
  return <WatchContext value={watch.ref}>{children}</WatchContext>;
}

function watchElements(tell: (sessionIds: readonly string[]) => void): {
  readonly ref: RefCallback<HTMLElement>;
  readonly stop: () => void;
} {
  const seen = new Set<Element>();
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(): void {
    const ids = [...seen].map((element) => (element instanceof HTMLElement ? element.dataset['sessionId'] : undefined));
    const sessionIds = [...new Set(ids.filter((id) => id !== undefined))].toSorted();
    if (sessionIds.join() === told) return;
    told = sessionIds.join();
    tell(sessionIds);
  }

  function changed(): void {
    clearTimeout(timer);
    timer = setTimeout(settle, settleMilliseconds);
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      changed();
    },
    { threshold: seenShare },
  );
  return {
    ref(element) {
      if (element === null) return undefined;
      observer.observe(element);
      return () => {
        observer.unobserve(element);
        if (seen.delete(element)) changed();
      };
    },
    stop() {
      clearTimeout(timer);
      observer.disconnect();
      seen.clear();
      settle();
    },
  };
}
