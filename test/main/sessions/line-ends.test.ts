import { expect, test } from 'vitest';
import { readLineEnds, typeAtStart } from '../../../src/main/sessions/line-ends.js';

const place = { cwd: 'C:\\work\\“x”', sessionId: 's', version: '2.1.330', gitBranch: 'main' };
const output = 'x,"cwd":"/elsewhere"}'.repeat(500);
const older = {
  parentUuid: 'p',
  isSidechain: false,
  userType: 'external',
  ...place,
  type: 'user',
  message: { role: 'user', content: [{ type: 'tool_result', content: output }] },
  uuid: 'u',
  timestamp: '2026-01-02T03:04:05.678Z',
  toolUseResult: { type: 'assistant', stdout: output },
};
const { parentUuid, isSidechain, type, message, uuid, timestamp } = older;
const newer = {
  parentUuid,
  isSidechain,
  promptId: 'q',
  type,
  message,
  uuid,
  timestamp,
  userType: 'external',
  ...place,
};

function lineOf(record: object): Buffer {
  return Buffer.from(JSON.stringify(record));
}

test.each([
  ['before what it carries', older],
  ['behind it', newer],
])('the place that stands %s is read without the rest', (_where, record) => {
  const line = lineOf(record);
  expect(typeAtStart(line)).toBe('user');
  const { cwd, version, gitBranch } = place;
  expect(readLineEnds(line)).toMatchObject({ isSidechain: false, cwd, version, gitBranch });
});

test('a text that looks like the end of a record is not taken for one', () => {
  expect(readLineEnds(lineOf({ ...newer, toolUseResult: output, ...place, cwd: '/here' }))).toBeNull();
});

test('what may hold more than one record is left to a parser', () => {
  const joined = Buffer.concat([lineOf(newer), lineOf(older)]);
  const behindCut = Buffer.concat([lineOf(newer).subarray(0, 3_000), lineOf(older)]);
  expect([typeAtStart(joined), typeAtStart(behindCut)]).toEqual([null, null]);
});

test('a line that is cut, or that does not say where it is, tells nothing', () => {
  const cut = lineOf(newer).subarray(0, -40);
  const { cwd: _cwd, ...homeless } = newer;
  expect([readLineEnds(cut), readLineEnds(lineOf(homeless)), readLineEnds(Buffer.from('no record'))]).toEqual([
    null,
    null,
    null,
  ]);
  expect(typeAtStart(Buffer.from('{"kind":"user"}'))).toBeNull();
});
