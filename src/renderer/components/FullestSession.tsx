import type { SessionState } from '../../shared/app-state.js';
import { hintText } from '../hint-text.js';
import { type Band, viewSession } from '../session-view.js';
import { useOnView } from '../sessions-on-view.js';
import { texts } from '../texts.js';
import type { ExportFeedback } from '../use-export-now.js';
import { ArcGauge } from './ArcGauge.js';
import { ExportButton } from './ExportButton.js';
import { ExportStatus } from './ExportStatus.js';
import { Outlook } from './Outlook.js';
import { SpokenDetails } from './SpokenDetails.js';
import { StateWords } from './StateWords.js';

interface FullestSessionProps {
  readonly session: SessionState;
  readonly band: Band;
  readonly shownBand: Band;
  readonly nowMs: number;
  readonly feedback: ExportFeedback | null;
  readonly onExport: (session: SessionState) => void;
  readonly canExport: boolean;
}

/** The live session nearest to its limit, large: gauge, names, model, what is left, how far it is exported, Export now. */
export function FullestSession({
  session,
  band,
  shownBand,
  nowMs,
  feedback,
  onExport,
  canExport,
}: FullestSessionProps) {
  const view = viewSession(session, band, nowMs);
  const onView = useOnView(session.id);
  const chip = [view.modelText, view.windowText].filter((part) => part !== null);
  const facts = [view.stateNote, view.bandText === null ? view.ageText : null].filter((part) => part !== null);
  return (
    <section className="fullest" ref={onView} data-session-id={session.id} aria-label={texts.session.fullestHeading}>
      <ArcGauge view={view} band={shownBand} />
      <div className="fullest-words">
        <h2 className="fullest-project" title={hintText(view.details.surroundings, [view.project])}>
          <bdi>{view.project}</bdi>
        </h2>
        <p className="fullest-title" data-untitled={!view.hasTitle} title={view.hasTitle ? view.title : undefined}>
          <bdi>{view.title}</bdi>
        </p>
        <p className="chip" title={hintText(view.details.figure)}>
          <bdi>{chip.length === 0 ? texts.session.noModel : chip.join(texts.listSeparator)}</bdi>
        </p>
        <p className="fullest-state" title={hintText([view.stateText, view.stateNote, view.ageText])}>
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
        <ExportButton
          session={session}
          view={view}
          feedback={feedback}
          onExport={onExport}
          canExport={canExport}
          look="primary"
        />
        <SpokenDetails view={view} />
      </div>
    </section>
  );
}
