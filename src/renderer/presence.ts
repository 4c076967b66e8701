import type { SessionState } from '../shared/app-state.js';

/** What a session is doing: first what its running client says of itself, else whether it is still written to. */
export type Presence = 'waiting' | 'working' | 'ready' | 'open' | 'live' | 'idle';

/** What the session is doing now. A client that says nothing, or something new, has it `open`. */
export function presenceOf({ client, live }: Pick<SessionState, 'client' | 'live'>): Presence {
  if (client === null) return live ? 'live' : 'idle';
  switch (client.status) {
    case 'waiting':
      return 'waiting';
    case 'busy':
      return 'working';
    case 'idle':
      return 'ready';
    default:
      return 'open';
  }
}
