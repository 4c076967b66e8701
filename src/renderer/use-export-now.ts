import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionState } from '../shared/app-state.js';
import type { ExportNowAnswer, ExportOutcome } from '../shared/export-answer.js';
import type { PopoverApi } from '../shared/ipc-contract.js';
import { displayText } from './display-text.js';
import { texts } from './texts.js';
import type { ToastControl } from './use-toast.js';

const shownMs = 8000;

/** What the page shows of an export asked for here: that it runs, or for 8 s what came of it. */
export type ExportFeedback =
  | { readonly kind: 'busy' }
  | { readonly kind: 'said'; readonly text: string; readonly tone: 'done' | 'quiet' | 'failed' };

/** Exports on request, one session at a time each, and what came of it by session id. */
export interface ExportControl {
  readonly feedbackOf: (sessionId: string) => ExportFeedback | null;
  readonly exportNow: (session: SessionState) => void;
  /** Shows for 8 s that something else was done with a session. */
  readonly say: (sessionId: string, text: string) => void;
}

/** Sends Export now and puts the outcome into words: beside the button, in the live region (`announce`), and as a toast where it failed. */
export function useExportNow(api: PopoverApi, toast: ToastControl, announce: (text: string) => void): ExportControl {
  const [feedback, setFeedback] = useState<ReadonlyMap<string, ExportFeedback>>(new Map());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => clearTimeout(timer));
  }, []);
  const { settle, show } = toast;

  const put = useCallback((sessionId: string, value: ExportFeedback | null): void => {
    clearTimeout(timers.current.get(sessionId));
    setFeedback((previous) => {
      const next = new Map(previous);
      if (value === null) next.delete(sessionId);
      else next.set(sessionId, value);
      return next;
    });
  }, []);
  const tell = useCallback(
    (sessionId: string, said: Said): void => {
      put(sessionId, said);
      timers.current.set(
        sessionId,
        setTimeout(() => put(sessionId, null), shownMs),
      );
    },
    [put],
  );
  const say = useCallback(
    (sessionId: string, text: string): void => tell(sessionId, { kind: 'said', text, tone: 'quiet' }),
    [tell],
  );
  const exportNow = useCallback(
    (session: SessionState): void => {
      put(session.id, { kind: 'busy' });
      void settle(api.exportNow(session.id)).then((answer) => {
        if (answer === null) return put(session.id, null);
        const { said, trouble } = sayAnswer(answer, session.id);
        tell(session.id, said);
        announce(texts.exporting.outcomeOf(displayText(session.project), said.text));
        if (trouble !== null) show(trouble);
      });
    },
    [api, settle, show, announce, put, tell],
  );
  return { exportNow, say, feedbackOf: (sessionId) => feedback.get(sessionId) ?? null };
}

type Said = Extract<ExportFeedback, { kind: 'said' }>;

function sayAnswer(answer: ExportNowAnswer, sessionId: string): { said: Said; trouble: string | null } {
  if (answer.kind !== 'done') return { said: failed, trouble: answer.message };
  const outcome = answer.outcomes.find((candidate) => candidate.sessionId === sessionId);
  return outcome === undefined ? { said: nothingNew, trouble: null } : sayOutcome(outcome);
}

function sayOutcome(outcome: ExportOutcome): { said: Said; trouble: string | null } {
  switch (outcome.kind) {
    case 'exported':
      return {
        said: { kind: 'said', text: texts.exporting.exported(outcome.messages), tone: 'done' },
        trouble: null,
      };
    case 'nothing-new':
      return { said: nothingNew, trouble: null };
    case 'failed':
      return { said: failed, trouble: `${outcome.message} ${outcome.mend}` };
  }
}

const failed: Said = { kind: 'said', text: texts.exporting.failed, tone: 'failed' };
const nothingNew: Said = { kind: 'said', text: texts.exporting.nothingNew, tone: 'quiet' };
