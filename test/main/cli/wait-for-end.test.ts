import { expect, it } from 'vitest';
import { endingLine, waitForEnd } from '../../../src/main/cli/wait-for-end.js';
import { makeTestWorld } from './test-world.js';

it('keeps a signal that comes before anybody waits, and the first one only', async () => {
  const test = makeTestWorld();
  const end = waitForEnd(test.world);
  expect(end.isAsked()).toBe(false);
  test.signal({ name: 'SIGTERM', number: 15 });
  end.ask();
  expect(end.isAsked()).toBe(true);
  expect(endingLine(await end.reason)).toBe('Received signal 15, shutting down...');
});

it('ends when it is asked to, and listens no more once forgotten', async () => {
  const test = makeTestWorld();
  const end = waitForEnd(test.world);
  end.forget();
  test.signal({ name: 'SIGTERM', number: 15 });
  expect(end.isAsked()).toBe(false);
  end.ask();
  expect(endingLine(await end.reason)).toBe('Asked to stop, shutting down...');
});
