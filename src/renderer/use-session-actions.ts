import { useLayoutEffect, useMemo, useRef } from 'react';
import type { MuteLength, SessionState } from '../shared/app-state.js';
import type { PopoverApi } from '../shared/ipc-contract.js';
import type { Settings } from '../shared/settings.js';
import { displayText } from './display-text.js';
import { sendSettings } from './send-settings.js';
import { texts } from './texts.js';
import type { ExportControl } from './use-export-now.js';
import type { ToastControl } from './use-toast.js';

/** What can be done with one session; the same functions as long as the page stands. What goes wrong is said in the toast. */
export interface SessionActions {
  readonly exportNow: (session: SessionState) => void;
  /** Resolves when the transcript is open, or when it was said why not. */
  readonly openTranscript: (sessionId: string) => Promise<void>;
  readonly copyResume: (session: SessionState) => void;
  readonly openFolder: (sessionId: string) => void;
  readonly dismiss: (session: SessionState, dismissed: boolean) => void;
  readonly mute: (session: SessionState, length: MuteLength | null) => void;
  /** Sets the session's own threshold, whole percent, or takes it away (null); the answer is what was wrong, in words. */
  readonly setThreshold: (sessionId: string, percent: number | null) => Promise<readonly string[]>;
}

/** The actions of the sessions' menus. `thresholds` are those of the sessions that have one of their own. */
export function useSessionActions(options: {
  readonly api: PopoverApi;
  readonly exporter: ExportControl;
  readonly toast: ToastControl;
  readonly announce: (text: string) => void;
  readonly thresholds: Settings['thresholdPercentBySession'];
}): SessionActions {
  const { api, toast, announce, thresholds } = options;
  const { exportNow, say } = options.exporter;
  const { settle } = toast;
  const newest = useRef(thresholds);
  useLayoutEffect(() => {
    newest.current = thresholds;
  });

  return useMemo(() => {
    const tell = (session: SessionState, words: (project: string) => string): void =>
      announce(words(displayText(session.project)));
    return {
      exportNow,
      async openTranscript(sessionId) {
        await settle(api.openTranscript(sessionId, null));
      },
      copyResume(session) {
        void settle(api.copyResumeCommand(session.id)).then((command) => {
          if (command === null) return;
          say(session.id, texts.menu.copied);
          tell(session, () => texts.menu.copiedCommand(displayText(command)));
        });
      },
      openFolder: (sessionId) => void settle(api.openSessionFolder(sessionId)),
      dismiss(session, dismissed) {
        void settle(api.dismissSession(session.id, dismissed));
        tell(session, dismissed ? texts.menu.dismissed : texts.menu.shown);
      },
      mute(session, length) {
        void settle(api.muteNotices(session.id, length));
        tell(session, length === null ? texts.mute.said.unmuted : texts.mute.said.muted);
      },
      async setThreshold(sessionId, percent) {
        if (percent !== null && (percent < 1 || percent > 99)) return [texts.threshold.range];
        const { [sessionId]: _, ...others } = newest.current;
        return sendSettings(api, {
          thresholdPercentBySession: percent === null ? others : { ...others, [sessionId]: percent },
        });
      },
    };
  }, [api, announce, exportNow, say, settle]);
}
