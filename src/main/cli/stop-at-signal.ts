import type { World } from './world.js';

/** An `AbortSignal` that comes with Ctrl+C and its like; `forget` listens no more. */
export function stopAtSignal({ onSignal }: Pick<World, 'onSignal'>): {
  readonly signal: AbortSignal;
  readonly forget: () => void;
} {
  const stopping = new AbortController();
  const forget = onSignal(({ name }) => stopping.abort(new Error(`Stopped by ${name}.`)));
  return { signal: stopping.signal, forget };
}
