import { beforeEach, expect, test, vi } from 'vitest';
import { startNotifications } from '../../../src/main/electron/notifications.js';
import type { Notice } from '../../../src/main/views/notice.js';
import { made, pretendPlatform } from '../../support/fake-electron.js';

vi.mock('electron', async () => (await import('../../support/fake-electron.js')).fakeElectron);
beforeEach(() => void (made.notifications.length = 0));

const notice: Notice = {
  kind: 'exported',
  subject: 'a',
  replaces: [],
  sessionId: 'a',
  title: 'Auto-Export Complete',
  body: 'api <b>server</b>',
  silent: false,
  quiet: false,
};

function start(platform: NodeJS.Platform) {
  pretendPlatform(platform);
  const [onClick, onFault] = [vi.fn(), vi.fn()];
  return { onClick, onFault, ...startNotifications({ onClick, onFault }) };
}
const shown = () => made.notifications.filter(({ isShown }) => isShown).map(({ contents }) => contents['id']);

test('one of a subject is shown at a time, and a group takes the place of its members', () => {
  const { show } = start('linux');
  for (const subject of ['a', 'b', 'c']) show({ ...notice, subject });
  show({ ...notice, subject: 'a', quiet: true, silent: true });
  expect(shown()).toEqual(['b', 'c', 'a']);
  expect(made.notifications.at(-1)?.contents).toMatchObject({ urgency: 'low', silent: true, groupId: 'exported' });
  show({ ...notice, subject: 'many-exported', replaces: ['a', 'c', 'never shown'] });
  expect(shown()).toEqual(['b', 'many-exported']);
});

test('old ones are let go, the newest hundred stay', () => {
  const { show } = start('linux');
  for (let count = 0; count < 101; count += 1) show({ ...notice, subject: `s${count}` });
  show({ ...notice, subject: 'many', replaces: ['s0', 's1'] });
  expect(made.notifications.slice(0, 2).map(({ isShown }) => isShown)).toEqual([true, false]);
});

test('a click hands back the notice and takes its bubble away', () => {
  const { show, onClick } = start('darwin');
  show(notice);
  made.notifications[0]?.emit('click');
  expect(onClick).toHaveBeenCalledWith(notice);
  expect(shown()).toEqual([]);
});

test('Linux gets markup escaped where its server knows any; the other systems get the text', () => {
  const { show, setServer } = start('linux');
  setServer(['body', 'body-markup']);
  show(notice);
  start('win32').show(notice);
  expect(made.notifications.map(({ contents }) => contents['body'])).toEqual([
    'api &lt;b&gt;server&lt;/b&gt;',
    'api <b>server</b>',
  ]);
});

test('a desktop without a server and a system that refuses are faults, taken back when it works', () => {
  const { show, setServer, onFault } = start('linux');
  setServer(null);
  expect(onFault).toHaveBeenLastCalledWith(expect.objectContaining({ mend: expect.stringContaining('dunst') }));
  show(notice);
  expect(made.notifications).toEqual([]);
  setServer([]);
  expect(onFault).toHaveBeenLastCalledWith(null);
  show(notice);
  made.notifications[0]?.emit('failed', {}, 'not allowed');
  expect(onFault).toHaveBeenLastCalledWith(
    expect.objectContaining({ message: expect.stringContaining('not allowed') }),
  );
  made.notifications[0]?.emit('show');
  expect(onFault).toHaveBeenLastCalledWith(null);
});
