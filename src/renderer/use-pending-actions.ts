import { useCallback } from 'react';
import type { PopoverApi } from '../shared/ipc-contract.js';
import type { PendingAction } from '../shared/pending-answer.js';
import type { ToastControl } from './use-toast.js';

/** Does one thing with one file; resolves with whether it was done. */
export type ActOnPending = (action: PendingAction, name: string) => Promise<boolean>;

/** Sends what is to be done with one pending file. What came of it is spoken (`announce`); why it was not done is shown as a toast. */
export function usePendingActions(
  api: PopoverApi,
  toast: ToastControl,
  announce: (text: string) => void,
): ActOnPending {
  const { settle, show } = toast;
  return useCallback(
    async (action, name) => {
      const answer = await settle(api.actOnPending(action, name));
      if (answer === null) return false;
      // The toast is spoken by itself.
      if (answer.kind === 'done') announce(answer.message);
      else show(answer.kind === 'failed' ? `${answer.message} ${answer.mend}` : answer.message);
      return answer.kind === 'done';
    },
    [api, settle, show, announce],
  );
}
