import { useEffect, useState } from 'react';
import type { AppState } from '../shared/app-state.js';
import type { PopoverApi } from '../shared/ipc-contract.js';
import { shareUnchanged } from './share-unchanged.js';
import { texts } from './texts.js';

/** What the page knows of the app: nothing yet, its state, or why there is none. */
export type StateFeed =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly state: AppState }
  | { readonly kind: 'failed'; readonly message: string };

/** The newest state that main has pushed; the one asked for at the start only until the first push. */
export function useAppState(api: PopoverApi): StateFeed {
  const [feed, setFeed] = useState<StateFeed>({ kind: 'loading' });
  useEffect(() => {
    let pushed = false;
    let stopped = false;
    const stop = api.onState((state) => {
      pushed = true;
      setFeed((before) => ({
        kind: 'ready',
        state: shareUnchanged(before.kind === 'ready' ? before.state : null, state),
      }));
    });
    api.getState().then(
      (answer) => {
        if (pushed || stopped) return;
        setFeed(answer.ok ? { kind: 'ready', state: answer.value } : { kind: 'failed', message: answer.message });
      },
      () => {
        if (!pushed && !stopped) setFeed({ kind: 'failed', message: texts.noConnection });
      },
    );
    return () => {
      stopped = true;
      stop();
    };
  }, [api]);
  return feed;
}
