import { app, powerMonitor, session } from 'electron';
import type { Log } from '../support/log.js';
import type { Notice } from '../views/notice.js';
import { trayView } from '../views/tray-view.js';
import { serveApp } from './app-protocol.js';
import { watchDesktopServices } from './desktop-services.js';
import type { EngineSource } from './engine-source.js';
import { followHiddenIcon } from './hidden-icon.js';
import { intentHandlers } from './intent-handlers.js';
import { feedNotices } from './notice-feed.js';
import { startNotifications } from './notifications.js';
import { openExport } from './open-export.js';
import { paced } from './paced.js';
import { answerIntents, sendShowSession, sendState } from './page-ipc.js';
import { lockSession } from './page-security.js';
import { createPopover } from './popover.js';
import { keepShellProblems } from './shell-problems.js';
import { startDesktopSettings } from './start-desktop-settings.js';
import { trayActions } from './tray-actions.js';
import { followTrayHost } from './tray-host.js';
import { gaugePicture } from './tray-image.js';
import { startTray } from './tray.js';

/** What the shell is started with. */
export interface ShellOptions {
  readonly engine: EngineSource;
  readonly startDemo: () => Promise<void>;
  readonly leaveDemo: () => Promise<void>;
  /** Quit was chosen. */
  readonly quit: () => void;
  readonly log: Log;
  readonly openPopoverAtStart: boolean;
  /** The folder with the page's `index.html`. */
  readonly rendererFolder: string;
  readonly preloadFile: string;
  /** What the app is started with when it starts at login. */
  readonly loginArguments: readonly string[];
}

/** The running shell. */
export interface Shell {
  readonly showPopover: () => void;
  readonly stop: () => Promise<void>;
}

const pagePauseMilliseconds = 50;

/**
 * Puts the app on the desktop, around an engine that runs already: tray, popover, notices. Call it once Electron is ready.
 * All of it draws the engine's state and sends it intents; it keeps no state of the app's own.
 */
export function startShell(options: ShellOptions): Shell {
  const { engine, log, quit, startDemo, leaveDemo, preloadFile } = options;
  const problems = keepShellProblems(engine);
  const pageSession = session.fromPartition('popover', { cache: false });
  const unlockSession = lockSession(pageSession);
  const stopServing = serveApp(pageSession, options.rendererFolder);
  let sessionToShow: string | null = null;
  let sessionsOnView: ReadonlySet<string> = new Set();
  const showPopover = (sessionId: string | null = null): void => {
    sessionToShow = sessionId;
    popover.show();
  };
  const openTold = async (file: string, sessionId: string | null): Promise<void> => {
    try {
      if (!(await openExport(file))) showPopover(sessionId);
    } catch (error) {
      log.warn(`An export was not opened: ${String(error)}`);
    }
  };

  const notifications = startNotifications({
    onClick: ({ opens, sessionId }) => (opens === undefined ? showPopover(sessionId) : void openTold(opens, sessionId)),
    onFault: (fault) =>
      fault === null
        ? problems.clear('notifications-unavailable')
        : problems.set({ code: 'notifications-unavailable', ...fault }),
  });
  const trayHost = followTrayHost({ problems, onAppear: () => tray.remake(), onMissing: () => showPopover() });
  const popover = createPopover({
    session: pageSession,
    preloadFile,
    presentation: () => (trayHost.present() ? 'popover' : 'window'),
    icon: () => gaugePicture(trayView(engine.state()).gauge),
    trayBounds: () => tray.bounds(),
    onShow: (page) => {
      problems.clear('popover-failed');
      hiddenIcon.look();
      sendState(page, engine.state());
      if (sessionToShow !== null) sendShowSession(page, sessionToShow);
      sessionToShow = null;
    },
    onFault: (message) => {
      log.error(message);
      problems.set({ code: 'popover-failed', message, mend: 'Open it again; if that fails too, start the app again.' });
    },
  });
  const tray = startTray({
    view: trayView(engine.state()),
    onClick: (bounds) => popover.toggle(bounds),
    onAction: trayActions({ engine, showPopover, showNotice: notifications.show, quit, log }),
  });
  const hiddenIcon = followHiddenIcon({ bounds: tray.bounds, problems });
  const desktopSettings = startDesktopSettings({
    engine,
    problems,
    popover,
    loginArguments: options.loginArguments,
  });
  const stopAnswering = answerIntents({
    handlers: intentHandlers({
      engine,
      popover,
      desktop: desktopSettings,
      onSessionsOnView: (sessionIds) => {
        sessionsOnView = new Set(sessionIds);
      },
      startDemo,
      leaveDemo,
    }),
    page: () => popover.page(),
    log,
  });

  const drawPage = paced(pagePauseMilliseconds, () => {
    const page = popover.page();
    if (page !== null) sendState(page, engine.state());
  });
  const notices = feedNotices({
    engine,
    isOnView: (sessionId) => popover.hasFocus() && sessionsOnView.has(sessionId),
    onNotice(notice: Notice) {
      notifications.show(notice);
      if (notice.opens !== undefined && !notice.quiet) void openTold(notice.opens, notice.sessionId);
    },
  });
  let desktopKnown = process.platform !== 'linux';
  const draw = (): void => {
    const state = engine.state();
    problems.carryOver();
    desktopSettings.follow(state);
    tray.update(trayView(state));
    drawPage.run();
    if (desktopKnown) notices.look();
  };
  const unsubscribe = engine.subscribe(draw);

  const begin = (): void => {
    desktopKnown = true;
    draw();
    if (options.openPopoverAtStart) showPopover();
  };
  const fail = (doing: string) => (error: unknown) => {
    log.error(`${doing} failed: ${error instanceof Error ? error.message : String(error)}`);
  };
  const desktop = desktopKnown
    ? Promise.resolve(() => undefined)
    : watchDesktopServices({
        address: process.env['DBUS_SESSION_BUS_ADDRESS'],
        onServices: (services) => {
          notifications.setServer(services.notifications);
          trayHost.take(services.trayHost);
        },
        onFault: log.warn,
      });
  desktop.then(begin).catch(fail('Starting the desktop shell'));

  const wake = (): void => {
    engine.current().sweepNow().catch(fail('Catching up after sleep'));
  };
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
  const activate = (): void => showPopover();
  app.on('activate', activate);

  return {
    showPopover: activate,
    stop: async () => {
      powerMonitor.off('resume', wake);
      powerMonitor.off('unlock-screen', wake);
      app.off('activate', activate);
      unsubscribe();
      (await desktop)();
      desktopSettings.stop();
      trayHost.stop();
      hiddenIcon.stop();
      drawPage.stop();
      stopAnswering();
      notices.stop();
      notifications.stop();
      popover.stop();
      tray.stop();
      stopServing();
      unlockSession();
    },
  };
}
