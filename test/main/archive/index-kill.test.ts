import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openArchiveSearch } from '../../../src/main/archive/archive-search.js';
import { userLine } from '../export/export-fixture.js';
import { makeArchiveFixture } from './archive-fixture.js';
import { buildForNode } from './build-for-node.js';
import type { IndexKillPlan } from './index-kill-child.js';

const query = { project: null, role: null, session: null, kinds: null, since: null, until: null, limit: 1, offset: 0 };

it('is built on to the same index after it was killed at any moment', async () => {
  const script = await buildForNode('test/main/archive/index-kill-child.ts');
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const { layout } = fixture;
  let lines = 0;
  for (let segment = 0; segment < 6; segment += 1) {
    const text = Array.from({ length: 60 }, () =>
      userLine(`u${(lines += 1)}`, `plum number${lines} ${'x'.repeat(300)}`),
    );
    await fixture.append(text.join(''));
    await fixture.exportNow();
    await fixture.queue.processAll();
  }
  const search = openArchiveSearch(
    { file: layout.indexFile, workerUrl: null },
    { now: () => new Date(), maskSecrets: () => false },
  );
  onTestFinished(() => search.close());
  const plan: IndexKillPlan = { contextStorage: layout.contextStorage };
  const completeAfter: boolean[] = [];
  for (let kill = 0; kill < 8; kill += 1) {
    const child = spawn(process.execPath, [fileURLToPath(script), JSON.stringify(plan)]);
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), 3 + kill * 11));
    const signal = await new Promise((resolve) => {
      child.once('close', (_, by) => resolve(by));
    });
    expect(signal).toBe('SIGKILL');
    const found = await search.search({ ...query, text: 'plum' });
    completeAfter.push(found.kind === 'found' && found.isIndexComplete);
    // What says that it is complete is: nothing of a piece, or all of it.
    if (found.kind === 'found' && found.isIndexComplete && found.total !== lines)
      throw new Error('It is not complete.');

    await fixture.index.indexArchive({ folders: layout, fromScratch: false });
    expect(await search.search({ ...query, text: 'plum' })).toMatchObject({ total: lines, isIndexComplete: true });
    expect(await search.search({ ...query, text: 'umber77' })).toMatchObject({ total: 1, by: 'parts' });
  }
  expect(completeAfter).toContain(false);
}, 120_000);
