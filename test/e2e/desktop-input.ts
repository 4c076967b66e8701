import { execa } from 'execa';
import type { Locator, Page } from 'playwright-core';
import { waitUntil } from '../support/wait-until.js';
import { e2eEnvironment } from './e2e-environment.js';

/** A place on the screen, in pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** The middle of an element of the page on the screen; `share` 0–1 moves along its width. */
export async function pointOf(page: Page, element: Locator, share = 0.5): Promise<ScreenPoint> {
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (box === null) throw new Error('The element is not drawn.');
  const window = await windowPlace(page);
  return { x: Math.round(window.x + box.x + box.width * share), y: Math.round(window.y + box.y + box.height / 2) };
}

/** Where the window of this title is on the screen and how large, in pixels, without its frame. */
export async function placeOfWindow(
  title: string,
): Promise<ScreenPoint & { readonly width: number; readonly height: number }> {
  const search = ['search', '--onlyvisible', '--name', `^${title}$`, 'getwindowgeometry', '--shell'];
  const { stdout } = await execa('xdotool', search, { env: e2eEnvironment().desktop });
  const valueOf = (name: string) => Number(new RegExp(`^${name}=(-?\\d+)$`, 'm').exec(stdout)?.[1]);
  return { x: valueOf('X'), y: valueOf('Y'), width: valueOf('WIDTH'), height: valueOf('HEIGHT') };
}

/** Where the page's window is, once it has the size that the page knows of: the page itself hears late of a move. */
async function windowPlace(page: Page): Promise<ScreenPoint> {
  const title = await page.title();
  return waitUntil('the window to keep still', async () => {
    const search = ['search', '--onlyvisible', '--name', `^${title}$`, 'getwindowgeometry', '--shell'];
    const { stdout } = await execa('xdotool', search, { env: e2eEnvironment().desktop, reject: false });
    const [x, y, height] = ['X', 'Y', 'HEIGHT'].map((name) => new RegExp(`^${name}=(\\d+)$`, 'm').exec(stdout)?.[1]);
    const known = await page.evaluate(() => globalThis.innerHeight);
    return Number(height) === known ? { x: Number(x), y: Number(y) } : null;
  });
}

/** Clicks with the desktop's mouse, after closing the bubbles that may lie over the place. */
export async function click({ x, y }: ScreenPoint): Promise<void> {
  await closeBubbles();
  await desktopTool('mousemove', x, y, 'click', 1);
}

/** Presses the mouse button at one place and lets it go at another, moving in steps between. */
export async function drag(from: ScreenPoint, to: ScreenPoint): Promise<void> {
  await closeBubbles();
  const steps = Array.from({ length: 8 }, (_, step) => (step + 1) / 8).flatMap((share) => [
    'mousemove',
    Math.round(from.x + (to.x - from.x) * share),
    Math.round(from.y + (to.y - from.y) * share),
  ]);
  await desktopTool('mousemove', from.x, from.y, 'mousedown', 1, ...steps, 'mouseup', 1);
}

/** Presses keys of the desktop's keyboard one after the other, by their X11 names: `Tab`, `Right`, `ctrl+a`. */
export async function press(...keys: readonly string[]): Promise<void> {
  await desktopTool('key', '--delay', 20, ...keys);
}

/** Types text on the desktop's keyboard. */
export async function type(text: string): Promise<void> {
  await desktopTool('type', '--delay', 20, text);
}

/** How many windows of this title are on the screen. */
export async function countWindows(title: string): Promise<number> {
  const search = ['search', '--onlyvisible', '--name', `^${title}$`];
  const { stdout } = await execa('xdotool', search, { env: e2eEnvironment().desktop, reject: false });
  return stdout.split('\n').filter((line) => line !== '').length;
}

/** The title of the window that has the focus; null where none has. */
export async function titleOfActiveWindow(): Promise<string | null> {
  const ask = ['getactivewindow', 'getwindowname'];
  const { stdout, failed } = await execa('xdotool', ask, { env: e2eEnvironment().desktop, reject: false });
  return failed ? null : stdout;
}

async function closeBubbles(): Promise<void> {
  await execa('dunstctl', ['close-all'], { env: e2eEnvironment().desktop, timeout: 10_000 });
}

async function desktopTool(...args: readonly (string | number)[]): Promise<void> {
  await execa('xdotool', args.map(String), { env: e2eEnvironment().desktop, timeout: 10_000 });
}
