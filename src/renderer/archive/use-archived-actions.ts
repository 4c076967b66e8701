import { useCallback } from 'react';
import type { PopoverApi } from '../../shared/ipc-contract.js';
import type { JobWish } from '../../shared/jobs.js';
import type { ArchivedActions } from '../components/archive/ArchivedRow.js';
import { texts } from '../texts.js';
import type { ToastControl } from '../use-toast.js';
import type { ArchiveWishControl } from './use-archive-query.js';

/** Sends what is to be done with an archived session. What was deleted is spoken; why something was not done is shown as a toast. */
export function useArchivedActions(options: {
  readonly api: PopoverApi;
  readonly toast: ToastControl;
  readonly announce: (text: string) => void;
  readonly change: ArchiveWishControl['change'];
  readonly start: (wish: JobWish) => void;
  readonly focusField: () => void;
}): ArchivedActions {
  const { api, toast, announce, change, start, focusField } = options;
  const { settle, show } = toast;
  return useCallback(
    (action, { sessionId }, name) => {
      switch (action) {
        case 'transcript':
          return void settle(api.openTranscript(sessionId, null));
        case 'searchIn':
          change({ session: { id: sessionId, name } });
          return focusField();
        case 'restore':
          return start({ kind: 'restore', sessionId, place: 'original' });
        case 'restoreInto':
          return start({ kind: 'restore', sessionId, place: 'chosen' });
        case 'reveal':
          return void settle(api.revealArchived(sessionId));
        case 'delete':
          void settle(api.deleteArchived(sessionId)).then((answer) => {
            if (answer?.kind === 'deleted') announce(texts.archive.deleted(name));
            else if (answer?.kind === 'refused') show(answer.message);
          });
      }
    },
    [api, settle, show, announce, change, start, focusField],
  );
}
