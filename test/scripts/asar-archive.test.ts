import { expect, test } from 'vitest';
import { asarArchive } from '../../scripts/asar-archive.mjs';

test('holds the files where its header says, whatever the lengths', () => {
  const files = { 'package.json': '{"main":"main.cjs"}', 'main.cjs': 'exit();', 'ä.txt': 'ü'.repeat(9) };
  const archive = asarArchive(files);
  // Chromium's pickles: a payload size before the header's size, and before the header's text.
  expect(archive.readUInt32LE(0)).toBe(4);
  const headerSize = archive.readUInt32LE(4);
  expect(archive.readUInt32LE(8)).toBe(headerSize - 4);
  expect(headerSize % 4).toBe(0);
  const header = JSON.parse(archive.subarray(16, 16 + archive.readUInt32LE(12)).toString()) as {
    files: Record<string, { offset: string; size: number }>;
  };
  const found = Object.entries(header.files).map(([name, { offset, size }]) => {
    const start = 8 + headerSize + Number(offset);
    return [name, archive.subarray(start, start + size).toString()];
  });
  expect(Object.fromEntries(found)).toEqual(files);
});
