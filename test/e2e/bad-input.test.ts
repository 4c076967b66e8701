import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { archivedExports } from './archived-exports.js';
import { click, pointOf } from './desktop-input.js';
import { makeScene, type Scene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

test('a settings file with nonsense is kept aside, said, and replaced by the defaults', async () => {
  const scene = makeScene();
  const config = path.join(scene.data, 'config');
  const nonsense = '{"thresholdPercent": 80, oops';
  scene.write(path.join(config, 'settings.json'), nonsense);
  const app = await startApp(scene);
  const page = await app.openPopover();
  const problem = problemIn(page, 'settings-unreadable');
  expect(await problem.innerText()).toContain('start from the defaults');
  const kept = readdirSync(config).filter((name) => name.startsWith('settings.json.bad-'));
  expect(kept).toHaveLength(1);
  expect(readFileSync(path.join(config, kept[0] ?? ''), 'utf8')).toBe(nonsense);
  expect(await problem.innerText()).toContain(kept[0]);
  expect((await app.state()).settings.thresholdPercent).toBe(75);
  expect(logOf(scene)).toContain('could not be read');
});

test('a setting out of range has its default, and the popover names it', async () => {
  const scene = makeScene();
  scene.write(path.join(scene.data, 'config', 'settings.json'), '{"thresholdPercent": 500, "cooldownMinutes": 3}');
  const app = await startApp(scene);
  expect((await app.state()).settings).toMatchObject({ thresholdPercent: 75, cooldownMinutes: 3 });
  const page = await app.openPopover();
  await page.getByRole('alert').filter({ hasText: 'thresholdPercent' }).waitFor();
});

test('an unreadable folder is said with its mend, and watched once it can be read', async () => {
  const scene = makeScene();
  const root = path.join(scene.claude, 'projects');
  const session = writeSession(scene, { percents: [30] });
  chmodSync(root, 0);
  onTestFinished(() => chmodSync(root, 0o700));
  const polled = ['--data-dir', scene.data, '--claude-dir', scene.claude, '--poll-interval', '1'];
  const app = await startApp(scene, { args: polled });
  const page = await app.openPopover();
  const problem = problemIn(page, 'root-unreadable');
  expect(await problem.innerText()).toContain(root);
  expect(await problem.innerText()).toContain('give your user read access');
  expect((await app.state()).roots).toMatchObject([{ path: root, source: 'flag', state: 'unreadable' }]);
  expect(logOf(scene)).toContain(`Sessions in ${root} can't be read`);

  chmodSync(root, 0o700);
  await app.session(session.id, 'the session to be read', ({ percent }) => percent === 30);
  await problem.waitFor({ state: 'detached' });
});

test('a missing folder is said, and watched as soon as it appears', async () => {
  const scene = makeScene();
  const claude = path.join(scene.home, 'other-claude');
  const app = await startApp(scene, { args: ['--data-dir', scene.data, '--claude-dir', claude] });
  const page = await app.openPopover();
  const problem = problemIn(page, 'root-missing');
  expect(await problem.innerText()).toContain(claude);
  const session = writeSession(scene, { claude, percents: [30] });
  await app.session(session.id, 'the session to be read', ({ percent }) => percent === 30);
  await problem.waitFor({ state: 'detached' });
});

test('files that are no transcripts disturb nothing', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const folder = path.dirname(session.path);
  const binary = '00000000-1111-4222-8333-444444444444';
  scene.write(
    path.join(folder, `${binary}.jsonl`),
    `\u0000\u0001 no JSON\n[1,2]\n"text"\n{"type":7}\n\n{"type":"assistant"}\n`,
  );
  scene.write(path.join(folder, 'agent-1.jsonl'), '{"type":"assistant"}\n');
  scene.makeFolder(path.join(folder, '5a5a5a5a-1111-4222-8333-444444444444.jsonl'));
  const app = await startApp(scene);
  await app.session(binary, 'the odd file to be read', ({ state, percent }) => state === 'unknown' && percent === null);
  await app.session(session.id, 'the session to be read', ({ percent }) => percent === 30);
  session.turn(40);
  await app.session(session.id, 'the session to be followed', ({ percent }) => percent === 40);
  expect((await app.state()).sessions.map(({ id }) => id)).toEqual([session.id, binary]);
});

test('beside a live Python daemon the app only shows, until Stop the daemon is pressed', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [80] });
  const script = path.join(scene.home, 'context-watcher-daemon.py');
  scene.write(script, 'while :; do sleep 1; done # stands for the daemon\n');
  const daemon = execa(scene.asUser, ['sh', script], { env: scene.environment, reject: false });
  onTestFinished(() => void daemon.kill('SIGKILL'));
  await untilTrue('the daemon to run', () => readFileSync(`/proc/${daemon.pid}/cmdline`, 'utf8').startsWith('sh'));
  const pidFile = path.join(scene.data, 'context-watcher.pid');
  scene.write(pidFile, String(daemon.pid));

  const app = await startApp(scene);
  await app.session(session.id, 'the session in the band', ({ percent }) => percent === 80);
  expect((await app.state()).mode).toBe('show-only');
  const page = await app.openPopover();
  await page.getByText('A Python daemon is running and does the exporting').waitFor();
  expect(await page.getByRole('button', { name: 'Export now', exact: true }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  expect(readFileSync(pidFile, 'utf8')).toBe(String(daemon.pid));
  expect(archivedExports(scene.data, session.id)).toEqual([]);

  await click(await pointOf(page, page.getByRole('button', { name: 'Stop the daemon' })));
  await daemon;
  await untilTrue('the export that the app makes now', () => archivedExports(scene.data, session.id).length === 1);
  expect((await app.state()).mode).toBe('exporting');
  expect(readFileSync(pidFile, 'utf8').trim()).toBe(String(app.pid));
  await page.getByText('A Python daemon is running').waitFor({ state: 'detached' });
});

function problemIn(page: Page, code: string) {
  return page.getByRole('region', { name: 'Problems' }).locator(`[data-code="${code}"]`);
}

function logOf(scene: Scene): string {
  const file = path.join(scene.data, 'logs', 'context-watcher.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
