import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { IntentName } from '../../../src/shared/ipc-contract.js';
import { sampleNowMs } from '../../renderer/sample-state.js';
import { waitUntil } from '../../support/wait-until.js';
import type { RunningApp } from '../app-fixture.js';
import type { TourView } from './tour-views.js';

/** The themes that each view is taken in. */
export const tourThemes = ['light', 'dark'] as const;

/**
 * Opens the popover of the running app for the tour: its page is drawn from made-up states, which main answers in place of the
 * engine's, at a clock that stands still. Hands back what takes a view's picture in a theme, as the bytes of a PNG.
 */
export async function openTourCamera(
  app: RunningApp,
): Promise<(view: TourView, theme: (typeof tourThemes)[number]) => Promise<Buffer>> {
  const page = await app.openPopover();
  await app.electron.evaluate(({ BrowserWindow }) => {
    // What the engine itself tells would come between.
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send = () => undefined;
  });
  await page.clock.setFixedTime(sampleNowMs);
  return async (view, theme) => {
    await answerWith(app, {
      'get-state': view.state,
      'list-archived': { sessions: view.archived ?? [], total: view.archived?.length ?? 0, indexTrouble: null },
      'list-projects': (view.archived ?? []).map(({ project }) => project),
      'search-archive': view.answer ?? { kind: 'no-index' },
    });
    const isHighContrast = view.look === 'high-contrast';
    await page.emulateMedia({
      colorScheme: theme,
      reducedMotion: 'reduce',
      forcedColors: isHighContrast ? 'active' : 'none',
      contrast: isHighContrast ? 'more' : 'no-preference',
    });
    await page.reload();
    await page.getByRole('contentinfo').waitFor();
    if (view.look === 'large-text') await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
    await page.mouse.move(0, 0);
    await view.open?.(page);
    await page.evaluate(() => document.fonts.ready);
    return takenTwiceAlike(page);
  };
}

async function answerWith(app: RunningApp, answers: Partial<Record<IntentName, unknown>>): Promise<void> {
  await app.electron.evaluate(({ ipcMain }, given) => {
    for (const [name, value] of Object.entries(given)) {
      ipcMain.removeHandler(name);
      ipcMain.handle(name, () => ({ ok: true, value }));
    }
  }, answers);
}

/** The window takes the height that the page wants a moment later: the picture is ready once two in a row are one. */
async function takenTwiceAlike(page: Page): Promise<Buffer> {
  let last: Buffer | null = null;
  return waitUntil('the page to stand still', async () => {
    const taken = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
    const isAlike = last?.equals(taken) ?? false;
    last = taken;
    if (!isAlike) await delay(80);
    return isAlike ? taken : null;
  });
}
