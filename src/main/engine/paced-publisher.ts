/** Publishes when something has changed, but never so often that publishing itself becomes the work. */
export interface PacedPublisher {
  /** Publishes soon: at the end of this turn of the event loop, or when the last publishing has been paid off. */
  readonly soon: () => void;
  /** Publishes now, and drops what was to come. */
  readonly now: () => void;
  readonly stop: () => void;
}

/** The pause after a publishing, in times of what it has cost. */
const pausePerCost = 9;
const longestPauseMs = 100;

/**
 * Makes a publisher. Everything that changes within one turn of the event loop, or within the pause, is published once:
 * a single change goes out at once, while many sessions writing at a time take at most a tenth of the time.
 */
export function pacePublishing(publish: () => void, clock: () => number = () => performance.now()): PacedPublisher {
  let immediate: NodeJS.Immediate | undefined;
  let timer: NodeJS.Timeout | undefined;
  let notBeforeMs = 0;

  function cancel(): void {
    clearImmediate(immediate);
    clearTimeout(timer);
    immediate = undefined;
    timer = undefined;
  }

  function now(): void {
    cancel();
    const startedMs = clock();
    publish();
    const endedMs = clock();
    notBeforeMs = endedMs + Math.min(longestPauseMs, (endedMs - startedMs) * pausePerCost);
  }

  return {
    soon() {
      if (immediate !== undefined || timer !== undefined) return;
      const waitMs = notBeforeMs - clock();
      if (waitMs > 0) timer = setTimeout(now, Math.ceil(waitMs));
      else immediate = setImmediate(now);
    },
    now,
    stop: cancel,
  };
}
