import { useState } from 'react';
import type { SessionState } from '../../shared/app-state.js';
import type { SessionView } from '../session-view.js';
import { texts } from '../texts.js';
import { Icon } from './Icon.js';

/** Opens a session's transcript; resolves when it is open, or when it was said why not. */
export type OpenTranscript = (sessionId: string) => Promise<void>;

interface TranscriptButtonProps {
  readonly session: SessionState;
  readonly view: SessionView;
  readonly onOpen: OpenTranscript;
}

/** Open transcript, where something of the session is exported. It keeps the focus while the page is made, which may take a while. */
export function TranscriptButton({ session, view, onOpen }: TranscriptButtonProps) {
  const [isBusy, setBusy] = useState(false);
  if (session.exportedBytes === 0) return null;
  const label = isBusy ? texts.transcript.busyFor(view.project) : texts.transcript.openFor(view.project, view.title);
  const open = (): void => {
    setBusy(true);
    void onOpen(session.id).finally(() => setBusy(false));
  };
  return (
    <button
      type="button"
      className="button-icon button-transcript"
      aria-disabled={isBusy}
      data-busy={isBusy}
      aria-label={label}
      data-hint={label}
      onClick={isBusy ? undefined : open}
    >
      <Icon name="page" />
    </button>
  );
}
