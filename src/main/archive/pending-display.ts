import type { PendingExport } from '../../shared/app-state.js';

/** The pending list as it was last told. */
export interface PendingDisplay {
  /** Tells of the list if it has changed. */
  readonly show: () => void;
  /** The same at most every 200 ms: a sweep over very many files changes something with each of them. */
  readonly showSoon: () => void;
  readonly shown: () => readonly PendingExport[];
  readonly stop: () => void;
}

const pauseMs = 200;

/** Tells `onChange` of what `current` gives, whenever that differs from what was told before. */
export function displayPending(
  current: () => readonly PendingExport[],
  onChange: (pending: readonly PendingExport[]) => void,
): PendingDisplay {
  let shown: readonly PendingExport[] = [];
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  function stopTimer(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  function show(): void {
    stopTimer();
    const next = current();
    if (JSON.stringify(next) === JSON.stringify(shown)) return;
    shown = next;
    onChange(shown);
  }

  return {
    show,
    showSoon() {
      if (timer || stopped) return;
      show();
      timer = setTimeout(show, pauseMs).unref();
    },
    shown: () => shown,
    stop() {
      stopped = true;
      stopTimer();
    },
  };
}
