import { deleteArchived } from './delete-archived.js';
import type { DesktopSettings } from './desktop-settings.js';
import type { EngineSource } from './engine-source.js';
import { addFolder, removeFolder } from './added-folders.js';
import { actOnPending } from './act-on-pending.js';
import { openArchived, revealRestored } from './open-archived.js';
import { copyDiagnostics } from './copy-diagnostics.js';
import { openPlace } from './open-place.js';
import { openTranscript } from './open-transcript.js';
import { copyResumeCommand, openSessionFolder } from './session-actions.js';
import type { IntentHandlers } from './page-ipc.js';
import type { Popover } from './popover.js';
import { startJob } from './start-job.js';

/** What each intent of the page does: almost all go to the current engine. */
export function intentHandlers(options: {
  readonly engine: EngineSource;
  readonly popover: Pick<Popover, 'hide' | 'setHeight' | 'holdOpen'>;
  readonly onSessionsOnView: (sessionIds: readonly string[]) => void;
  readonly desktop: Pick<DesktopSettings, 'update'>;
  readonly startDemo: () => Promise<void>;
  readonly leaveDemo: () => Promise<void>;
}): IntentHandlers {
  const { engine, popover, onSessionsOnView, desktop, startDemo, leaveDemo } = options;
  return {
    'get-state': () => engine.state(),
    'export-now': ({ sessionId }) => engine.current().exportNow(sessionId),
    'update-settings': ({ patch }) => desktop.update(patch),
    'add-root': () => popover.holdOpen(() => addFolder(engine)),
    'remove-root': ({ entry }) => removeFolder(engine, entry),
    'copy-diagnostics': () => done(() => copyDiagnostics(engine.state())),
    'set-paused': ({ paused }) => done(() => engine.current().setPaused(paused)),
    'mute-notices': ({ sessionId, length }) => done(() => engine.current().muteNotices(sessionId, length)),
    'dismiss-session': ({ sessionId, dismissed }) => done(() => engine.current().setDismissed(sessionId, dismissed)),
    'copy-resume-command': ({ sessionId }) => copyResumeCommand(engine.state(), sessionId),
    'open-session-folder': ({ sessionId }) => done(() => openSessionFolder(engine.state(), sessionId)),
    'act-on-pending': ({ action, name }) => actOnPending(engine.current(), action, name),
    'retry-pending': () => engine.current().retryPending(null),
    'archive-near-deletion': () => done(() => engine.current().archiveNearDeletion()),
    'delete-archived': ({ sessionId }) => deleteArchived(engine, sessionId),
    'confirm-first-run': () => done(() => engine.current().confirmFirstRun()),
    'answer-exporter-offer': ({ accepted }) => done(() => engine.current().answerExporterOffer(accepted)),
    'start-demo': () => done(startDemo),
    'leave-demo': () => done(leaveDemo),
    'stop-daemon': () => done(() => engine.current().stopDaemon()),
    'search-archive': ({ query }) => engine.current().searchArchive(query),
    'list-archived': ({ query }) => engine.current().archived.sessions(query),
    'list-projects': () => engine.current().archived.projects(),
    'reveal-archived': ({ sessionId }) =>
      done(async () => openArchived(await engine.current().archived.folder(sessionId))),
    'start-job': ({ wish }) => startJob(engine, wish),
    'cancel-job': ({ id }) => done(() => engine.current().jobs.cancel(id)),
    'dismiss-job': ({ id }) => done(() => engine.current().jobs.dismiss(id)),
    'reveal-restored': ({ id }) => done(() => revealRestored(engine.current().jobs.restoredPath(id))),
    'open-transcript': ({ sessionId, entryUuid }) =>
      done(async () => openTranscript(await engine.current().transcriptPage(sessionId, entryUuid))),
    'open-place': ({ place }) => done(() => openPlace(engine.state().places, place)),
    'set-popover-height': ({ heightPixels }) => done(() => popover.setHeight(heightPixels)),
    'set-sessions-on-view': ({ sessionIds }) => done(() => onSessionsOnView(sessionIds)),
    'hide-popover': () => done(() => popover.hide()),
  };
}

async function done(action: () => void | Promise<void>): Promise<null> {
  await action();
  return null;
}
