import { expect, test } from 'vitest';
import { addCounts, summaryLine } from '../../scripts/test-summary.mjs';
import { testUser } from '../../scripts/test-user.mjs';
import { countTests } from '../../scripts/vitest-run.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test.each<[string, unknown, number, object]>([
  [
    'every kind',
    { testResults: [file('failed', 'passed', 'failed', 'pending'), file('passed', 'passed', 'todo')] },
    1,
    { passed: 2, failed: 1, skipped: 2 },
  ],
  [
    'a file that does not load',
    { testResults: [file('passed', 'passed'), file('failed')] },
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  ['an unhandled error', { testResults: [file('passed', 'passed')] }, 1, { passed: 1, failed: 1, skipped: 0 }],
  ['no report', undefined, 1, { passed: 0, failed: 1, skipped: 0 }],
])('counts %s', (_, report, exitCode, counts) => expect(countTests(report, exitCode)).toEqual(counts));

test('adds up and says so in one line', () => {
  const sum = addCounts([
    { passed: 3, failed: 0, skipped: 0 },
    { passed: 4, failed: 1, skipped: 2 },
  ]);
  expect(summaryLine(sum)).toBe('7 passed, 1 failed, 2 skipped');
  expect(summaryLine({ ...sum, skipped: 0 })).toBe('7 passed, 1 failed');
});

test('root runs the end-to-end tests as nobody, anybody else as themselves', () => {
  expect(testUser(true, 'root:x:0:0::/root:/bin/sh\nnobody:x:99:98:Nobody:/:/sbin/nologin\n')).toEqual({
    uid: 99,
    gid: 98,
  });
  expect(testUser(false, '')).toBeUndefined();
});
