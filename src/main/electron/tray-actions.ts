import type { Log } from '../support/log.js';
import type { Notice, NoticeWords } from '../views/notice.js';
import { isNoticeSilent } from '../views/notice-rules.js';
import { noticeOfAnswer } from '../views/notices.js';
import type { TrayAction } from '../views/tray-view.js';
import { showAbout } from './about-dialog.js';
import type { EngineSource } from './engine-source.js';
import { openPlace } from './open-place.js';

/** What each row of the tray's menu does. What fails is logged and told in a notice. */
export function trayActions(options: {
  readonly engine: EngineSource;
  readonly showPopover: (sessionId: string | null) => void;
  readonly showNotice: (notice: Notice) => void;
  readonly quit: () => void;
  readonly log: Log;
}): (action: TrayAction) => void {
  const { engine, showPopover, showNotice, quit, log } = options;
  const answer = (words: NoticeWords, silent: boolean): void =>
    showNotice({ kind: null, subject: 'answer', replaces: [], sessionId: null, silent, quiet: false, ...words });
  const told = (doing: string, work: Promise<void>): void => {
    work.catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      log.error(`${doing} failed: ${message}`);
      answer({ title: `${doing} Failed`, body: message }, true);
    });
  };
  const exportNow = async (): Promise<void> => {
    const words = noticeOfAnswer(await engine.current().exportNow(null));
    if (words !== null) answer(words, isNoticeSilent(null, engine.state().settings, new Date()));
  };
  return (action) => {
    switch (action.kind) {
      case 'show':
        return showPopover(action.sessionId);
      case 'export-now':
        return told('Export Now', exportNow());
      case 'set-paused':
        return engine.current().setPaused(action.paused);
      case 'mute-notices':
        return engine.current().muteNotices(null, action.length);
      case 'open-place':
        return told('Opening', openPlace(engine.state().places, action.place));
      case 'about':
        return told('About', showAbout(engine.state()));
      case 'quit':
        return quit();
    }
  };
}
