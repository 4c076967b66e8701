import { contextBridge, ipcRenderer } from 'electron';
import type { AppState } from '../shared/app-state.js';
import {
  showSessionChannel,
  stateChannel,
  type Answer,
  type IntentName,
  type Intents,
  type PopoverApi,
} from '../shared/ipc-contract.js';

function ask<Name extends IntentName>(
  name: Name,
  argument: Intents[Name]['argument'],
): Promise<Answer<Intents[Name]['value']>> {
  return ipcRenderer.invoke(name, argument) as Promise<Answer<Intents[Name]['value']>>;
}

/** Asked for before the page listened. */
let sessionToShow: string | null = null;
let showSession: ((sessionId: string) => void) | null = null;
ipcRenderer.on(showSessionChannel, (_event, sessionId: string) => {
  if (showSession === null) sessionToShow = sessionId;
  else showSession(sessionId);
});

const api: PopoverApi = {
  getState: () => ask('get-state', null),
  exportNow: (sessionId) => ask('export-now', { sessionId }),
  updateSettings: (patch) => ask('update-settings', { patch }),
  addRoot: () => ask('add-root', null),
  removeRoot: (entry) => ask('remove-root', { entry }),
  copyDiagnostics: () => ask('copy-diagnostics', null),
  setPaused: (paused) => ask('set-paused', { paused }),
  muteNotices: (sessionId, length) => ask('mute-notices', { sessionId, length }),
  dismissSession: (sessionId, dismissed) => ask('dismiss-session', { sessionId, dismissed }),
  copyResumeCommand: (sessionId) => ask('copy-resume-command', { sessionId }),
  openSessionFolder: (sessionId) => ask('open-session-folder', { sessionId }),
  actOnPending: (action, name) => ask('act-on-pending', { action, name }),
  retryPending: () => ask('retry-pending', null),
  archiveNearDeletion: () => ask('archive-near-deletion', null),
  deleteArchived: (sessionId) => ask('delete-archived', { sessionId }),
  confirmFirstRun: () => ask('confirm-first-run', null),
  answerExporterOffer: (accepted) => ask('answer-exporter-offer', { accepted }),
  startDemo: () => ask('start-demo', null),
  leaveDemo: () => ask('leave-demo', null),
  stopDaemon: () => ask('stop-daemon', null),
  searchArchive: (query) => ask('search-archive', { query }),
  listArchived: (query) => ask('list-archived', { query }),
  listProjects: () => ask('list-projects', null),
  revealArchived: (sessionId) => ask('reveal-archived', { sessionId }),
  startJob: (wish) => ask('start-job', { wish }),
  cancelJob: (id) => ask('cancel-job', { id }),
  dismissJob: (id) => ask('dismiss-job', { id }),
  revealRestored: (id) => ask('reveal-restored', { id }),
  openTranscript: (sessionId, entryUuid) => ask('open-transcript', { sessionId, entryUuid }),
  openPlace: (place) => ask('open-place', { place }),
  setPopoverHeight: (heightPixels) => ask('set-popover-height', { heightPixels }),
  setSessionsOnView: (sessionIds) => ask('set-sessions-on-view', { sessionIds }),
  hidePopover: () => ask('hide-popover', null),
  onState: (listener) => {
    const receive = (_event: unknown, state: AppState): void => listener(state);
    ipcRenderer.on(stateChannel, receive);
    return () => {
      ipcRenderer.off(stateChannel, receive);
    };
  },
  onShowSession: (listener) => {
    showSession = listener;
    if (sessionToShow !== null) listener(sessionToShow);
    sessionToShow = null;
    return () => {
      if (showSession === listener) showSession = null;
    };
  },
};

contextBridge.exposeInMainWorld('contextWatcher', api);
