/** Runs short pieces of work at once, but never for long without a pause in which everything else gets its turn. */
export interface TimeSlices {
  /** Runs `work` now, or when the slice that is under way and those who wait longer are over. */
  readonly run: (work: () => void) => void;
}

/** After this much work in one turn of the event loop the rest waits for the next. */
const sliceMs = 3;

/** Slices of 3 ms. `now` is in milliseconds. */
export function cutTime(now: () => number): TimeSlices {
  let waiting: (() => void)[] = [];
  let endsAt: number | null = null;

  function begin(): void {
    endsAt = now() + sliceMs;
    setImmediate(next);
  }

  function next(): void {
    endsAt = null;
    if (waiting.length === 0) return;
    begin();
    let done = 0;
    do {
      waiting[done]?.();
      done += 1;
    } while (done < waiting.length && hasTime());
    waiting = waiting.slice(done);
  }

  function hasTime(): boolean {
    return endsAt !== null && now() < endsAt;
  }

  return {
    run(work) {
      const isFirst = endsAt === null;
      if (isFirst) begin();
      if (isFirst || (waiting.length === 0 && hasTime())) work();
      else waiting.push(work);
    },
  };
}
