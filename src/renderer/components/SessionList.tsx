import { useEffect, useRef, useState } from 'react';
import type { Mute, MuteLength, SessionState } from '../../shared/app-state.js';
import { focusHeading } from '../focus-heading.js';
import { rowClock } from '../row-clock.js';
import type { Band } from '../session-view.js';
import { texts } from '../texts.js';
import type { ExportControl } from '../use-export-now.js';
import type { SessionActions } from '../use-session-actions.js';
import { MuteMenu } from './MuteMenu.js';
import { SessionRow } from './SessionRow.js';

interface SessionListProps {
  readonly sessions: readonly SessionState[];
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly exporter: ExportControl;
  readonly actions: SessionActions;
  readonly canExport: boolean;
  /** The mute that holds for all. */
  readonly mute: Mute | null;
  readonly onMuteAll: (length: MuteLength | null) => void;
}

/** Every session as a row in the order main gives: the live ones, below them the idle ones, and at a press those that were dismissed. */
export function SessionList({ sessions, exporter, mute, onMuteAll, ...rowProps }: SessionListProps) {
  const [areDismissedShown, setDismissedShown] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = sessions.filter(({ dismissed }) => !dismissed);
  const dismissed = sessions.filter((session) => session.dismissed);
  const live = shown.filter((session) => session.live);
  const idle = shown.filter((session) => !session.live);
  useKeptFocus(dismissed.length, heading);
  const rows = (list: readonly SessionState[], label: string, look = 'rows') =>
    list.length === 0 ? null : (
      <ul className={look} aria-label={label}>
        {list.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            feedback={exporter.feedbackOf(session.id)}
            {...rowProps}
            nowMs={rowClock(session.lastActivityAt, rowProps.nowMs)}
          />
        ))}
      </ul>
    );
  return (
    <section className="section" aria-label={texts.session.heading}>
      <div className="section-head">
        <h2 ref={heading}>{texts.session.heading}</h2>
        <span className="section-tools">
          {texts.session.counts(live.length, idle.length)}
          <MuteMenu mute={mute} nowMs={rowProps.nowMs} onMute={onMuteAll} />
        </span>
      </div>
      {rows(live, texts.session.liveHeading)}
      {rows(idle, texts.session.idleHeading, 'rows rows-idle')}
      {dismissed.length === 0 ? null : (
        <div className="dismissed">
          <p className="dismissed-head">
            {texts.dismissed.count(dismissed.length)}
            <button
              type="button"
              className="button button-small"
              aria-expanded={areDismissedShown}
              aria-label={`${areDismissedShown ? texts.dismissed.hide : texts.dismissed.show}: ${texts.dismissed.heading}`}
              onClick={() => setDismissedShown(!areDismissedShown)}
            >
              {areDismissedShown ? texts.dismissed.hide : texts.dismissed.show}
            </button>
          </p>
          {areDismissedShown ? rows(dismissed, texts.dismissed.heading) : null}
        </div>
      )}
    </section>
  );
}

/** A row that is dismissed takes the focus with it: then it goes to the heading. */
function useKeptFocus(dismissed: number, heading: { readonly current: HTMLHeadingElement | null }): void {
  const before = useRef(dismissed);
  useEffect(() => {
    const hasChanged = dismissed !== before.current;
    before.current = dismissed;
    if (hasChanged && (document.activeElement === null || document.activeElement === document.body))
      focusHeading(heading.current);
  }, [dismissed, heading]);
}
