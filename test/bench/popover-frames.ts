import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';

/** How a list has scrolled: the time between frames, and how long the page was busy at a stretch. */
export interface ScrolledFrames {
  /** Milliseconds from one frame to the next. */
  readonly frames: readonly number[];
  /** Tasks of more than 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
}

/** Scrolls the list that `selector` names by so many pixels in each of `frames` frames, down and up again. */
export function scrollList(page: Page, selector: string, frames: number, pixels: number): Promise<ScrolledFrames> {
  return page.evaluate(
    async ([list, count, step]) => {
      const scroller = document.querySelector(list);
      if (scroller === null || scroller.scrollHeight <= scroller.clientHeight)
        throw new Error(`${list} does not scroll.`);
      const longTasks: number[] = [];
      const observer = new PerformanceObserver((entries) => {
        longTasks.push(...entries.getEntries().map(({ duration }) => duration));
      });
      observer.observe({ type: 'longtask' });
      const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const times = [await nextFrame()];
      for (let at = 0; at < count; at += 1) {
        scroller.scrollBy(0, at < count / 2 ? step : -step);
        // oxlint-disable-next-line no-await-in-loop
        times.push(await nextFrame());
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      observer.disconnect();
      return { frames: times.slice(1).map((time, at) => time - (times[at] ?? time)), longTasks };
    },
    [selector, frames, pixels] as const,
  );
}

/** Has main note when the popover's window is on the screen; hands back what hides it, and what waits for that note. */
export function watchShowing(
  electron: ElectronApplication,
  page: Page,
): {
  readonly hide: () => Promise<void>;
  /** In milliseconds since 1970; whole ones. */
  readonly shownAt: () => Promise<number>;
} {
  const isVisible = (): Promise<boolean> =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()));
  return {
    async hide() {
      await electron.evaluate(({ BrowserWindow }) => {
        globalThis.benchShown = new Promise((resolve) => {
          for (const window of BrowserWindow.getAllWindows()) window.once('show', () => resolve(Date.now()));
        });
      });
      await page.keyboard.press('Escape');
      while (await isVisible()) await pause(50);
    },
    async shownAt() {
      const at = await electron.evaluate(() => globalThis.benchShown);
      // What it shows then is drawn a frame later.
      const frameMs = await page.evaluate(async () => {
        const from = performance.now();
        await new Promise((resolve) => requestAnimationFrame(resolve));
        return performance.now() - from;
      });
      return at + Math.round(frameMs);
    },
  };
}

declare global {
  /** In main. */
  var benchShown: Promise<number>;
}
