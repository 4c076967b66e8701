import { app, type Session, type WebContents } from 'electron';
import { pageOrigin } from './app-address.js';

/** Denies a session every permission, device and address but our own page's; returns its undo. */
export function lockSession(session: Session): () => void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, answer) =>
    answer({ cancel: !(request.url.startsWith(`${pageOrigin}/`) || request.url.startsWith('devtools://')) }),
  );
  return () => session.webRequest.onBeforeRequest(null);
}

/** Refuses navigation, new windows and webviews in every page there is or will be; returns its undo. */
export function lockAllPages(): () => void {
  const lock = (_event: unknown, contents: WebContents): void => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  };
  app.on('web-contents-created', lock);
  return () => {
    app.off('web-contents-created', lock);
  };
}
