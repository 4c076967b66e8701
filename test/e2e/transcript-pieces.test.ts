import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { startApp } from './app-fixture.js';
import { openDesktopBus } from './desktop-bus.js';
import { makeScene } from './scene.js';
import { writeSession } from './session-file.js';
import { findTrayItem, isNear } from './tray-item.js';
import { untilTrue } from './until-true.js';

test('a transcript appended in awkward pieces moves gauge and popover, once its line is whole', async () => {
  const scene = makeScene();
  const session = writeSession(scene, { percents: [20] });
  const app = await startApp(scene);
  const item = await findTrayItem(openDesktopBus(), app.pid);
  const page = await app.openPopover();
  const gauge = page.getByRole('region', { name: 'Fullest live session' }).getByRole('meter');
  const shows = async (percent: number): Promise<void> => {
    await untilTrue(
      `the popover to show ${percent} %`,
      async () => (await gauge.getAttribute('aria-valuenow')) === String(percent),
    );
    await untilTrue(`the icon to be filled to ${percent} %`, async () => isNear(await item.filledPercent(), percent));
  };
  await shows(20);

  const bytes = Buffer.from(session.turnText(66));
  const inCharacter = bytes.indexOf('✓') + 1;
  const lineEnd = bytes.indexOf('\n') + 1;
  const cuts = [0, 1, inCharacter, lineEnd - 1, lineEnd, lineEnd + 40, bytes.lastIndexOf('"output_tokens"') + 5];
  for (const [index, cut] of [...cuts, bytes.length - 2].entries()) {
    if (index > 0) session.append(bytes.subarray(cuts[index - 1], cut));
    const size = session.size();
    // The piece was seen, and is not taken for a line.
    const seen = await app.session(
      session.id,
      'the piece to be seen',
      ({ transcriptBytes }) => transcriptBytes === size,
    );
    expect(seen).toMatchObject({ percent: 20, badLines: 0 });
  }
  await shows(20);

  session.append(bytes.subarray(-2));
  await shows(66);
  const row = page.locator(`.row[data-session-id="${session.id}"]`);
  expect(await row.innerText()).toContain('66%');
  expect(await row.innerText()).toContain('132k of 200k');
  expect(await row.innerText()).toContain('4 messages not exported');
  expect(await app.session(session.id, 'the reading', () => true)).toMatchObject({ percent: 66, badLines: 0 });
});
