import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { playDemo } from '../../../src/main/demo/play-demo.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'demo-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('climbs past three quarters of 200 000 tokens, compacts, and writes nothing after its stop', async () => {
  const demo = await playDemo({ folder, turnMs: 1, now: () => new Date() });
  const projects = path.join(demo.claudeFolder, 'projects');
  const climbing = path.join(projects, '-demo-api-server');
  const [name = ''] = await readdir(climbing);
  const read = () => readFile(path.join(climbing, name), 'utf8');
  await expect.poll(read, { timeout: 10_000 }).toContain('compact_boundary');
  await demo.stop();
  const text = await read();
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const fills = entries
    .filter((entry) => entry.type === 'assistant')
    .map(
      ({ message: { usage } }) =>
        usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens + usage.output_tokens,
    );
  expect(fills[0]).toBe(24_000);
  expect(Math.max(...fills)).toBeGreaterThan(150_000);
  const [boundary] = entries.filter((entry) => entry.subtype === 'compact_boundary');
  expect(boundary.compactMetadata.preTokens).toBeGreaterThan(boundary.compactMetadata.postTokens);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await read()).toBe(text);
});

it('says so when it cannot write on', async () => {
  const demo = await playDemo({ folder, turnMs: 1, now: () => new Date() });
  await rename(demo.claudeFolder, path.join(folder, 'moved'));
  await expect(demo.failed).resolves.toMatchObject({ message: 'The demo could not be written on' });
  await demo.stop();
});
