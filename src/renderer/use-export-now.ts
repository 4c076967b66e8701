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

  const exportNow = useCallback(
    (session: SessionState): void => {
      const put = (value: ExportFeedback | null): void =>
        setFeedback((previous) => {
          const next = new Map(previous);
          if (value === null) next.delete(session.id);
          else next.set(session.id, value);
          return next;
        });
      clearTimeout(timers.current.get(session.id));
      put({ kind: 'busy' });
      void settle(api.exportNow(session.id)).then((answer) => {
        if (answer === null) return put(null);
        const { said, trouble } = sayAnswer(answer, session.id);
        put(said);
        announce(texts.exporting.outcomeOf(displayText(session.project), said.text));
        if (trouble !== null) show(trouble);
        timers.current.set(
          session.id,
          setTimeout(() => put(null), shownMs),
        );
      });
    },
    [api, settle, show, announce],
  );
  return { exportNow, feedbackOf: (sessionId) => feedback.get(sessionId) ?? null };
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
