import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { expect, test } from 'vitest';
import type { PopoverApi } from '../../src/shared/ipc-contract.js';
import { startApp } from './app-fixture.js';
import { e2eEnvironment } from './e2e-environment.js';
import { makeScene, type Scene } from './scene.js';
import { writeSession } from './session-file.js';

const address = 'app://popover/index.html';

async function shownPage() {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  const page = await app.openPopover();
  await page.getByRole('region', { name: 'Fullest live session' }).waitFor();
  return { scene, session, app, page };
}

test('the page runs sandboxed, as the ordinary user, without Node', async () => {
  const { scene, page } = await shownPage();
  expect(page.url()).toBe(address);
  const [renderer, ...others] = renderersOf(scene);
  expect(others).toEqual([]);
  const status = readFileSync(`/proc/${renderer}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s+2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  const uid = e2eEnvironment().user?.uid ?? process.getuid?.();
  expect(uid).not.toBe(0);
  expect(status).toMatch(new RegExp(`^Uid:(\\s+${uid}){4}$`, 'm'));
  expect(
    await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in globalThis),
    ),
  ).toEqual([]);
});

test('the policy header allows no inline script, and none runs', async () => {
  const { page } = await shownPage();
  const policy = (await page.reload())?.headers()['content-security-policy'];
  expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);

  const violations = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const script = document.createElement('script');
    for (const put of [
      () => script.append("globalThis.inlineHasRun = 'script'"),
      () => document.head.append(script),
      () => document.body.setAttribute('onclick', "globalThis.inlineHasRun = 'handler'"),
      () => document.body.setAttribute('style', 'color: red'),
    ]) {
      try {
        put();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    document.body.click();
    const attempt = await fetch('https://example.com/').then(
      () => 'went through',
      () => 'refused',
    );
    await new Promise((resolve) => setTimeout(resolve));
    return [...new Set(seen)].toSorted().concat(attempt, 'inlineHasRun' in globalThis ? 'ran' : 'nothing ran');
  });
  expect(violations).toEqual(expect.arrayContaining(['connect-src', 'refused', 'nothing ran']));
  expect(
    violations.some((directive) => directive.startsWith('script-src') || directive.startsWith('require-trusted')),
  ).toBe(true);
});

test('the page can open no window, go nowhere, and reach no file outside its own', async () => {
  const { app, page } = await shownPage();
  const opened = await page.evaluate(async () => {
    const api = (globalThis as unknown as { contextWatcher: PopoverApi }).contextWatcher;
    Object.assign(globalThis, { stillHere: true });
    const window = globalThis.open('https://example.com/');
    globalThis.location.href = 'https://example.com/';
    const link = document.createElement('a');
    link.href = 'file:///etc/passwd';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
    await api.getState();
    return { window, permission: await Notification.requestPermission() };
  });
  expect(opened).toEqual({ window: null, permission: 'denied' });
  expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true);
  expect(page.url()).toBe(address);
  expect(app.electron.windows()).toHaveLength(1);

  // As if a way round that were found: the addresses themselves lead nowhere.
  for (const outside of ['app://popover/..%2f..%2fpackage.json', 'app://popover/%2e%2e/main/index.js']) {
    expect((await page.goto(outside))?.status()).toBe(404);
  }
  for (const elsewhere of ['app://elsewhere/index.html', 'file:///etc/passwd', 'https://example.com/']) {
    await expect(page.goto(elsewhere)).rejects.toThrow(/ERR_/);
  }
});

/** The process ids of the page's processes, by the profile folder that they are told. */
function renderersOf(scene: Scene): readonly string[] {
  const isOurs = (commandLine: string): boolean =>
    commandLine.includes('--type=renderer') && commandLine.includes(`--user-data-dir=${scene.data}`);
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOurs(commandLineOf(name)));
}

/** Empty for a process that has ended meanwhile. */
function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('a message in a bad form is answered with ok: false and does nothing', async () => {
  const { scene, session, app, page } = await shownPage();
  const before = await app.state();
  const answers = await page.evaluate(async (sessionId) => {
    type Loose = Record<keyof PopoverApi, (...all: readonly unknown[]) => Promise<{ ok: boolean; code?: string }>>;
    const api = (globalThis as unknown as { contextWatcher: Loose }).contextWatcher;
    return Promise.all([
      api.updateSettings({ thresholdPercent: '10' }),
      api.updateSettings({ extraRoots: ['/etc'] }),
      api.updateSettings({ contextStorage: '/tmp' }),
      api.updateSettings(null),
      api.setPaused('yes'),
      api.openPlace('/etc/passwd'),
      api.openPlace({ toString: 'log' }),
      api.exportNow({ path: '/etc/passwd' }),
      api.exportNow([sessionId]),
      api.setPopoverHeight(Number.NaN),
      api.openTranscript('', null),
      api.openTranscript(sessionId, { uuid: 'u1' }),
      api.openTranscript(['../../etc/passwd'], null),
      api.openTranscript(sessionId, 'u'.repeat(201)),
      api.deleteArchived({ folder: '/etc' }),
      api.actOnPending('remove', 'a.jsonl'),
    ]);
  }, session.id);
  expect(answers).toHaveLength(16);
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, code: 'bad-argument' });
  const after = await app.state();
  expect(after.settings).toEqual(before.settings);
  expect([after.paused, after.sessions[0]?.exportedBytes]).toEqual([false, 0]);
  expect(existsSync(scene.openedFile)).toBe(false);
});
