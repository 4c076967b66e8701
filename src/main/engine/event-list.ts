import type { AppEvent, NewAppEvent } from '../../shared/app-state.js';

const keptEvents = 50;

/** What happened, oldest first, the newest 50. */
export interface EventList {
  readonly all: () => readonly AppEvent[];
  readonly add: (event: NewAppEvent) => void;
}

/** Makes an empty list; numbers start at 1 with each run. `onAdd` is called after every event. */
export function keepEvents(options: { now: () => Date; onAdd: () => void }): EventList {
  let events: readonly AppEvent[] = [];
  let sequence = 0;
  return {
    all: () => events,
    add(event) {
      sequence += 1;
      events = [...events, { ...event, sequence, at: options.now().toISOString() }].slice(-keptEvents);
      options.onAdd();
    },
  };
}
