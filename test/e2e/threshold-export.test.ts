import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { waitUntil } from '../support/wait-until.js';
import { popoverTitle, startApp } from './app-fixture.js';
import { archivedExports, manifestOf, type ArchivedExport } from './archived-exports.js';
import { openDesktopBus } from './desktop-bus.js';
import { countWindows } from './desktop-input.js';
import { chooseNewestBubble, countBubbles, readNotifications } from './notification-server.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('crossing the threshold exports, archives, reports and notifies', async () => {
  const scene = makeScene();
  const title = 'Fix <b>login</b> & retry';
  const session = writeSession(scene, { project: 'payments-api', title, percents: [60] });
  const app = await startApp(scene);
  const bus = openDesktopBus();
  await app.session(session.id, 'the session below the band', ({ percent }) => percent === 60);
  expect(archivedExports(scene.data, session.id)).toEqual([]);

  session.turn(81.25);
  const { segment, bytes, manifest, ...made } = await waitUntil('the export', () =>
    onlyOne(archivedExports(scene.data, session.id)),
  );
  expect(bytes.toString()).toBe(session.read());
  expect(path.basename(segment)).toMatch(/^\d{4}-\d\d-\d\d-\d{6}-1b9d6bcd-81pct\.jsonl$/);
  expect(await manifestOf({ segment, bytes, manifest, ...made })).toMatchObject({
    sessionId: session.id,
    sourcePath: session.path,
    range: { start: 0, end: bytes.length },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    percent: 81.25,
    usedTokens: 162_500,
    windowTokens: 200_000,
    trigger: 'threshold',
    late: false,
    messages: 4,
  });

  const reports = path.join(scene.data, 'cx-processing-reports');
  const report = await waitUntil('the report', () => onlyOne(readdirSync(reports)));
  expect(report).toMatch(/^cx-\d{8}-\d{6}\.jsonl$/);
  expect(JSON.parse(readFileSync(path.join(reports, report), 'utf8'))).toMatchObject({
    file: path.basename(segment),
    messages_new: 4,
    messages_duplicate: 0,
    archived_to: segment,
  });
  await untilTrue(
    'the pending folder to be empty',
    () => readdirSync(path.join(scene.data, 'exports-pending')).length === 0,
  );
  for (const file of [segment, manifest, path.join(reports, report)])
    expect([file, modeOf(file)]).toEqual([file, '600']);
  for (const folder of [path.dirname(segment), path.join(scene.data, 'exports-archive'), reports]) {
    expect([folder, modeOf(folder)]).toEqual([folder, '700']);
  }

  await untilTrue('the bubble', async () => (await countBubbles(bus)) > 0);
  const notification = await waitUntil('the notification', async () =>
    (await readNotifications(bus)).find(({ body }) => body.includes('payments-api')),
  );
  expect(notification.summary).toBe('Auto-Export Complete');
  // The session's words reach the server as text, not as its markup.
  expect(notification.body.split('\n')).toEqual([
    'payments-api — Fix &lt;b&gt;login&lt;/b&gt; &amp; retry',
    'Context at 81.3%',
    'Processed: 4 new messages',
    'Auto-archived',
  ]);

  const exported = await app.session(
    session.id,
    'it to be exported',
    ({ unexportedMessages }) => unexportedMessages === 0,
  );
  expect(exported).toMatchObject({ exportedBytes: bytes.length, lastExport: { trigger: 'threshold', messages: 4 } });
  const stateFile = path.join(scene.data, 'auto-export-state.json');
  await untilTrue(
    'the state file to tell it',
    () => JSON.parse(readFileSync(stateFile, 'utf8')).last_export_file === path.basename(segment),
  );
  expect(modeOf(stateFile)).toBe('600');
});

test('choosing a notification opens the popover', async () => {
  const scene = makeScene();
  writeSession(scene, { project: 'clicked', percents: [80] });
  const bus = openDesktopBus();
  await readNotifications(bus);
  await startApp(scene);
  await untilTrue('the bubble', async () => (await countBubbles(bus)) === 1);
  expect(await countWindows(popoverTitle)).toBe(0);
  await chooseNewestBubble(bus);
  await untilTrue('the popover', async () => (await countWindows(popoverTitle)) === 1);
});

test('a session that jumps past the band is exported once, late', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [40] });
  const app = await startApp(scene);
  await app.session(session.id, 'the session below the band', ({ percent }) => percent === 40);
  session.turn(97);
  const late = await waitUntil('the export', () => onlyOne(archivedExports(scene.data, session.id)));
  expect(await manifestOf(late)).toMatchObject({ late: true, percent: 97, trigger: 'threshold' });
  session.turn(98);
  await app.session(session.id, 'the next reading', ({ percent }) => percent === 98);
  const next = await app.session(session.id, 'it to be judged', ({ exporting }) => !exporting);
  expect(next.unexportedMessages).toBe(2);
  expect(archivedExports(scene.data, session.id)).toHaveLength(1);
});

function onlyOne<Value extends ArchivedExport | string>(values: readonly Value[]): Value | null {
  return values.length === 1 ? (values[0] ?? null) : null;
}
