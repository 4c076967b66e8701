import { Menu, nativeImage, nativeTheme, Tray, type NativeImage, type Rectangle } from 'electron';
import type { MenuItemModel, TrayAction, TrayView } from '../views/tray-view.js';
import { paced } from './paced.js';
import { changedDrawings } from './gauge-pictures.js';
import { trayImage } from './tray-image.js';

/** The icon in the tray. */
export interface TrayIcon {
  /** Draws a view: at most ten images a second, and only what has changed. */
  readonly update: (view: TrayView) => void;
  /** Makes the icon anew, for a panel that came up after it. */
  readonly remake: () => void;
  /** Where the icon is on the screen; null where the desktop doesn't tell. */
  readonly bounds: () => Rectangle | null;
  readonly stop: () => void;
}

const iconName = '6b2f0c1e-3d57-4e0b-9a8c-51c6a1f4d2e7';
const imagePauseMilliseconds = 100;
/** Two clicks within this time are one: Linux hands over both halves of a double click. */
const doubleClickMilliseconds = 300;

/**
 * Puts an icon into the tray. A left click calls `onClick`; the menu opens by right click, or is handed to the panel on Linux,
 * and calls `onAction` with what was chosen.
 */
export function startTray(options: {
  readonly view: TrayView;
  /** Gets where the icon is that was clicked: with several displays there may be one on each. */
  readonly onClick: (bounds: Rectangle | null) => void;
  readonly onAction: (action: TrayAction) => void;
  readonly platform?: NodeJS.Platform;
}): TrayIcon {
  const { onClick, onAction, platform = process.platform } = options;
  let view = options.view;
  let shown = { tooltip: '', menu: '', title: '' };
  let lastClickAt = Number.NEGATIVE_INFINITY;
  const changed = changedDrawings(platform);
  let image = newImage() ?? nativeImage.createEmpty();
  let tray = makeTray();

  function makeTray(): Tray {
    // macOS keeps the place that the user has dragged an icon with a name of its own to.
    const made = platform === 'darwin' ? new Tray(image, iconName) : new Tray(image);
    shown = { tooltip: '', menu: '', title: '' };
    if (platform === 'darwin') made.setIgnoreDoubleClickEvents(true);
    made.on('click', (_event, bounds) => {
      const now = performance.now();
      if (now - lastClickAt < doubleClickMilliseconds) return;
      lastClickAt = now;
      onClick(hasArea(bounds) ? bounds : null);
    });
    if (platform !== 'linux') made.on('right-click', () => made.popUpContextMenu(menuOf(view.menu, onAction)));
    return made;
  }

  function newImage(): NativeImage | null {
    const drawing = changed(view, darkTaskbar());
    return drawing === null ? null : trayImage(drawing);
  }

  const drawImage = paced(imagePauseMilliseconds, () => {
    const next = newImage();
    if (next === null) return;
    image = next;
    tray.setImage(image);
  });

  const draw = (): void => {
    drawImage.run();
    if (view.tooltip !== shown.tooltip) tray.setToolTip(view.tooltip);
    const menu = JSON.stringify(view.menu);
    if (platform === 'linux' && menu !== shown.menu) tray.setContextMenu(menuOf(view.menu, onAction));
    if (platform === 'darwin' && view.title !== shown.title) tray.setTitle(view.title, { fontType: 'monospacedDigit' });
    shown = { tooltip: view.tooltip, menu, title: view.title };
  };

  nativeTheme.on('updated', draw);
  draw();
  return {
    update: (next) => {
      view = next;
      draw();
    },
    remake: () => {
      tray.destroy();
      tray = makeTray();
      draw();
    },
    bounds: () => {
      const bounds = tray.getBounds();
      return hasArea(bounds) ? bounds : null;
    },
    stop: () => {
      nativeTheme.off('updated', draw);
      drawImage.stop();
      tray.destroy();
    },
  };
}

/** Desktops that don't tell give a rectangle of nothing. */
function hasArea(bounds: Rectangle): boolean {
  return bounds.width > 0 && bounds.height > 0;
}

/** Electron before 35 doesn't tell the taskbar's theme from the apps'. */
function darkTaskbar(): boolean {
  const theme: { shouldUseDarkColorsForSystemIntegratedUI?: boolean; shouldUseDarkColors: boolean } = nativeTheme;
  return theme.shouldUseDarkColorsForSystemIntegratedUI ?? theme.shouldUseDarkColors;
}

function menuOf(rows: readonly MenuItemModel[], onAction: (action: TrayAction) => void): Menu {
  return Menu.buildFromTemplate(
    rows.map((row) =>
      row.kind === 'separator'
        ? { type: 'separator' }
        : { label: row.label.replaceAll('&', '&&'), enabled: row.enabled, click: () => onAction(row.action) },
    ),
  );
}
