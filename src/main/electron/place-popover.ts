import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { popoverPlace } from './popover-place.js';
import { popoverWidthPixels, type Presentation } from './popover-window.js';

const leastHeightPixels = 160;
const marginPixels = 8;

/**
 * Gives the popover's window the height that its page needs, as far as the display has room, and puts it at the icon, on the icon's
 * display; where that isn't known, on the pointer's. A window of its own stays where its user has put it.
 */
export function placePopover(
  window: BrowserWindow,
  facts: {
    readonly presentation: Presentation;
    /** What the page needs. */
    readonly heightPixels: number;
    readonly trayBounds: Rectangle | null;
    /** Where the mouse was when the popover was asked for. */
    readonly pointer: { readonly x: number; readonly y: number };
  },
): void {
  const { presentation, heightPixels, trayBounds, pointer } = facts;
  const display = trayBounds === null ? screen.getDisplayNearestPoint(pointer) : screen.getDisplayMatching(trayBounds);
  const room = display.workArea.height - 2 * marginPixels;
  const height = Math.round(Math.min(Math.max(heightPixels, leastHeightPixels), room));
  if (presentation === 'window') {
    window.setContentSize(popoverWidthPixels, height);
    return;
  }
  const corner = popoverPlace({ width: popoverWidthPixels, height, display, trayBounds, pointer });
  window.setBounds({ ...corner, width: popoverWidthPixels, height });
}
