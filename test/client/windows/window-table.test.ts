import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { offeredModels } from './offered-models.js';
import { tableChanges, takenTable } from './window-table.js';

const before = { models: { 'claude-opus-5': 200_000, 'claude-3-opus': 200_000, 'claude-opus-4-0': 200_000 } };
const taken = { takenAt: '2026-11-25', clientVersion: '2.1.330' };

test('what was measured replaces what was there, new models turn up, the rest stays as documented', () => {
  const measured = new Map([
    ['claude-haiku-4-5', { windowTokens: 200_000, compactsAtLine: false }],
    ['claude-opus-4-0', null],
    ['claude-opus-5', { windowTokens: 1_000_000, compactsAtLine: true }],
  ]);
  const after = takenTable(before, measured, taken);
  expect(after).toMatchObject({
    ...taken,
    documented: ['claude-3-opus', 'claude-opus-4-0'],
    compactedWhenRefused: ['claude-haiku-4-5'],
  });
  expect(Object.entries(after.models)).toEqual([
    ['claude-opus-5', 1_000_000],
    ['claude-haiku-4-5', 200_000],
    ['claude-3-opus', 200_000],
    ['claude-opus-4-0', 200_000],
  ]);
  expect(tableChanges(before, after)).toEqual([
    'claude-opus-5: 1000000 (was 200000; measured)',
    'claude-haiku-4-5: 200000 (new; measured, compacted only when refused)',
    'claude-3-opus: 200000 (as before; documented, not offered by this client)',
    'claude-opus-4-0: 200000 (as before; documented, not offered by this client)',
  ]);
});

test("the program's own catalogue names the models, wherever in the file it lies", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'context-watcher-models-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const program = join(folder, 'program');
  const pieceBytes = 4 * 1024 * 1024;
  const entry = '{id:"claude-new-9",family:"new",display_name:"New 9"}';
  const across = Buffer.alloc(pieceBytes - 20, 0xff);
  const rest = ',{id:"claude-opus-5-5",family:"opus"} "claude-eval-9" id:"claude-other-1",kind:"x"';
  await writeFile(program, Buffer.concat([across, Buffer.from(entry + rest)]));
  expect(await offeredModels(program)).toEqual(['claude-new-9', 'claude-opus-5-5']);
  await writeFile(program, 'no catalogue here');
  await expect(offeredModels(program)).rejects.toThrow('No catalogue');
});
