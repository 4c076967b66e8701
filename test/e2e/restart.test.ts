import { expect, test } from 'vitest';
import { promptLine, ridingLine, transcriptOf } from '../support/transcript-lines.js';
import { startApp } from './app-fixture.js';
import { archivedExports, manifestOf } from './archived-exports.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { untilTrue } from './until-true.js';

test('after a restart nothing new means no export, and new lines mean exactly these', async () => {
  const scene = makeScene();
  const args = ['--data-dir', scene.data, '--claude-dir', scene.claude, '--cooldown', '0'];
  const session = writeSession(scene, { percents: [50, 78] });
  const exports = () => archivedExports(scene.data, session.id);

  // A session that is over the threshold at the start is exported at once.
  const first = await startApp(scene, { args });
  await untilTrue('the first export', () => exports().length === 1);
  const exported = session.read();
  expect(exports()[0]?.bytes.toString()).toBe(exported);
  expect(await first.stop()).toBe(0);

  const second = await startApp(scene, { args });
  await second.session(session.id, 'it to be known as exported', (known) => known.unexportedMessages === 0);
  // Once a session that came later has been exported, the first one has been judged, too.
  const later = writeSession(scene, { id: '2c0e7f11-0000-4000-8000-000000000002', project: 'later', percents: [80] });
  await untilTrue('the export of the later session', () => archivedExports(scene.data, later.id).length === 1);
  expect(exports()).toHaveLength(1);
  expect(await second.stop()).toBe(0);

  const line = { cwd: '/w/api-server' };
  const added = transcriptOf(
    promptLine({ uuid: 'u-added-1', text: 'One more thing.', line }),
    ridingLine('last-prompt', { lastPrompt: 'One more thing.' }),
    promptLine({ uuid: 'u-added-2', text: 'And another.', line }),
  );
  session.append(added);
  const third = await startApp(scene, { args });
  await untilTrue('the export of the new lines', () => exports().length === 2);
  const [, segment] = exports();
  expect(segment?.bytes.toString()).toBe(added);
  expect(segment && (await manifestOf(segment)).range).toEqual({
    start: Buffer.byteLength(exported),
    end: Buffer.byteLength(exported + added),
  });
  expect(await third.stop()).toBe(0);
  expect(Buffer.concat(exports().map(({ bytes }) => bytes)).toString()).toBe(session.read());
});
