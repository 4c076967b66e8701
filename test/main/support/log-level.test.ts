import { expect, it } from 'vitest';
import { logLevelOf, logLevelVariable } from '../../../src/main/support/log-level.js';

it.each([
  [undefined, 'info'],
  ['', 'info'],
  ['debug', 'debug'],
  [' DEBUG ', 'debug'],
  ['warn', 'warn'],
  ['loud', 'info'],
  ['constructor', 'info'],
])('CONTEXT_WATCHER_LOG=%s is level %s', (value, level) => {
  expect(logLevelOf(value === undefined ? {} : { [logLevelVariable]: value })).toBe(level);
});
