import { useEffect, useRef } from 'react';
import type { AppEvent } from '../shared/app-state.js';
import { displayText } from './display-text.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** Speaks what happened since the page was opened: crossings, exports, failures, compactions. What was there before stays silent. */
export function useEventAnnouncements(events: readonly AppEvent[], announce: (text: string) => void): void {
  const heard = useRef<number | null>(null);
  useEffect(() => {
    const newest = events.at(-1)?.sequence ?? 0;
    const last = heard.current;
    heard.current = newest;
    if (last === null || newest <= last) return;
    const words = events.filter((event) => event.sequence > last).map(sayEvent);
    const said = words.filter((text) => text !== null);
    if (said.length > 0) announce(said.join('. '));
  }, [events, announce]);
}

function sayEvent(event: AppEvent): string | null {
  switch (event.kind) {
    case 'threshold-crossed':
      return texts.events.crossed(displayText(event.project), figures.percent(event.percent));
    case 'exported':
      // What a person asked for by hand is answered where it was asked; exports before a deletion are told together.
      return ['manual', 'retention'].includes(event.trigger) ? null : texts.events.exported(displayText(event.project));
    case 'export-failed':
      return event.trigger === 'manual' ? null : texts.events.failed(displayText(event.project), event.message);
    case 'compacted':
      return texts.events.compacted(displayText(event.project));
    case 'batch-processed':
      return texts.events.batch(event.files);
    case 'retention-near':
      return texts.deletion.near(event.sessions, figures.bytes(event.bytes));
    case 'retention-archived':
      return texts.events.archived(event.sessions);
    case 'watching-degraded':
      return event.message;
    case 'archive-large':
      return texts.events.archiveLarge(figures.bytes(event.bytes));
  }
}
