import { memo, useId } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import { hintText } from '../hint-text.js';
import { type Band, viewSession } from '../session-view.js';
import { useOnView } from '../sessions-on-view.js';
import type { ExportFeedback } from '../use-export-now.js';
import { BadLines } from './BadLines.js';
import { ContextBar } from './ContextBar.js';
import { ExportButton } from './ExportButton.js';
import { ExportStatus } from './ExportStatus.js';
import { SessionFacts } from './SessionFacts.js';
import { SpokenDetails } from './SpokenDetails.js';
import { type OpenTranscript, TranscriptButton } from './TranscriptButton.js';

interface SessionRowProps {
  readonly session: SessionState;
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly feedback: ExportFeedback | null;
  readonly onExport: (session: SessionState) => void;
  readonly onOpenTranscript: OpenTranscript;
  readonly canExport: boolean;
}

/** One session in the list: names and percent, its bar, the facts in words, how far it is exported, Export now. Drawn again only when a property changed. */
export const SessionRow = memo(function SessionRow({
  session,
  band,
  shownBand,
  nowMs,
  feedback,
  onExport,
  onOpenTranscript,
  canExport,
}: SessionRowProps) {
  const view = viewSession(session, band, nowMs);
  const nameId = useId();
  const onView = useOnView(session.id);
  const isJustCompacted = session.state === 'compacted' && (session.justCompacted?.preTokens ?? null) !== null;
  return (
    <li className="row" ref={onView} data-session-id={session.id} data-live={session.live} aria-labelledby={nameId}>
      <div className="row-head">
        <h3
          className="row-names"
          id={nameId}
          title={hintText(view.details.surroundings, view.hasTitle ? [view.project, view.title] : [view.project])}
        >
          <bdi className="row-project">{view.project}</bdi>{' '}
          <bdi className="row-title" data-untitled={!view.hasTitle}>
            {view.title}
          </bdi>
        </h3>
        {isJustCompacted || view.tokensText === null ? null : <span className="row-tokens">{view.tokensText}</span>}
        <span className="row-percent">{view.fillPercent === null ? view.percentText : `${view.percentText}%`}</span>
      </div>
      <ContextBar view={view} band={shownBand} />
      <div className="row-foot">
        <SessionFacts view={view} isLive={session.live} />
        <span className="row-export" data-open={(session.unexportedMessages ?? 0) > 0}>
          <ExportStatus session={session} feedback={feedback} nowMs={nowMs} />
          <TranscriptButton session={session} view={view} onOpen={onOpenTranscript} />
          <ExportButton
            session={session}
            view={view}
            feedback={feedback}
            onExport={onExport}
            canExport={canExport}
            look="icon"
          />
        </span>
      </div>
      <BadLines text={view.badLinesText} />
      <SpokenDetails view={view} />
    </li>
  );
});
