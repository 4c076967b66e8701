import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AppState, MuteLength, PlaceName } from '../../shared/app-state.js';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import { useArchiveQuery } from '../archive/use-archive-query.js';
import { sendSettings } from '../send-settings.js';
import type { Band } from '../session-view.js';
import { SessionsOnView } from '../sessions-on-view.js';
import { texts } from '../texts.js';
import { useEventAnnouncements } from '../use-event-announcements.js';
import { useExportNow } from '../use-export-now.js';
import { usePendingActions } from '../use-pending-actions.js';
import { usePopoverHeight } from '../use-popover-height.js';
import { useSessionActions } from '../use-session-actions.js';
import { useShownSession } from '../use-shown-session.js';
import { useSettingsKey } from '../use-settings-key.js';
import { useSetting } from '../use-setting.js';
import { useToast } from '../use-toast.js';
import { ArchivePlace } from './archive/ArchivePlace.js';
import { AutomaticExports } from './AutomaticExports.js';
import { FolderTrouble } from './FolderTrouble.js';
import { Footer, type TabName } from './Footer.js';
import { HintLayer } from './HintLayer.js';
import { SessionsPlace } from './SessionsPlace.js';
import { SettingsPlace } from './settings/SettingsPlace.js';
import { Toast } from './Toast.js';
import { TopStrips } from './TopStrips.js';

/** The popover: what is wrong and what mode it is in, the open place, the rules, the footer. Draws `state`, sends intents. */
export function Popover({ state, api }: { readonly state: AppState; readonly api: PopoverApi }) {
  const [tab, setTab] = useState<TabName>('sessions');
  // Pressing a place's name goes to its beginning, also from within it.
  const [visit, setVisit] = useState(0);
  const visitPlace = (next: TabName): void => {
    setTab(next);
    setVisit(visit + 1);
  };
  const [spoken, announce] = useState('');
  const toast = useToast();
  const { settle } = toast;
  const exporter = useExportNow(api, toast, announce);
  const actOnPending = usePendingActions(api, toast, announce);
  const archiveQuery = useArchiveQuery();
  const part = usePopoverHeight(api.setPopoverHeight);
  useEventAnnouncements(state.events, announce);
  const showSessions = useCallback(() => setTab('sessions'), []);
  const { show } = toast;
  const sayNotListed = useCallback(() => show(texts.session.notListed), [show]);
  useSettingsKey(useCallback(() => setTab('settings'), []));
  useShownSession(api, showSessions, sayNotListed);
  useEscape(useCallback(() => void settle(api.hidePopover()), [api, settle]));

  const { thresholdPercent: from, maxPercent: to, warnPercent, alarmPercent } = state.settings;
  const settledBand = useMemo(() => ({ from, to, warnPercent, alarmPercent }), [from, to, warnPercent, alarmPercent]);
  const band = useSetting<Band>(settledBand, isSameBand, (next) =>
    sendSettings(api, {
      ...(next.from === from ? {} : { thresholdPercent: next.from }),
      ...(next.to === to ? {} : { maxPercent: next.to }),
    }),
  );
  const open = (place: PlaceName): void => void settle(api.openPlace(place));
  const actions = useSessionActions({
    api,
    exporter,
    toast,
    announce,
    thresholds: state.settings.thresholdPercentBySession,
  });
  const muteAll = (length: MuteLength | null): void => {
    void settle(api.muteNotices(null, length));
    announce(length === null ? texts.mute.said.allUnmuted : texts.mute.said.allMuted);
  };
  const setPaused = (paused: boolean): void => void settle(api.setPaused(paused));

  return (
    <div className="page">
      <div className="visually-hidden" role="status" data-live-region>
        {spoken}
      </div>
      <main className="place" data-tab={tab}>
        <h1 className="visually-hidden">{texts.appName}</h1>
        <div className="strips" ref={part}>
          <TopStrips
            state={state}
            onLeaveDemo={() => void settle(api.leaveDemo())}
            onStopDaemon={() => void settle(api.stopDaemon())}
            onArchive={() => void settle(api.archiveNearDeletion())}
            onAnswerOffer={(accepted) => void settle(api.answerExporterOffer(accepted))}
          />
        </div>
        {tab === 'sessions' ? (
          <SessionsOnView onChange={api.setSessionsOnView}>
            <SessionsPlace
              state={state}
              band={settledBand}
              shownBand={band.shown}
              exporter={exporter}
              part={part}
              actions={actions}
              onMuteAll={muteAll}
              onRetry={() => void settle(api.retryPending())}
              onActOnPending={actOnPending}
              onStartDemo={() => void settle(api.startDemo())}
              onConfirmFirstRun={() => void settle(api.confirmFirstRun())}
            />
          </SessionsOnView>
        ) : null}
        {tab === 'archive' ? (
          <ArchivePlace state={state} api={api} part={part} toast={toast} announce={announce} query={archiveQuery} />
        ) : null}
        {tab === 'sessions' ? (
          <div className="dock" ref={part}>
            <AutomaticExports state={state} api={api} band={band} onPause={setPaused} />
            {state.sessions.length > 0 ? <FolderTrouble roots={state.roots} /> : null}
          </div>
        ) : null}
        {tab === 'settings' ? (
          <div className="place-scroll">
            <div className="settings" ref={part}>
              <SettingsPlace key={visit} state={state} api={api} band={band} onPause={setPaused} onOpen={open} />
            </div>
          </div>
        ) : null}
        <HintLayer />
      </main>
      <footer ref={part}>
        <Toast message={toast.message} onDismiss={toast.dismiss} />
        <Footer tab={tab} roots={state.roots} onTab={visitPlace} onOpen={open} />
      </footer>
    </div>
  );
}

function isSameBand(one: Band, other: Band): boolean {
  return one.from === other.from && one.to === other.to;
}

/** Calls `onEscape` for an Escape that nothing in the page has taken. */
function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onEscape();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onEscape]);
}
