import { useCallback, useState } from 'react';
import type { Answer } from '../shared/ipc-contract.js';
import { texts } from './texts.js';

/** A sentence about something that went wrong, shown until it is dismissed. */
export interface ToastControl {
  readonly message: string | null;
  readonly show: (message: string) => void;
  readonly dismiss: () => void;
  /** Waits for an intent's answer, shows why where main refused, and hands back its value or null. */
  readonly settle: <Value>(intent: Promise<Answer<Value>>) => Promise<Value | null>;
}

/** The page's one toast; a new message replaces the old one. */
export function useToast(): ToastControl {
  const [message, setMessage] = useState<string | null>(null);
  const dismiss = useCallback(() => setMessage(null), []);
  const settle = useCallback(async <Value>(intent: Promise<Answer<Value>>): Promise<Value | null> => {
    const answer = await intent.catch((): Answer<Value> => ({
      ok: false,
      code: 'no-answer',
      message: texts.toast.noAnswer,
    }));
    if (answer.ok) return answer.value;
    setMessage(answer.message);
    return null;
  }, []);
  return { message, show: setMessage, dismiss, settle };
}
