// `node scripts/screenshots.mjs`: takes the README's pictures of the running app into docs/images, with made-up sessions on a virtual desktop.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron } from 'playwright-core';
import { electronExecutable } from './own-electron.mjs';
import { runCommand } from './run-command.mjs';
import { startSampleSession } from './sample-sessions.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';
import { startVirtualDesktop } from './virtual-desktop.mjs';

const images = join(projectFolder, 'docs', 'images');
const waitLimitMs = 20_000;

const { runtime, electronFlags, desktop: ownDesktop } = await setUp('start');
const desktop = ownDesktop ?? (await startVirtualDesktop());
const folder = mkdtempSync(join(tmpdir(), 'context-watcher-screenshots-'));
try {
  if (!runtime) throw new Error('The set-up plan named no Electron.');
  mkdirSync(images, { recursive: true });
  await takePictures(electronExecutable(runtime.folder));
  say(`The pictures are in ${images}`);
} finally {
  await desktop.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} executable */
async function takePictures(executable) {
  const claude = join(folder, 'claude');
  const data = join(folder, 'context-storage');
  mkdirSync(join(data, 'config'), { recursive: true });
  writeFileSync(join(data, 'config', 'state.json'), JSON.stringify({ firstRunConfirmed: true }));
  const api = startSampleSession(claude, {
    project: 'api-server',
    title: 'Retry only on 429 and 5xx',
    model: 'claude-opus-4-6',
  });
  const docs = startSampleSession(claude, {
    project: 'docs-site',
    title: 'Rewrite the install guide',
    model: 'claude-opus-5-5',
  });
  const infra = startSampleSession(claude, {
    project: 'infra',
    title: 'Move the build to arm64 runners',
    model: 'claude-sonnet-4-5',
  });
  for (const [index, usedTokens] of [138_000, 141_500, 144_200, 146_800, 148_900].entries()) {
    api.turn(usedTokens, 15 - 3 * index);
  }
  for (const [index, usedTokens] of [38_000, 71_000, 102_000, 118_000, 149_000].entries()) {
    docs.turn(usedTokens, 20 - 4 * index);
  }
  for (const usedTokens of [24_000, 61_000, 128_000]) infra.turn(usedTokens);
  // Any two processes that run as long as the pictures take.
  docs.openIn('waiting', process.pid);
  api.openIn('busy', process.ppid);

  const app = await _electron.launch({
    executablePath: executable,
    args: [...electronFlags, projectFolder, '--data-dir', data, '--claude-dir', claude],
    env: { .../** @type {Record<string, string>} */ (process.env), ...desktop.env, HOME: folder },
    chromiumSandbox: true,
    // The page follows the app's theme, as it does without a test driver.
    colorScheme: null,
  });
  try {
    api.turn(151_700);
    const bubble = await poll('the notification', () => tool('xdotool', 'search', '--onlyvisible', '--class', 'Dunst'));
    await delay(500);
    await tool('import', '-window', bubble, join(images, 'notification.png'));
    await tool('dunstctl', 'close-all');
    api.turn(154_300);
    infra.turn(167_400);
    infra.compact(167_400, 18_000);
    for (const theme of /** @type {const} */ (['light', 'dark'])) {
      await app.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), theme);
      await pictureOfPopover(app, executable, data, join(images, `popover-${theme}.png`));
    }
    await tool('dunstctl', 'close-all');
  } finally {
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGTERM');
    await ended;
  }
}

/** @param {import('playwright-core').ElectronApplication} app @param {string} executable @param {string} data @param {string} file */
async function pictureOfPopover(app, executable, data, file) {
  const shown = app.windows()[0] ? undefined : app.waitForEvent('window');
  await tool(process.execPath, join(projectFolder, 'out', 'main', 'cli.js'), '--show', '--data-dir', data);
  const page = app.windows()[0] ?? (await shown);
  if (!page) throw new Error(`${executable} shows no popover.`);
  await page.getByText('just compacted').first().waitFor();
  await page.getByText('2 messages not exported').first().waitFor();
  const problems = await page.getByRole('region', { name: 'Problems' }).allInnerTexts();
  if (problems.length > 0) throw new Error(`The app has a problem: ${problems.join(' ')}`);
  const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 2, mobile: false });
  await page.evaluate(() => document.fonts.ready);
  const { data: picture } = await session.send('Page.captureScreenshot', { format: 'png' });
  writeFileSync(file, picture, 'base64');
  await session.send('Emulation.clearDeviceMetricsOverride');
  await session.detach();
}

/** Runs a tool on the virtual desktop and hands back what it printed; throws when it fails. @param {string} command @param {string[]} args */
async function tool(command, ...args) {
  const result = await runCommand(
    { command, args },
    { env: { ...process.env, ...desktop.env }, timeoutMs: waitLimitMs },
  );
  if (result.exitCode !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${result.stderr}`);
  return result.stdout.trim();
}

/** @param {string} what @param {() => Promise<string>} ask */
async function poll(what, ask) {
  const limit = Date.now() + waitLimitMs;
  while (Date.now() < limit) {
    const answer = await ask().catch(() => '');
    if (answer !== '') return answer;
    await delay(100);
  }
  throw new Error(`Waited in vain for ${what}.`);
}
