import type { SessionState } from '../../shared/app-state.js';
import type { SessionView } from '../session-view.js';
import { texts } from '../texts.js';
import type { ExportFeedback } from '../use-export-now.js';
import { Icon } from './Icon.js';

interface ExportButtonProps {
  readonly session: SessionState;
  readonly view: SessionView;
  readonly feedback: ExportFeedback | null;
  readonly onExport: (session: SessionState) => void;
  /** False while another program does the exporting. */
  readonly canExport: boolean;
  readonly look: 'primary' | 'icon';
}

/** Export now for one session. While it can't act it keeps the focus and says why, so it is aria-disabled, not disabled. */
export function ExportButton({ session, view, feedback, onExport, canExport, look }: ExportButtonProps) {
  const isBusy = session.exporting || feedback?.kind === 'busy';
  const isOff = isBusy || !canExport;
  const label = isBusy ? texts.exporting.busyFor(view.project) : texts.exporting.actionFor(view.project, view.title);
  const hint = canExport ? label : texts.exporting.showOnly;
  const isIcon = look === 'icon';
  return (
    <button
      type="button"
      className={isIcon ? 'button-icon' : 'button button-primary'}
      aria-disabled={isOff}
      data-busy={isBusy}
      aria-label={isIcon ? label : undefined}
      data-hint={isIcon || !canExport ? hint : undefined}
      onClick={isOff ? undefined : () => onExport(session)}
    >
      <Icon name="export" />
      {isIcon ? null : isBusy ? texts.exporting.busy : texts.exporting.action}
    </button>
  );
}
