import type { SessionState } from '../../shared/app-state.js';
import { exportWords } from '../export-words.js';
import type { ExportFeedback } from '../use-export-now.js';
import { Icon } from './Icon.js';

interface ExportStatusProps {
  readonly session: SessionState;
  readonly feedback: ExportFeedback | null;
  readonly nowMs: number;
  /** Says through when it is exported, where that is everything. */
  readonly isDated?: boolean;
}

/** How far the session is exported, or for a while what came of the export just asked for. */
export function ExportStatus({ session, feedback, nowMs, isDated = false }: ExportStatusProps) {
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
  return (
    <span className="export-status" data-tone={words.tone} title={words.detail ?? undefined}>
      {isDone ? <Icon name="check" /> : null}
      {isDated && isDone ? (words.detail ?? words.text) : words.text}
    </span>
  );
}
