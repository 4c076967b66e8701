import process from 'node:process';
import type { Page } from 'playwright-core';
import type { Append } from './append-plan.js';

/** A percent that the popover has shown, and when the frame with it was due, in milliseconds since 1970. */
export type PopoverSighting = readonly [percent: string, atMs: number];

declare global {
  /** In the page. */
  var benchSightings: PopoverSighting[];
}

/** Has the popover's page note the first percent in its text whenever that changes; hands back what fetches the notes. */
export async function watchPercent(page: Page): Promise<() => Promise<readonly PopoverSighting[]>> {
  await page.evaluate(() => {
    globalThis.benchSightings = [];
    let last = '';
    const note = (): void => {
      const percent = /\d+(?=%)/.exec(document.body.textContent)?.[0] ?? '';
      if (percent === last) return;
      last = percent;
      requestAnimationFrame(() => globalThis.benchSightings.push([percent, Date.now()]));
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => globalThis.benchSightings);
}

/** From where each write began to where the popover shows its percent before the next write, in milliseconds; left out where it never did. */
export function drawnLatencies(
  appends: readonly Append[],
  sightings: readonly PopoverSighting[],
  tokensPerPercent: number,
): number[] {
  // Both clocks of this machine at one moment; the page's has whole milliseconds.
  const wallMs = Date.now() - Number(process.hrtime.bigint()) / 1e6;
  return appends.flatMap(([, tokens, began], index) => {
    const beganMs = Number(began) / 1e6 + wallMs;
    const next = appends[index + 1];
    const nextMs = next === undefined ? Number.POSITIVE_INFINITY : Number(next[2]) / 1e6 + wallMs;
    const percent = String(tokens / tokensPerPercent);
    const seen = sightings.find(([shown, atMs]) => shown === percent && atMs >= beganMs - 2 && atMs < nextMs);
    return seen === undefined ? [] : [Math.max(0, seen[1] - beganMs)];
  });
}
