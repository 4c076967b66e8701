import { expect, test } from 'vitest';
import { createLineSplitter } from '../../../src/main/sessions/line-splitter.js';

test('a line that never ends takes no more memory than the longest that is kept', () => {
  const splitter = createLineSplitter();
  const chunk = Buffer.alloc(1_000_000, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 300; count += 1) splitter.push(chunk, () => undefined);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150_000_000);
  expect([splitter.partialBytes(), splitter.partialText()]).toEqual([300_000_000, '']);
  const lines: [string | null, number][] = [];
  splitter.push(Buffer.from('}\nnext\n'), (text, startsAt) => lines.push([text, startsAt]));
  expect(lines).toEqual([
    [null, 0],
    ['next', 300_000_002],
  ]);
});
