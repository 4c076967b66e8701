import { EventEmitter } from 'node:events';
import { onTestFinished, vi } from 'vitest';

const nothing = { x: 0, y: 0, width: 0, height: 0 };
const display = {
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 32, width: 1920, height: 1048 },
};

/** Lets the code under test believe that it runs on another system, until the test is over. */
export function pretendPlatform(platform: NodeJS.Platform): void {
  const own = Object.getOwnPropertyDescriptor(process, 'platform');
  if (own === undefined) throw new Error('The process has no platform.');
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  onTestFinished(() => void Object.defineProperty(process, 'platform', own));
}

/** The icons, windows and notifications that were made, newest last. */
export const made = { trays: [] as FakeTray[], windows: [] as FakeWindow[], notifications: [] as FakeNotification[] };

/** What stands in for a tray icon; each method notes its calls. */
export class FakeTray extends EventEmitter {
  readonly name: string | undefined;
  readonly setContextMenu = vi.fn();
  readonly popUpContextMenu = vi.fn();
  readonly setToolTip = vi.fn();
  readonly setImage = vi.fn();
  readonly setTitle = vi.fn();
  readonly setIgnoreDoubleClickEvents = vi.fn();
  readonly getBounds = vi.fn(() => nothing);
  readonly destroy = vi.fn();
  constructor(_image: unknown, name?: string) {
    super();
    this.name = name;
    made.trays.push(this);
  }
}

/** What stands in for the popover's window. */
export class FakeWindow extends EventEmitter {
  #isVisible = false;
  #isFocused = false;
  #isDestroyed = false;
  readonly webContents = Object.assign(new EventEmitter(), { isDevToolsOpened: () => false });
  readonly loadURL = vi.fn(() => Promise.resolve());
  readonly setBounds = vi.fn();
  readonly setContentSize = vi.fn();
  readonly setAlwaysOnTop = vi.fn();
  readonly setBackgroundColor = vi.fn();
  readonly setVisibleOnAllWorkspaces = vi.fn();
  readonly options: Readonly<Record<string, unknown>>;
  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    made.windows.push(this);
  }
  readonly isVisible = () => this.#isVisible;
  readonly isFocused = () => this.#isFocused;
  readonly isDestroyed = () => this.#isDestroyed;
  show(): void {
    this.#isVisible = true;
  }
  hide(): void {
    this.#isVisible = false;
    this.#isFocused = false;
  }
  focus(): void {
    this.#isFocused = true;
  }
  /** Another window is used: as the system tells it. */
  blur(): void {
    this.#isFocused = false;
    this.emit('blur');
  }
  /** What the user's close button does. */
  close(): void {
    const event = { isPrevented: false, preventDefault: () => void (event.isPrevented = true) };
    this.emit('close', event);
    if (!event.isPrevented) this.destroy();
  }
  destroy(): void {
    this.#isDestroyed = true;
    this.#isVisible = false;
    this.emit('closed');
  }
}

/** What stands in for a native notification. */
export class FakeNotification extends EventEmitter {
  static readonly isSupported = () => true;
  isShown = false;
  readonly contents: Readonly<Record<string, unknown>>;
  constructor(contents: Readonly<Record<string, unknown>>) {
    super();
    this.contents = contents;
    made.notifications.push(this);
  }
  show(): void {
    this.isShown = true;
  }
  close(): void {
    this.isShown = false;
  }
}

/** What `vi.mock('electron')` gives: enough for tray, popover and notices, without a desktop. */
export const fakeElectron = {
  app: new EventEmitter(),
  screen: Object.assign(new EventEmitter(), {
    getCursorScreenPoint: () => ({ x: 1000, y: 500 }),
    getDisplayNearestPoint: () => display,
    getDisplayMatching: () => display,
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
  }),
  nativeTheme: Object.assign(new EventEmitter(), {
    shouldUseDarkColors: true,
    shouldUseDarkColorsForSystemIntegratedUI: true,
  }),
  nativeImage: {
    createEmpty: () => ({ addRepresentation: vi.fn(), setTemplateImage: vi.fn() }),
    createFromBitmap: () => ({ addRepresentation: vi.fn(), setTemplateImage: vi.fn() }),
  },
  Menu: { buildFromTemplate: (rows: unknown) => ({ rows }) },
  Tray: FakeTray,
  BrowserWindow: FakeWindow,
  Notification: FakeNotification,
};
