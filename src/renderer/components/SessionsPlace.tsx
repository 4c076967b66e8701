import type { RefCallback } from 'react';
import type { AppState, MuteLength } from '../../shared/app-state.js';
import { fullestSession } from '../fullest-session.js';
import type { Band } from '../session-view.js';
import { texts } from '../texts.js';
import type { ExportControl } from '../use-export-now.js';
import type { SessionActions } from '../use-session-actions.js';
import type { ActOnPending } from '../use-pending-actions.js';
import { useNow } from '../use-now.js';
import { EmptyState } from './EmptyState.js';
import { FirstRun } from './FirstRun.js';
import { FullestSession } from './FullestSession.js';
import { PendingExports } from './PendingExports.js';
import { RecentHappenings } from './RecentHappenings.js';
import { SessionList } from './SessionList.js';
import { SetAsideExports } from './SetAsideExports.js';

interface SessionsPlaceProps {
  readonly state: AppState;
  /** The common band in force, which decides, and the one to draw, which follows a drag. */
  readonly band: Band;
  readonly shownBand: Band;
  readonly exporter: ExportControl;
  readonly part: RefCallback<HTMLElement>;
  readonly actions: SessionActions;
  readonly onMuteAll: (length: MuteLength | null) => void;
  readonly onRetry: () => void;
  readonly onActOnPending: ActOnPending;
  readonly onStartDemo: () => void;
  readonly onConfirmFirstRun: () => void;
}

/** The first place: the fullest live session, then every session, what waits to be archived and what was exported lately; or what to do where there is none. */
export function SessionsPlace(props: SessionsPlaceProps) {
  const { state, band, shownBand, exporter, part, actions, onMuteAll } = props;
  const { onRetry, onActOnPending, onStartDemo, onConfirmFirstRun } = props;
  const nowMs = useNow();
  const fullest = fullestSession(state.sessions);
  const drawing = { band, shownBand, nowMs, actions, canExport: state.mode === 'exporting' };
  return (
    <>
      <div className="place-fixed" ref={part}>
        {state.firstRun ? <FirstRun folder={state.places.contextStorage} onConfirm={onConfirmFirstRun} /> : null}
        {fullest === null ? null : (
          <FullestSession session={fullest} feedback={exporter.feedbackOf(fullest.id)} {...drawing} />
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
              mute={state.mute}
              onMuteAll={onMuteAll}
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
          <RecentHappenings recent={state.recent} nowMs={nowMs} onOpenTranscript={actions.openTranscript} />
        </div>
      </div>
    </>
  );
}
