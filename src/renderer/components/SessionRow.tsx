import { memo, useId, useState } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import { hintText } from '../hint-text.js';
import { type Band, bandOfSession, viewSession } from '../session-view.js';
import { useOnView } from '../sessions-on-view.js';
import { texts } from '../texts.js';
import type { ExportFeedback } from '../use-export-now.js';
import { useContextMenu } from '../use-context-menu.js';
import type { SessionActions } from '../use-session-actions.js';
import { BadLines } from './BadLines.js';
import { ContextBar } from './ContextBar.js';
import { ExportButton } from './ExportButton.js';
import { ExportStatus } from './ExportStatus.js';
import { HistoryCurve } from './HistoryCurve.js';
import { Icon } from './Icon.js';
import { OwnThreshold } from './OwnThreshold.js';
import { SessionFacts } from './SessionFacts.js';
import { SessionMenu } from './SessionMenu.js';
import { SpokenDetails } from './SpokenDetails.js';

interface SessionRowProps {
  readonly session: SessionState;
  /** The common band in force, which decides, and the one to draw, which follows a drag. */
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly feedback: ExportFeedback | null;
  readonly actions: SessionActions;
  readonly canExport: boolean;
}

/** One session in the list: names, curve and percent, its bar, the facts in words, how far it is exported, what can be done. Drawn again only when a property changed. */
export const SessionRow = memo(function SessionRow(props: SessionRowProps) {
  const { session, band, shownBand, nowMs, feedback, actions, canExport } = props;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const view = viewSession(session, band, nowMs);
  const nameId = useId();
  const whole = useContextMenu(setMenuOpen, useOnView(session.id));
  const isJustCompacted = session.state === 'compacted' && (session.justCompacted?.preTokens ?? null) !== null;
  return (
    <li className="row" data-session-id={session.id} data-live={session.live} aria-labelledby={nameId} ref={whole}>
      <div className="row-head">
        <h3
          className="row-names"
          id={nameId}
          data-hint={hintText(view.details.surroundings, view.hasTitle ? [view.project, view.title] : [view.project])}
        >
          <bdi className="row-project">{view.project}</bdi>{' '}
          <bdi className="row-title" data-untitled={!view.hasTitle}>
            {view.title}
          </bdi>
        </h3>
        {view.muteText === null ? null : (
          <span className="row-muted" data-hint={texts.mute.notices(view.muteText)}>
            <Icon name="bellOff" />
          </span>
        )}
        <HistoryCurve history={session.history} width={32} height={14} />
        <span className="row-tokens">{isJustCompacted ? null : view.tokensText}</span>
        <span className="row-percent">{view.fillPercent === null ? view.percentText : `${view.percentText}%`}</span>
      </div>
      <ContextBar view={view} band={bandOfSession(session, shownBand)} />
      <div className="row-foot">
        <SessionFacts view={view} isLive={session.live} />
        <span className="row-export" data-open={(session.unexportedMessages ?? 0) > 0}>
          <ExportStatus session={session} feedback={feedback} nowMs={nowMs} />
          <ExportButton
            session={session}
            view={view}
            feedback={feedback}
            onExport={actions.exportNow}
            canExport={canExport}
            look="icon"
          />
          <SessionMenu
            session={session}
            view={view}
            nowMs={nowMs}
            canExport={canExport}
            actions={actions}
            isOpen={isMenuOpen}
            onOpen={setMenuOpen}
            onEditThreshold={() => setEditing(true)}
          />
        </span>
      </div>
      {isEditing ? (
        <OwnThreshold session={session} common={shownBand.from} actions={actions} onClose={() => setEditing(false)} />
      ) : null}
      <BadLines text={view.badLinesText} />
      <SpokenDetails view={view} />
    </li>
  );
});
