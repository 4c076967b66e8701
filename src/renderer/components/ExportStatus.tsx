import type { SessionState } from '../../shared/app-state.js';
import { exportWords } from '../export-words.js';
import { hintText } from '../hint-text.js';
import type { ExportFeedback } from '../use-export-now.js';
import { Icon } from './Icon.js';

interface ExportStatusProps {
  readonly session: SessionState;
  readonly feedback: ExportFeedback | null;
  readonly nowMs: number;
  /** For where there is room: in full, and through when it is exported where that is everything. */
  readonly isFull?: boolean;
}

/** How far the session is exported, or for a while what came of the export just asked for. */
export function ExportStatus({ session, feedback, nowMs, isFull = false }: ExportStatusProps) {
  if (feedback?.kind === 'said') {
    return (
      <span className="export-status" data-tone={feedback.tone}>
        <Icon name={feedback.tone === 'failed' ? 'warning' : 'check'} />
        {feedback.text}
      </span>
    );
  }
  const words = exportWords(session, nowMs);
  const isDone = words.tone === 'done';
  const text = isFull && isDone ? (words.detail ?? words.text) : words.text;
  const isShort = !isFull && words.shortText !== text;
  return (
    <span className="export-status" data-tone={words.tone} data-hint={hintText([isShort ? text : null, words.detail])}>
      {isDone ? <Icon name="check" /> : null}
      {isShort ? <span aria-hidden="true">{words.shortText}</span> : null}
      <span className={isShort ? 'visually-hidden' : undefined}>{text}</span>
    </span>
  );
}
