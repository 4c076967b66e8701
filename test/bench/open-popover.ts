import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { askApp, type AppHome } from './start-app.js';

/** Opens the popover of an app that has just started, and hands back its page once that is drawn: the app answers a little before it can show anything. */
export async function openPopover(electron: ElectronApplication, home: AppHome): Promise<Page> {
  for (let tries = 0; tries < 20 && electron.windows().length === 0; tries += 1) {
    await askApp(home, { kind: 'show' });
    await pause(1_000);
  }
  const [page] = electron.windows();
  if (page === undefined) throw new Error('The popover does not open.');
  await page.getByRole('contentinfo').waitFor();
  return page;
}
