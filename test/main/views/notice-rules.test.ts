import { expect, test } from 'vitest';
import { isQuietHour } from '../../../src/main/views/notice-rules.js';

const at = (hours: number, minutes: number) => new Date(2026, 10, 1, hours, minutes);
const night = { from: '22:00', to: '07:30' };
const noon = { from: '12:00', to: '13:00' };

test.each([
  ['never', null, at(3, 0), false],
  ['before midnight', night, at(22, 0), true],
  ['after midnight', night, at(7, 29), true],
  ['when the night is over', night, at(7, 30), false],
  ['in the evening', night, at(21, 59), false],
  ['at noon', noon, at(12, 0), true],
  ['after it', noon, at(13, 0), false],
  ['of no length', { from: '12:00', to: '12:00' }, at(12, 0), false],
])('quiet hours: %s', (_name, quietHours, now, isQuiet) => {
  expect(isQuietHour(quietHours, now)).toBe(isQuiet);
});
