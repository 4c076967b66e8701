import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchiveStep } from '../../../src/main/archive/archive-export.js';
import { moveAside } from '../../../src/main/export/move-aside.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { agent, sidecarScene } from '../export/sidecar-scene.js';
import { makeArchiveFixture, type ArchiveFixture } from './archive-fixture.js';

let fixture: ArchiveFixture;
beforeEach(async () => {
  fixture = await makeArchiveFixture();
});
afterEach(() => fixture.remove());

const steps: readonly ArchiveStep[] = [
  'index',
  'copy-manifest',
  'move-sidecars',
  'move',
  'remove-manifest',
  'report',
  'settle',
];
const causes = [
  ['ENOSPC', /disk is full.*Free some space/],
  ['EACCES', /permission denied.*read and write access/],
] as const;

describe('archiving', () => {
  it.each(steps.flatMap((step) => causes.map(([code, words]) => [step, code, words] as const)))(
    'that fails at %s with %s says why and what mends it, and ends well once that is done',
    async (step, code, words) => {
      await fixture.append(userLine('u1') + userLine('u2'));
      await sidecarScene(fixture).write(agent, userLine('s1'));
      const outcome = await fixture.exportNow();
      if (outcome.kind !== 'exported') throw new Error(outcome.kind);
      let isBroken = true;
      const atStep = (reached: ArchiveStep) => {
        if (isBroken && reached === step) throw Object.assign(new Error(code), { code });
      };
      const queue = fixture.makeQueue({ atStep });
      expect(await queue.processAll()).toMatchObject({ files: 0, failed: 1 });
      const [failure] = fixture.failures;
      expect(`${failure?.message} ${failure?.mend}`).toMatch(words);

      isBroken = false;
      await queue.retryNow();
      // What had left the pending folder already is ended by the next start.
      await fixture.makeQueue().processAll();
      expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
      expect(await fixture.archived()).toHaveLength(3);
      expect(await readFile(path.join(fixture.layout.exportsArchive, sessionId, outcome.name), 'utf8')).toBe(
        userLine('u1') + userLine('u2'),
      );
      expect(await fixture.index.unsettled()).toEqual([]);
      const reports = await fixture.reports();
      expect(reports).toMatchObject([{ file: outcome.name, messages_new: 3, messages_duplicate: 0 }]);
    },
  );
});

describe('setting aside', () => {
  it.each<[string, (file: string) => Promise<unknown>]>([
    ['a folder', (file) => mkdir(file, { recursive: true })],
    ['a link', (file) => symlink(path.join(fixture.folder, 'precious'), file)],
  ])('takes another name where %s was planted, and writes through nothing', async (_, plant) => {
    const { setAside } = fixture.layout;
    const precious = path.join(fixture.folder, 'precious');
    await writeFile(precious, 'precious');
    await mkdir(setAside, { recursive: true });
    await plant(path.join(setAside, 'odd.jsonl'));
    const odd = path.join(fixture.folder, 'odd.jsonl');
    await writeFile(odd, 'odd');
    const target = await moveAside(odd, setAside);
    expect(path.basename(target)).toBe('odd-2.jsonl');
    expect(await readFile(target, 'utf8')).toBe('odd');
    expect(await readFile(precious, 'utf8')).toBe('precious');
  });
});
