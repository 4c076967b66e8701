import type { PopoverApi } from '../../shared/ipc-contract.js';
import { texts } from '../texts.js';
import { useAppState } from '../use-app-state.js';
import { Popover } from './Popover.js';

/** The whole page: the popover once main has told its state, a sentence until then or where there is none. */
export function App({ api }: { readonly api: PopoverApi }) {
  const feed = useAppState(api);
  if (feed.kind === 'ready') return <Popover state={feed.state} api={api} />;
  return (
    <main className="page page-message">
      <h1 className="visually-hidden">{texts.appName}</h1>
      {feed.kind === 'loading' ? <p role="status">{texts.loading}</p> : <p role="alert">{feed.message}</p>}
    </main>
  );
}
