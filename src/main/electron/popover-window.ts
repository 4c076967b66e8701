import { BrowserWindow, nativeTheme, type NativeImage, type Session } from 'electron';
import { pageAddress } from './app-address.js';

/** `popover`: frameless, hides when it loses the focus. `window`: a window of its own, for desktops without a tray. */
export type Presentation = 'popover' | 'window';

/** The popover's width in device-independent pixels; its height is the page's wish. */
export const popoverWidthPixels = 420;

/**
 * Makes the popover's window, hidden, with the page loading in it: sandboxed, isolated, without Node. `onFault` gets what goes
 * wrong with the page; a page that ended takes its window along.
 */
export function makePopoverWindow(options: {
  readonly presentation: Presentation;
  readonly heightPixels: number;
  readonly session: Session;
  readonly preloadFile: string;
  readonly icon: NativeImage;
  readonly onFault: (message: string) => void;
}): BrowserWindow {
  const { presentation, session, preloadFile, onFault } = options;
  const framed = presentation === 'window';
  const window = new BrowserWindow({
    show: false,
    width: popoverWidthPixels,
    height: options.heightPixels,
    useContentSize: true,
    frame: framed,
    // On Linux Electron 20 and later ignore it: the popover is in the taskbar while it is open.
    skipTaskbar: !framed,
    resizable: false,
    minimizable: framed,
    maximizable: false,
    fullscreenable: false,
    title: 'Context Watcher',
    icon: options.icon,
    backgroundColor: backgroundColour(),
    webPreferences: {
      session,
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  const recolour = (): void => window.setBackgroundColor(backgroundColour());
  nativeTheme.on('updated', recolour);
  window.once('closed', () => nativeTheme.off('updated', recolour));
  const page = window.webContents;
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    onFault(`The popover's page ended: ${reason}.`);
    window.destroy();
  });
  page.on('preload-error', (_event, _path, error) => onFault(`The popover's script failed: ${error.message}`));
  window.loadURL(pageAddress).catch((error: unknown) => {
    if (!window.isDestroyed()) onFault(`The popover's page could not be loaded: ${String(error)}`);
  });
  return window;
}

/** The page's surface, so that nothing flashes before it is drawn. */
function backgroundColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#f8f8fa';
}
