import type { SessionView } from '../session-view.js';

/** For screen readers alone: what others are told when they hover over a session. */
export function SpokenDetails({ view: { details } }: { readonly view: SessionView }) {
  const lines = [...details.figure, ...details.surroundings];
  return lines.length === 0 ? null : <p className="visually-hidden">{lines.join('. ')}.</p>;
}
