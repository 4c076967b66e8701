import type { Rectangle } from 'electron';

/** Where the popover goes, from what the desktop tells. All in device-independent pixels of the whole desktop. */
export interface PlaceFacts {
  readonly width: number;
  readonly height: number;
  /** The display that was clicked on. */
  readonly display: { readonly bounds: Rectangle; readonly workArea: Rectangle };
  /** The tray icon; null where the desktop doesn't tell. */
  readonly trayBounds: Rectangle | null;
  /** The mouse pointer at the time of the click; null where the popover was not opened by a click. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
}

type Side = 'top' | 'bottom' | 'left' | 'right';

const gapPixels = 8;
/** A panel that reserves no room for itself is taken to be at most this deep. */
const panelPixels = 64;

/**
 * The top left corner of the popover: beside the tray icon, else beside the place on the panel that was clicked, else in
 * the corner where trays are, beside the panel; always inside the work area.
 */
export function popoverPlace(facts: PlaceFacts): { readonly x: number; readonly y: number } {
  const { width, height, display, trayBounds, pointer } = facts;
  const area = display.workArea;
  const anchor = trayBounds ?? anchorAt(pointer, display);
  const side = anchor === null ? panelSide(display) : sideOf(anchor, display);
  const centreX = anchor === null ? area.x + area.width : anchor.x + anchor.width / 2;
  const centreY = anchor === null ? area.y + area.height : anchor.y + anchor.height / 2;
  const wanted = {
    top: { x: centreX - width / 2, y: area.y + gapPixels },
    bottom: { x: centreX - width / 2, y: area.y + area.height - height - gapPixels },
    left: { x: area.x + gapPixels, y: centreY - height / 2 },
    right: { x: area.x + area.width - width - gapPixels, y: centreY - height / 2 },
  }[side];
  return {
    x: Math.round(within(wanted.x, area.x + gapPixels, area.x + area.width - width - gapPixels)),
    y: Math.round(within(wanted.y, area.y + gapPixels, area.y + area.height - height - gapPixels)),
  };
}

/** The pointer as an anchor, when it is on a panel: outside the work area, or at the edge where nothing is reserved. */
function anchorAt(pointer: PlaceFacts['pointer'], display: PlaceFacts['display']): Rectangle | null {
  if (pointer === null || !contains(display.bounds, pointer)) return null;
  const { bounds, workArea } = display;
  const reserved = workArea.width !== bounds.width || workArea.height !== bounds.height;
  const onPanel = reserved
    ? !contains(workArea, pointer)
    : pointer.y < bounds.y + panelPixels || pointer.y >= bounds.y + bounds.height - panelPixels;
  return onPanel ? { x: pointer.x, y: pointer.y, width: 0, height: 0 } : null;
}

/** The side of the display that has a panel; the top where none has. */
function panelSide({ bounds, workArea }: PlaceFacts['display']): Side {
  const reserved: Record<Side, number> = {
    top: workArea.y - bounds.y,
    bottom: bounds.y + bounds.height - workArea.y - workArea.height,
    left: workArea.x - bounds.x,
    right: bounds.x + bounds.width - workArea.x - workArea.width,
  };
  const sides: readonly Side[] = ['top', 'bottom', 'left', 'right'];
  return sides.reduce((deepest, side) => (reserved[side] > reserved[deepest] ? side : deepest));
}

/** The side of the display that an anchor is nearest to; beside a panel at the left or right only if it lies outside the work area. */
function sideOf(anchor: Rectangle, { bounds, workArea }: PlaceFacts['display']): Side {
  const x = anchor.x + anchor.width / 2;
  const y = anchor.y + anchor.height / 2;
  if (y >= workArea.y && y < workArea.y + workArea.height) {
    if (x < workArea.x) return 'left';
    if (x >= workArea.x + workArea.width) return 'right';
  }
  return y < bounds.y + bounds.height / 2 ? 'top' : 'bottom';
}

function contains(area: Rectangle, point: { readonly x: number; readonly y: number }): boolean {
  return point.x >= area.x && point.x < area.x + area.width && point.y >= area.y && point.y < area.y + area.height;
}

/** The upper bound gives way where there is not room enough. */
function within(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(value, to));
}
