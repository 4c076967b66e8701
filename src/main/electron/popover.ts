import {
  app,
  screen,
  type BrowserWindow,
  type NativeImage,
  type Rectangle,
  type Session,
  type WebContents,
} from 'electron';
import { placePopover } from './place-popover.js';
import { makePopoverWindow, type Presentation } from './popover-window.js';

/** The popover window; it exists only from its first showing until a while after its last. */
export interface Popover {
  /** Shows and focuses it, beside the pointer if that was just used on the panel. */
  readonly show: () => void;
  /** A click on the icon with these bounds: shows it there, or hides it where it is shown. */
  readonly toggle: (iconBounds: Rectangle | null) => void;
  readonly hide: () => void;
  /** It is open and the window that is used now. */
  readonly hasFocus: () => boolean;
  /** The shortcut: shows it, or hides it where it is shown and has the focus. */
  readonly summon: () => void;
  /** Whether it stays, in front, when another window gets the focus. */
  readonly setKeepOpen: (keepOpen: boolean) => void;
  /** Keeps it open while `work` has a native dialog take its focus, and gives it the focus again. */
  readonly holdOpen: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** Takes the height that the page needs; the first call after loading is the sign that the page is drawn. */
  readonly setHeight: (heightPixels: number) => void;
  /** The page, while there is one. */
  readonly page: () => WebContents | null;
  readonly stop: () => void;
}

const firstHeightPixels = 600;
/** A click on the icon blurs first: hide late enough for the click to be seen as one on an open popover. */
const blurMilliseconds = 100;
const reopenMilliseconds = 250;
/** Windows takes the focus away right after it was given. */
const graceMilliseconds = 400;
/** A page that doesn't tell its height is shown all the same. */
const patienceMilliseconds = 600;
const keepMilliseconds = 5 * 60_000;

/** Prepares the popover; nothing is made before it is shown. */
export function createPopover(options: {
  readonly session: Session;
  readonly preloadFile: string;
  /** How the window is to look; asked when one is made. */
  readonly presentation: () => Presentation;
  readonly icon: () => NativeImage;
  readonly trayBounds: () => Rectangle | null;
  /** The page is about to be shown: bring it up to date. */
  readonly onShow: (page: WebContents) => void;
  readonly onFault: (message: string) => void;
}): Popover {
  let window: BrowserWindow | null = null;
  let madeAs: Presentation = 'popover';
  let drawn = false;
  let wanted = false;
  let quitting = false;
  let holds = 0;
  let keepOpen = false;
  let heightPixels = firstHeightPixels;
  let pointer = { x: 0, y: 0 };
  let clickedIcon: Rectangle | null = null;
  let shownAt = Number.NEGATIVE_INFINITY;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let blurTimer: NodeJS.Timeout | undefined;
  let keepTimer: NodeJS.Timeout | undefined;
  let patienceTimer: NodeJS.Timeout | undefined;

  const make = (): BrowserWindow => {
    madeAs = options.presentation();
    const { session, preloadFile, onFault } = options;
    const made = makePopoverWindow({
      presentation: madeAs,
      heightPixels,
      session,
      preloadFile,
      icon: options.icon(),
      onFault,
    });
    raise(made);
    made.on('close', (event) => {
      if (quitting) return;
      event.preventDefault();
      setImmediate(hide);
    });
    made.on('blur', () => {
      if (madeAs === 'window' || keepOpen || holds > 0) return;
      if (process.platform === 'win32' && performance.now() - shownAt < graceMilliseconds) return;
      clearTimeout(blurTimer);
      blurTimer = setTimeout(() => {
        if (!made.isDestroyed() && !made.isFocused() && !made.webContents.isDevToolsOpened()) hide();
      }, blurMilliseconds);
    });
    made.on('closed', () => {
      if (window !== made) return;
      window = null;
      drawn = false;
      wanted = false;
      for (const timer of [blurTimer, keepTimer, patienceTimer]) clearTimeout(timer);
    });
    made.webContents.once('did-finish-load', () => {
      patienceTimer = setTimeout(markDrawn, patienceMilliseconds);
    });
    return made;
  };

  /** Above the flyout with the icons that Windows hides; elsewhere in front while it stays open, or it would be lost behind other windows. */
  const raise = (target: BrowserWindow): void => {
    if (madeAs === 'window') return;
    if (process.platform === 'win32') target.setAlwaysOnTop(true, 'pop-up-menu');
    else target.setAlwaysOnTop(keepOpen);
  };

  const place = (target: BrowserWindow): void => {
    const trayBounds = clickedIcon ?? options.trayBounds();
    placePopover(target, { presentation: madeAs, heightPixels, trayBounds, pointer });
  };

  const reveal = (target: BrowserWindow): void => {
    options.onShow(target.webContents);
    if (!target.isVisible()) place(target);
    if (process.platform === 'darwin') {
      target.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    }
    shownAt = performance.now();
    target.show();
    target.focus();
  };

  const markDrawn = (): void => {
    clearTimeout(patienceTimer);
    if (drawn || window === null) return;
    drawn = true;
    if (wanted) reveal(window);
  };

  const show = (iconBounds: Rectangle | null = null): void => {
    if (quitting) return;
    clickedIcon = iconBounds;
    clearTimeout(blurTimer);
    clearTimeout(keepTimer);
    if (window !== null && madeAs !== options.presentation()) window.destroy();
    wanted = true;
    pointer = screen.getCursorScreenPoint();
    window ??= make();
    if (drawn) reveal(window);
  };

  const hide = (): void => {
    clearTimeout(blurTimer);
    wanted = false;
    if (window === null || window.isDestroyed()) return;
    if (window.isVisible()) hiddenAt = performance.now();
    window.hide();
    clearTimeout(keepTimer);
    keepTimer = setTimeout(() => window?.destroy(), keepMilliseconds);
  };

  const quit = (): void => {
    quitting = true;
  };
  app.on('before-quit', quit);
  /** A display was taken away, or its panel or scale has changed: where the icon was then means nothing. */
  const replace = (): void => {
    clickedIcon = null;
    if (madeAs === 'popover' && window?.isVisible() === true) place(window);
  };
  screen.on('display-removed', replace);
  screen.on('display-metrics-changed', replace);

  return {
    show: () => show(),
    hide,
    hasFocus: () => window !== null && !window.isDestroyed() && window.isVisible() && window.isFocused(),
    toggle: (iconBounds) => {
      if (wanted) hide();
      else if (performance.now() - hiddenAt > reopenMilliseconds) show(iconBounds);
    },
    summon: () => (window?.isVisible() === true && window.isFocused() ? hide() : show()),
    setKeepOpen: (keep) => {
      keepOpen = keep;
      if (window !== null && !window.isDestroyed()) raise(window);
    },
    async holdOpen(work) {
      holds += 1;
      try {
        return await work();
      } finally {
        holds -= 1;
        if (window?.isVisible() === true) window.focus();
      }
    },
    setHeight: (pixels) => {
      const changed = Math.ceil(pixels) !== heightPixels;
      heightPixels = Math.ceil(pixels);
      if (!drawn) markDrawn();
      else if (changed && window?.isVisible() === true) place(window);
    },
    page: () => (window === null || window.isDestroyed() ? null : window.webContents),
    stop: () => {
      quitting = true;
      app.off('before-quit', quit);
      screen.off('display-removed', replace);
      screen.off('display-metrics-changed', replace);
      window?.destroy();
    },
  };
}
