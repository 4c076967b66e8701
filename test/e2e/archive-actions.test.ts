import { chmodSync, existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { PopoverApi } from '../../src/shared/ipc-contract.js';
import { popoverTitle, startApp } from './app-fixture.js';
import { archivedExports } from './archived-exports.js';
import { press, titleOfActiveWindow } from './desktop-input.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

const dayMs = 86_400_000;

/** Calls a function of the page's own interface to the app, as a button there does. */
function ask<Name extends keyof PopoverApi>(
  page: Page,
  name: Name,
  ...values: Parameters<PopoverApi[Name]>
): Promise<Awaited<ReturnType<PopoverApi[Name]>>> {
  return page.evaluate(
    ([called, given]) => {
      type Loose = Record<string, (...all: readonly unknown[]) => unknown>;
      const api = (globalThis as unknown as { contextWatcher: Loose }).contextWatcher;
      return api[called]?.(...given);
    },
    [name as string, values as readonly unknown[]] as const,
  ) as Promise<Awaited<ReturnType<PopoverApi[Name]>>>;
}

test('a session that Claude Code will delete soon is counted, and archived when that is asked for', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [20, 30] });
  const writtenAt = new Date(Date.now() - 29 * dayMs);
  utimesSync(session.path, writtenAt, writtenAt);
  const app = await startApp(scene);
  const { nearDeletion } = await app.state(
    'the session to be counted',
    ({ nearDeletion: near }) => near?.sessions === 1,
  );
  expect(nearDeletion).toMatchObject({ bytes: session.size(), archiving: false });
  expect(archivedExports(scene.data, session.id)).toEqual([]);

  const page = await app.openPopover();
  expect(await ask(page, 'archiveNearDeletion')).toMatchObject({ ok: true });
  await untilTrue('the archive', () => archivedExports(scene.data, session.id).length === 1);
  expect(archivedExports(scene.data, session.id)[0]?.bytes.toString()).toBe(session.read());
  await app.state('nothing to be left', ({ nearDeletion: near }) => near?.sessions === 0);
});

test('an export that can’t be archived waits, is set aside, brought back, and archived once it is tried again', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const blocked = path.join(scene.data, 'exports-archive');
  scene.makeFolder(blocked);
  chmodSync(blocked, 0o500);
  const app = await startApp(scene);
  await app.session(session.id, 'the session', ({ percent }) => percent === 30);
  const page = await app.openPopover();
  await ask(page, 'exportNow', session.id);
  const isOne = (count: number) => (state: { readonly pendingExports: readonly unknown[] }) =>
    state.pendingExports.length === count;
  const { pendingExports } = await app.state('it to wait', ({ pendingExports: [first] }) => (first?.attempts ?? 0) > 0);
  const name = pendingExports[0]?.name ?? '';
  expect(pendingExports[0]?.problem).toContain('permission denied');

  expect(await ask(page, 'actOnPending', 'set-aside', name)).toMatchObject({ value: { kind: 'done' } });
  await app.state('it to be set aside', (state) => isOne(0)(state) && state.setAside.length === 1);
  expect(readdirSync(path.join(scene.data, 'set-aside'))).toContain(name);
  expect(await ask(page, 'actOnPending', 'bring-back', name)).toMatchObject({ value: { kind: 'done' } });
  await app.state('it to be back', (state) => isOne(1)(state) && state.setAside.length === 0);

  chmodSync(blocked, 0o700);
  expect(await ask(page, 'actOnPending', 'retry', name)).toMatchObject({ value: { kind: 'done' } });
  await app.state('the queue to be empty', isOne(0));
  expect(archivedExports(scene.data, session.id)[0]?.bytes.toString()).toBe(session.read());
});

test('the readable transcript opens in the desktop’s own program, at a message', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  await app.session(session.id, 'the session', ({ percent }) => percent === 30);
  const page = await app.openPopover();
  expect(await ask(page, 'openTranscript', session.id, null)).toMatchObject({ ok: false });
  await ask(page, 'exportNow', session.id);
  await app.state('it to be archived', ({ pendingTotal }) => pendingTotal === 0);
  expect(await ask(page, 'openTranscript', session.id, null)).toMatchObject({ ok: true });
  const written = path.join(scene.data, 'transcripts', `${session.id}.html`);
  await untilTrue('it to be opened', () => openedBy(scene.openedFile).includes(written));
  expect(readFileSync(written, 'utf8')).toContain('Why does the login test fail');
  expect(await ask(page, 'openTranscript', session.id, 'u-1b9d6bcd-1')).toMatchObject({ ok: true });
  const leading = written.replace('.html', '.at.html');
  await untilTrue('the message to be opened', () => openedBy(scene.openedFile).includes(leading));
  expect(readFileSync(leading, 'utf8')).toContain('#m-u-1b9d6bcd-1');
});

test('what is archived of a session goes to the system’s bin, once a native dialog is confirmed', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [30] });
  const app = await startApp(scene);
  await app.session(session.id, 'the session', ({ percent }) => percent === 30);
  const page = await app.openPopover();
  await ask(page, 'exportNow', session.id);
  await app.state('it to be archived', ({ pendingTotal }) => pendingTotal === 0);
  const folder = path.join(scene.data, 'exports-archive', session.id);
  const names = readdirSync(folder);

  const cancelled = ask(page, 'deleteArchived', session.id);
  await untilTrue('the dialog', async () => (await titleOfActiveWindow()) !== popoverTitle);
  await press('Escape');
  expect(await cancelled).toMatchObject({ value: { kind: 'cancelled' } });
  expect(readdirSync(folder)).toEqual(names);

  const deleted = ask(page, 'deleteArchived', session.id);
  await untilTrue('the dialog', async () => (await titleOfActiveWindow()) !== popoverTitle);
  // Cancel has the focus; the button beside it moves to the bin.
  await press('Tab', 'Return');
  expect(await deleted).toMatchObject({ value: { kind: 'deleted' } });
  expect(existsSync(folder)).toBe(false);
  const bin = path.join(scene.home, '.local', 'share', 'Trash', 'files', session.id);
  expect(readdirSync(bin)).toEqual(names);
  await app.session(session.id, 'it to count as not exported', ({ unexportedMessages }) => unexportedMessages === 2);
});

function openedBy(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}
