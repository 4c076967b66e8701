import type { RefCallback } from 'react';
import type { AppState } from '../../shared/app-state.js';
import { fullestSession } from '../fullest-session.js';
import type { Band } from '../session-view.js';
import { texts } from '../texts.js';
import type { ExportControl } from '../use-export-now.js';
import type { ActOnPending } from '../use-pending-actions.js';
import { useNow } from '../use-now.js';
import { EmptyState } from './EmptyState.js';
import { FirstRun } from './FirstRun.js';
import { FullestSession } from './FullestSession.js';
import { PendingExports } from './PendingExports.js';
import { SessionList } from './SessionList.js';
import { SetAsideExports } from './SetAsideExports.js';
import type { OpenTranscript } from './TranscriptButton.js';

interface SessionsPlaceProps {
  readonly state: AppState;
  /** The band in force, which decides, and the one to draw, which follows a drag. */
  readonly band: Band;
  readonly shownBand: Band;
  readonly exporter: ExportControl;
  readonly part: RefCallback<HTMLElement>;
  readonly onOpenTranscript: OpenTranscript;
  readonly onRetry: () => void;
  readonly onActOnPending: ActOnPending;
  readonly onStartDemo: () => void;
  readonly onConfirmFirstRun: () => void;
}

/** The first place: the fullest live session, then every session and what waits to be archived; or what to do where there is none. */
export function SessionsPlace(props: SessionsPlaceProps) {
  const { state, band, shownBand, exporter, part, onOpenTranscript } = props;
  const { onRetry, onActOnPending, onStartDemo, onConfirmFirstRun } = props;
  const nowMs = useNow();
  const fullest = fullestSession(state.sessions);
  const drawing = { band, shownBand, nowMs, canExport: state.mode === 'exporting' };
  return (
    <>
      <div className="place-fixed" ref={part}>
        {state.firstRun ? <FirstRun folder={state.places.contextStorage} onConfirm={onConfirmFirstRun} /> : null}
        {fullest === null ? null : (
          <FullestSession
            session={fullest}
            feedback={exporter.feedbackOf(fullest.id)}
            onExport={exporter.exportNow}
            {...drawing}
          />
        )}
        {fullest === null && state.sessions.length > 0 ? (
          <section className="none-live" aria-label={texts.session.fullestHeading}>
            <h2>{texts.empty.noneLive}</h2>
            <p>{texts.empty.noneLiveBody}</p>
          </section>
        ) : null}
      </div>
      <div className="place-scroll">
        <div ref={part}>
          {state.sessions.length === 0 ? (
            <EmptyState roots={state.roots} onDemo={state.demo ? null : onStartDemo} />
          ) : (
            <SessionList
              sessions={state.sessions}
              exporter={exporter}
              onOpenTranscript={onOpenTranscript}
              {...drawing}
            />
          )}
          <PendingExports
            pending={state.pendingExports}
            total={state.pendingTotal}
            sessions={state.sessions}
            onRetry={onRetry}
            onAct={onActOnPending}
          />
          <SetAsideExports files={state.setAside} onAct={onActOnPending} />
        </div>
      </div>
    </>
  );
}
