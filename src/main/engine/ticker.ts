/** Runs a sweep again and again, never two at once. */
export interface Ticker {
  readonly every: (seconds: number) => void;
  /** Runs it now; a run in hand is followed by one more. */
  readonly now: () => void;
  readonly stop: () => void;
}

/** Makes a ticker that stands still until it is told how often. `onError` hears of a sweep that failed; the next one comes. */
export function makeTicker(sweep: () => Promise<void>, onError: (error: unknown) => void): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  function now(): void {
    if (stopped) return;
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  }

  async function run(): Promise<void> {
    do {
      again = false;
      await sweep().catch(onError);
    } while (again);
  }

  return {
    every(seconds) {
      clearInterval(timer);
      if (!stopped) timer = setInterval(now, seconds * 1_000);
    },
    now,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
