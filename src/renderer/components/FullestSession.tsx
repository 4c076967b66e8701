import { useState } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import { hintText } from '../hint-text.js';
import { type Band, bandOfSession, viewSession } from '../session-view.js';
import { useOnView } from '../sessions-on-view.js';
import { texts } from '../texts.js';
import type { ExportFeedback } from '../use-export-now.js';
import { useContextMenu } from '../use-context-menu.js';
import type { SessionActions } from '../use-session-actions.js';
import { ArcGauge } from './ArcGauge.js';
import { ExportButton } from './ExportButton.js';
import { ExportStatus } from './ExportStatus.js';
import { HistoryCurve } from './HistoryCurve.js';
import { Outlook } from './Outlook.js';
import { OwnThreshold } from './OwnThreshold.js';
import { SessionMenu } from './SessionMenu.js';
import { SpokenDetails } from './SpokenDetails.js';
import { StateWords } from './StateWords.js';
import { TranscriptButton } from './TranscriptButton.js';

interface FullestSessionProps {
  readonly session: SessionState;
  /** The common band in force, which decides, and the one to draw, which follows a drag. */
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly feedback: ExportFeedback | null;
  readonly actions: SessionActions;
  readonly canExport: boolean;
}

/** The live session nearest to its limit, large: gauge, names, model, what is left, how far it is exported, what can be done. */
export function FullestSession(props: FullestSessionProps) {
  const { session, band, shownBand, nowMs, feedback, actions, canExport } = props;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [editedId, setEditedId] = useState<string | null>(null);
  const view = viewSession(session, band, nowMs);
  const whole = useContextMenu(setMenuOpen, useOnView(session.id));
  const chip = [view.modelText, view.windowText].filter((part) => part !== null);
  const facts = [view.stateNote, view.bandText === null ? view.ageText : null].filter((part) => part !== null);
  return (
    <section className="fullest" ref={whole} data-session-id={session.id} aria-label={texts.session.fullestHeading}>
      <div className="fullest-gauge">
        <ArcGauge view={view} band={bandOfSession(session, shownBand)} />
        <HistoryCurve history={session.history} width={52} height={18} />
      </div>
      <div className="fullest-words">
        <h2 className="fullest-project" data-hint={hintText(view.details.surroundings, [view.project])}>
          <bdi>{view.project}</bdi>
        </h2>
        <p className="fullest-title" data-untitled={!view.hasTitle} data-hint={view.hasTitle ? view.title : undefined}>
          <bdi>{view.title}</bdi>
        </p>
        <p className="chip" data-hint={hintText(view.details.figure)}>
          <bdi>{chip.length === 0 ? texts.session.noModel : chip.join(texts.listSeparator)}</bdi>
        </p>
        <p className="fullest-state" data-hint={hintText([view.stateText, view.stateNote, view.ageText])}>
          <StateWords view={view} />
          {facts.map((fact) => `${texts.listSeparator}${fact}`)}
          {view.bandText === null ? null : (
            <>
              {texts.listSeparator}
              <strong data-tone={view.tone}>{view.bandText}</strong>
            </>
          )}
        </p>
        <Outlook view={view} />
        <p className="fullest-export">
          <ExportStatus session={session} feedback={feedback} nowMs={nowMs} isFull />
        </p>
        <div className="fullest-actions">
          <ExportButton
            session={session}
            view={view}
            feedback={feedback}
            onExport={actions.exportNow}
            canExport={canExport}
            look="primary"
          />
          <TranscriptButton session={session} view={view} onOpen={actions.openTranscript} />
          <SessionMenu
            session={session}
            view={view}
            nowMs={nowMs}
            canExport={canExport}
            actions={actions}
            isOpen={isMenuOpen}
            onOpen={setMenuOpen}
            onEditThreshold={() => setEditedId(session.id)}
          />
        </div>
        <SpokenDetails view={view} />
      </div>
      {editedId !== session.id ? null : (
        <OwnThreshold
          key={session.id}
          session={session}
          common={shownBand.from}
          actions={actions}
          onClose={() => setEditedId(null)}
        />
      )}
    </section>
  );
}
