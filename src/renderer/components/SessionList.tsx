import type { SessionState } from '../../shared/app-state.js';
import type { Band } from '../session-view.js';
import { texts } from '../texts.js';
import type { ExportControl } from '../use-export-now.js';
import { SessionRow } from './SessionRow.js';
import type { OpenTranscript } from './TranscriptButton.js';

interface SessionListProps {
  readonly sessions: readonly SessionState[];
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly exporter: ExportControl;
  readonly onOpenTranscript: OpenTranscript;
  readonly canExport: boolean;
}

/** Every session as a row in the order main gives: the live ones, below them the idle ones. */
export function SessionList({ sessions, exporter, ...rowProps }: SessionListProps) {
  const live = sessions.filter((session) => session.live);
  const idle = sessions.filter((session) => !session.live);
  const rows = (list: readonly SessionState[]) =>
    list.map((session) => (
      <SessionRow
        key={session.id}
        session={session}
        feedback={exporter.feedbackOf(session.id)}
        onExport={exporter.exportNow}
        {...rowProps}
      />
    ));
  return (
    <section className="section" aria-label={texts.session.heading}>
      <div className="section-head">
        <h2>{texts.session.heading}</h2>
        <span>{texts.session.counts(live.length, idle.length)}</span>
      </div>
      {live.length === 0 ? null : (
        <ul className="rows" aria-label={texts.session.liveHeading}>
          {rows(live)}
        </ul>
      )}
      {idle.length === 0 ? null : (
        <ul className="rows rows-idle" aria-label={texts.session.idleHeading}>
          {rows(idle)}
        </ul>
      )}
    </section>
  );
}
