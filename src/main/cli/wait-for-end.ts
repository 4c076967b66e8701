import type { ReceivedSignal, World } from './world.js';

/** The end of a run, once somebody wants it. */
export interface AwaitedEnd {
  /** The signal that ends the run, or null where `ask` was called. */
  readonly reason: Promise<ReceivedSignal | null>;
  readonly ask: () => void;
  readonly isAsked: () => boolean;
  /** Listens to signals no more. */
  readonly forget: () => void;
}

/** Waits for a signal or `ask`. Call it before the run starts anything; a second wish changes nothing: the end is on its way. */
export function waitForEnd({ onSignal }: Pick<World, 'onSignal'>): AwaitedEnd {
  let isAsked = false;
  let resolve: (signal: ReceivedSignal | null) => void = () => undefined;
  const reason = new Promise<ReceivedSignal | null>((resolveIt) => (resolve = resolveIt));
  const endWith = (signal: ReceivedSignal | null): void => {
    isAsked = true;
    resolve(signal);
  };
  return { reason, ask: () => endWith(null), isAsked: () => isAsked, forget: onSignal(endWith) };
}

/** What the log says of it. */
export function endingLine(reason: ReceivedSignal | null): string {
  return reason ? `Received signal ${reason.number}, shutting down...` : 'Asked to stop, shutting down...';
}
