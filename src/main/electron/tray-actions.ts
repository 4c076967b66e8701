import type { Log } from '../support/log.js';
import { noticeOfAnswer, type Notice } from '../views/notices.js';
import type { TrayAction } from '../views/tray-view.js';
import { showAbout } from './about-dialog.js';
import type { EngineSource } from './engine-source.js';
import { openPlace } from './open-place.js';

/** What each row of the tray's menu does. What fails is logged and told in a notice. */
export function trayActions(options: {
  readonly engine: EngineSource;
  readonly showPopover: () => void;
  readonly showNotice: (notice: Notice) => void;
  readonly quit: () => void;
  readonly log: Log;
}): (action: TrayAction) => void {
  const { engine, showPopover, showNotice, quit, log } = options;
  const told = (doing: string, work: Promise<void>): void => {
    work.catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      log.error(`${doing} failed: ${message}`);
      showNotice({ subject: 'menu', title: `${doing} Failed`, body: message, silent: true, quiet: false });
    });
  };
  const exportNow = async (): Promise<void> => {
    const answer = await engine.current().exportNow(null);
    const notice = noticeOfAnswer(answer, engine.state().settings.noticeSound);
    if (notice !== null) showNotice(notice);
  };
  return (action) => {
    switch (action.kind) {
      case 'show':
        return showPopover();
      case 'export-now':
        return told('Export Now', exportNow());
      case 'set-paused':
        return engine.current().setPaused(action.paused);
      case 'open-place':
        return told('Opening', openPlace(engine.state().places, action.place));
      case 'about':
        return told('About', showAbout(engine.state()));
      case 'quit':
        return quit();
    }
  };
}
