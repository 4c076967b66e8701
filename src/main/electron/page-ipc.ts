import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { AppState } from '../../shared/app-state.js';
import { showSessionChannel, stateChannel, type IntentName, type Intents } from '../../shared/ipc-contract.js';
import type { Log } from '../support/log.js';
import { pageOrigin } from './app-address.js';
import { checkedAnswer } from './checked-answer.js';
import { intentSchemas } from './intent-schemas.js';

/** One handler per channel; a channel without one doesn't compile. */
export type IntentHandlers = {
  readonly [Name in IntentName]: (
    argument: Intents[Name]['argument'],
  ) => Intents[Name]['value'] | Promise<Intents[Name]['value']>;
};

/**
 * Answers the page's intents, the only use of Electron's bare channel in main: the sender must be the main frame of
 * the page that `page` gives, on our origin, and the argument must pass the channel's schema. Returns its undo.
 */
export function answerIntents(options: {
  readonly handlers: IntentHandlers;
  readonly page: () => WebContents | null;
  readonly log: Log;
}): () => void {
  const { handlers, page, log } = options;
  const answer = <Name extends IntentName>(name: Name): void => {
    ipcMain.handle(name, (event, argument: unknown) =>
      checkedAnswer<Intents[Name]['argument'], Intents[Name]['value']>({
        trusted: isOurPage(event, page()),
        schema: intentSchemas[name],
        argument,
        handler: handlers[name],
        onRefusal: (message) => log.warn(`Intent ${name}: ${message}`),
      }),
    );
  };
  const names = Object.keys(intentSchemas) as IntentName[];
  for (const name of names) answer(name);
  return () => {
    for (const name of names) ipcMain.removeHandler(name);
  };
}

/** Pushes a state to the page. */
export function sendState(page: WebContents, state: AppState): void {
  page.send(stateChannel, state);
}

/** Asks the page to show a session. */
export function sendShowSession(page: WebContents, sessionId: string): void {
  page.send(showSessionChannel, sessionId);
}

function isOurPage(event: IpcMainInvokeEvent, page: WebContents | null): boolean {
  const frame = event.senderFrame;
  return (
    page !== null &&
    !page.isDestroyed() &&
    event.sender === page &&
    frame !== null &&
    frame === page.mainFrame &&
    frame.origin === pageOrigin
  );
}
