/** A reading that a host saw for the first time: session id, used tokens, and when (nanoseconds of the machine's monotonic clock, as text). */
export type Sighting = readonly [id: string, usedTokens: number, at: string];

/** Delays of a host's event loop in milliseconds, the sampling interval included. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What a host tells its parent. */
export type HostMessage =
  | { readonly kind: 'ready'; readonly startedAt: string; readonly readyAt: string }
  | { readonly kind: 'first-reading'; readonly at: string }
  | {
      readonly kind: 'report';
      readonly sightings: readonly Sighting[];
      readonly states: number;
      readonly loop: LoopDelay | null;
    };

/** What a host is asked: to measure its event loop from now on, or for what it has seen since the last report. */
export type HostRequest = 'watch-loop' | 'report';
