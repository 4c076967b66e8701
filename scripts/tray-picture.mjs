// `node scripts/tray-picture.mjs`: takes docs/images/tray.png, the gauge in a real panel in each of its styles, with made-up sessions.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { electronExecutable } from './own-electron.mjs';
import { runCommand } from './run-command.mjs';
import { startSampleSession } from './sample-sessions.mjs';
import { projectFolder, say, setUp } from './set-up.mjs';
import { startVirtualDesktop } from './virtual-desktop.mjs';

const picture = join(projectFolder, 'docs', 'images', 'tray.png');
const panelPart = '28x32+1187+0';
const waitLimitMs = 20_000;
/** How full the fullest session is in each picture, of 200 000 tokens. */
const scenes = /** @type {const} */ ([
  { gaugeStyle: 'ring', usedTokens: 154_300 },
  { gaugeStyle: 'bar', usedTokens: 124_000 },
  { gaugeStyle: 'number', usedTokens: 154_300 },
  { gaugeStyle: 'number', usedTokens: 193_000, gaugeColour: 'monochrome' },
]);

const { runtime, electronFlags, desktop: ownDesktop } = await setUp('start');
const desktop = ownDesktop ?? (await startVirtualDesktop());
const folder = mkdtempSync(join(tmpdir(), 'context-watcher-tray-'));
try {
  if (!runtime) throw new Error('The set-up plan named no Electron.');
  const crops = [];
  for (const [index, { usedTokens, ...settings }] of scenes.entries()) {
    const crop = join(folder, `${index}.png`);
    await takeCrop(electronExecutable(runtime.folder), join(folder, String(index)), { usedTokens, settings, crop });
    crops.push(crop);
  }
  await tool('convert', ...crops, '+append', '-filter', 'point', '-resize', '300%', picture);
  say(`The picture is ${picture}`);
} finally {
  await desktop.stop();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs the app with three live sessions and takes the icon's part of the panel once it no longer changes.
 * @param {string} executable @param {string} home @param {{ usedTokens: number, settings: object, crop: string }} scene
 */
async function takeCrop(executable, home, { usedTokens, settings, crop }) {
  const data = join(home, 'context-storage');
  const claude = join(home, 'claude');
  mkdirSync(join(data, 'config'), { recursive: true });
  writeFileSync(join(data, 'config', 'state.json'), JSON.stringify({ firstRunConfirmed: true }));
  writeFileSync(join(data, 'config', 'settings.json'), JSON.stringify(settings));
  const model = 'claude-opus-4-6';
  for (const [project, tokens] of /** @type {const} */ ([
    ['api-server', usedTokens],
    ['docs-site', 52_000],
    ['infra', 21_000],
  ]))
    startSampleSession(claude, { project, title: 'A made-up session', model }).turn(tokens);
  const args = [...electronFlags, projectFolder, '--data-dir', data, '--claude-dir', claude];
  const child = spawn(executable, args, { stdio: 'ignore', env: { ...process.env, ...desktop.env, HOME: home } });
  const ended = once(child, 'exit');
  try {
    await settled(crop);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** Takes the icon's part of the panel again and again until it looked the same for some seconds. @param {string} file */
async function settled(file) {
  const limit = Date.now() + waitLimitMs;
  const shots = [''];
  while (Date.now() < limit) {
    await delay(1_500);
    const shot = await tool('import', '-window', 'root', '-crop', panelPart, '+repage', 'rgba:-');
    if (shots.length > 3 && shots.slice(-2).every((earlier) => earlier === shot)) break;
    shots.push(shot);
  }
  await tool('import', '-window', 'root', '-crop', panelPart, '+repage', file);
}

/** Runs a tool on the virtual desktop and hands back what it printed; throws when it fails. @param {string} command @param {string[]} args */
async function tool(command, ...args) {
  const env = { ...process.env, ...desktop.env };
  const result = await runCommand({ command, args }, { env, timeoutMs: waitLimitMs });
  if (result.exitCode !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${result.stderr}`);
  return result.stdout;
}
