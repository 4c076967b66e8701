import { expect, test } from 'vitest';
import { resumeCommand } from '../../../src/main/views/resume-command.js';

const id = '11111111-2222-4333-8444-55555555555a';
const alone = `claude --resume ${id}`;

test.each([
  ['in its folder', '/home/me/api-server', `cd /home/me/api-server && ${alone}`],
  ['with spaces, quoted', '/home/me/my work', `cd '/home/me/my work' && ${alone}`],
  ['in any script', '/home/übung/プロジェクト', `cd /home/übung/プロジェクト && ${alone}`],
  ['nowhere known', null, alone],
  ['a quote', "/tmp/a'b", alone],
  ['a command', '/tmp/$(touch x)', alone],
  ['a second command', '/tmp; rm -rf ~', alone],
  ['a line end', '/tmp/a\nrm', alone],
  ['a wildcard', '/tmp/*', alone],
  ['marks that turn the reading direction', '/tmp/\u202egnp', alone],
  ['not absolute', '-rf', alone],
])('%s', (_, cwd, command) => {
  expect(resumeCommand({ id, cwd }, 'linux')).toBe(command);
});

test('on Windows the command alone: its shells differ in how they change the folder', () => {
  expect(resumeCommand({ id, cwd: 'C:\\work' }, 'win32')).toBe(alone);
});

test.each(['', 'agent-7', `${id}; id`, `${id}\n`, '--help', '../../etc/passwd'])('nothing for the id %j', (wrong) => {
  expect(resumeCommand({ id: wrong, cwd: null }, 'linux')).toBeNull();
});
