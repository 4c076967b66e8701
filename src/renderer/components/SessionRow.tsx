import { memo, useId } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import { type Band, viewSession } from '../session-view.js';
import { texts } from '../texts.js';
import type { ExportFeedback } from '../use-export-now.js';
import { ContextBar } from './ContextBar.js';
import { ExportButton } from './ExportButton.js';
import { ExportStatus } from './ExportStatus.js';

interface SessionRowProps {
  readonly session: SessionState;
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly feedback: ExportFeedback | null;
  readonly onExport: (session: SessionState) => void;
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
  canExport,
}: SessionRowProps) {
  const view = viewSession(session, band, nowMs);
  const nameId = useId();
  const isJustCompacted = session.state === 'compacted' && (session.justCompacted?.preTokens ?? null) !== null;
  const facts = [
    view.stateText,
    view.modelText,
    session.badLines > 0 ? texts.session.badLines(session.badLines) : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="row" data-session-id={session.id} data-live={session.live} aria-labelledby={nameId}>
      <div className="row-head">
        <h3 className="row-names" id={nameId}>
          <bdi className="row-project">{view.project}</bdi>{' '}
          <bdi className="row-title" data-untitled={!view.hasTitle} title={view.hasTitle ? view.title : undefined}>
            {view.title}
          </bdi>
        </h3>
        {isJustCompacted || view.tokensText === null ? null : <span className="row-tokens">{view.tokensText}</span>}
        <span className="row-percent">{view.fillPercent === null ? view.percentText : `${view.percentText}%`}</span>
      </div>
      <ContextBar view={view} band={shownBand} />
      <div className="row-foot">
        <span className="row-facts" title={view.windowHint ?? undefined}>
          <bdi>{facts.join(texts.listSeparator)}</bdi>
        </span>
        <span className="row-export" data-open={(session.unexportedMessages ?? 0) > 0}>
          <ExportStatus session={session} feedback={feedback} nowMs={nowMs} />
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
    </li>
  );
});
