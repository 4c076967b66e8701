import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { listPendingExports } from '../../../src/main/archive/pending-files.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { compressedNameOf, manifestNameOf } from '../../../src/main/export/segment-name.js';
import { waitUntil } from '../../support/wait-until.js';
import { assistantLine, metadataLine, sessionId, userLine } from '../export/export-fixture.js';
import { makeArchiveFixture, type ArchiveFixture } from './archive-fixture.js';

let fixture: ArchiveFixture;
beforeEach(async () => {
  fixture = await makeArchiveFixture();
});
afterEach(() => fixture.remove());

async function exportLines(...lines: string[]): Promise<string> {
  await fixture.append(lines.join(''));
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  return outcome.name;
}

const inPending = (...names: string[]) => path.join(fixture.layout.exportsPending, ...names);
const inArchive = (...names: string[]) => path.join(fixture.layout.exportsArchive, ...names);
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe('a segment of ours', () => {
  it('is indexed, reported and archived with its manifest', async () => {
    const name = await exportLines(userLine('u1'), assistantLine('a1', 'm1'), assistantLine('a2', 'm1'), metadataLine);
    expect(await fixture.queue.processOne(name)).toEqual({
      kind: 'processed',
      result: {
        name,
        sessionId,
        archivedTo: inArchive(sessionId, name),
        newMessages: 3,
        duplicateMessages: 0,
        trigger: 'threshold',
        percent: 76.2,
        bytes: (await fixture.source()).length,
        messages: 2,
        extracted: null,
      },
    });
    expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
    expect(await fixture.archived()).toEqual([path.join(sessionId, name), path.join(sessionId, manifestNameOf(name))]);
    expect(await readFile(inArchive(sessionId, name))).toEqual(await fixture.source());
    expect(await fixture.reports()).toMatchObject([
      {
        timestamp: '2026-11-01T10:20:30.000Z',
        file: name,
        messages_new: 3,
        messages_duplicate: 0,
        archived_to: inArchive(sessionId, name),
      },
    ]);
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
  });

  it('counts an entry that was indexed before as a duplicate, within a file too', async () => {
    await fixture.queue.processOne(await exportLines(userLine('u1'), userLine('u2')));
    await fixture.queue.processOne(await exportLines(userLine('u2'), userLine('u3'), userLine('u3'), metadataLine));
    expect(fixture.processed).toMatchObject([
      { newMessages: 2, duplicateMessages: 0 },
      { newMessages: 1, duplicateMessages: 2 },
    ]);
  });

  it('keeps its files private', async () => {
    await fixture.queue.processOne(await exportLines(userLine('u1')));
    const { layout } = fixture;
    const folders = [layout.exportsArchive, inArchive(sessionId), layout.processingReports, layout.indexFolder];
    const modes = new Map<string, number>();
    for (const folder of folders) {
      modes.set(folder, (await stat(folder)).mode & 0o777);
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        modes.set(file, (await stat(file)).mode & 0o777);
      }
    }
    expect(modes.size).toBeGreaterThanOrEqual(8);
    const open = [...modes].filter(([file, mode]) => mode !== (folders.includes(file) ? 0o700 : 0o600));
    expect(open).toEqual([]);
  });

  it('moves across file systems', async () => {
    const queue = fixture.makeQueue({ moveCalls: { link: failing('EXDEV'), rename: failing('EXDEV') } });
    const name = await exportLines(userLine('u1'));
    expect(await queue.processOne(name)).toMatchObject({ kind: 'processed' });
    expect(await fixture.archived()).toEqual([path.join(sessionId, name), path.join(sessionId, manifestNameOf(name))]);
    expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
    expect((await stat(inArchive(sessionId, name))).mode & 0o777).toBe(0o600);
  });

  it('never overwrites what has its name in the archive', async () => {
    const name = await exportLines(userLine('u1'));
    await mkdir(inArchive(sessionId), { recursive: true });
    await writeFile(inArchive(sessionId, name), 'other');
    await fixture.queue.processAll();
    const renamed = name.replace('.jsonl', '-2.jsonl');
    expect(await readFile(inArchive(sessionId, name), 'utf8')).toBe('other');
    expect(await readFile(inArchive(sessionId, renamed), 'utf8')).toBe(userLine('u1'));
    expect(await fixture.reports()).toMatchObject([{ file: name, archived_to: inArchive(sessionId, renamed) }]);
    const ledger = await readExportLedger({ sessionId, ...fixture.layout });
    expect(ledger.segments.map((segment) => segment.name)).toEqual([renamed]);
  });

  it('takes no name that a compressed segment has', async () => {
    const name = await exportLines(userLine('u1'));
    await mkdir(inArchive(sessionId), { recursive: true });
    await writeFile(inArchive(sessionId, compressedNameOf(name)), 'other');
    await fixture.queue.processAll();
    expect(await fixture.archived()).toContain(path.join(sessionId, name.replace('.jsonl', '-2.jsonl')));
    expect(await readFile(inArchive(sessionId, compressedNameOf(name)), 'utf8')).toBe('other');
  });

  it('writes the report that a crash left out though the segment was compressed since', async () => {
    const name = await exportLines(userLine('u1'));
    const dying = fixture.makeQueue({
      atStep(step) {
        if (step === 'report') throw new Error('killed');
      },
      onProcessed: () => undefined,
      onFailed: () => undefined,
    });
    await dying.processAll();
    await dying.stop();
    const { setAside } = fixture.layout;
    const now = () => new Date();
    const budgetBytes = Number.POSITIVE_INFINITY;
    const request = { sessionId, folders: fixture.layout, setAside, now, plainForMs: 0, budgetBytes };
    expect(await compressSession(request)).toMatchObject({ files: 1 });
    await fixture.makeQueue().processAll();
    expect(await fixture.reports()).toMatchObject([{ file: name, messages_new: 1 }]);
    expect(await fixture.index.unsettled()).toEqual([]);
  });

  it('stays, with its reason, when its bytes are not those of its manifest', async () => {
    const name = await exportLines(userLine('u1'));
    await truncate(inPending(name), 3);
    await writeFile(inPending(name), userLine('u9'));
    expect(await fixture.queue.processAll()).toMatchObject({ files: 0, newMessages: null, failed: 1 });
    expect(fixture.failures).toMatchObject([
      { name, sessionId, attempts: 1, message: expect.stringMatching(/manifest/) },
    ]);
    expect(await fixture.archived()).toEqual([]);
    await writeFile(inPending(name), userLine('u1'));
    await fixture.queue.retryNow();
    expect(fixture.processed).toMatchObject([{ newMessages: 1 }]);
  });

  it('without a manifest is unfinished and left alone', async () => {
    const name = await exportLines(userLine('u1'));
    await rm(inPending(manifestNameOf(name)));
    expect(await fixture.processAfterRest()).toMatchObject({ files: 0, newMessages: null, failed: 0 });
    expect(fixture.queue.pending()).toEqual([]);
    expect(await readdir(fixture.layout.exportsPending)).toEqual([name]);
  });
});

describe('a loose file', () => {
  it('is archived flat, once it has rested for 2 s', async () => {
    await fixture.dropLoose('other tool.jsonl', userLine('u1') + metadataLine);
    expect(await fixture.queue.processAll()).toMatchObject({ files: 0 });
    fixture.clock.nowMs += 1999;
    expect(await fixture.queue.processAll()).toMatchObject({ files: 0 });
    await fixture.append('');
    await writeFile(inPending('other tool.jsonl'), userLine('u1') + userLine('u2'));
    fixture.clock.nowMs += 1;
    expect(await fixture.queue.processOne('other tool.jsonl')).toEqual({ kind: 'not-ready' });
    fixture.clock.nowMs += 2000;
    expect(await fixture.queue.processAll()).toMatchObject({ files: 1, newMessages: 2, failed: 0 });
    expect(await fixture.archived()).toEqual(['other tool.jsonl']);
    expect(await fixture.reports()).toMatchObject([
      { file: 'other tool.jsonl', messages_new: 2, messages_duplicate: 0, session_id: null },
    ]);
  });

  it.each([
    ['a text', 'notes.txt', userLine('u1')],
    ['entries without uuid', 'meta.jsonl', metadataLine],
    ['no entries at all', 'odd.jsonl', 'not json\n\0\0\n'],
    ['nothing', 'empty.jsonl', ''],
  ])('with %s has unknown counts, never 0', async (_, name, text) => {
    await fixture.dropLoose(name, text);
    expect(await fixture.processAfterRest()).toMatchObject({ files: 1, newMessages: null, failed: 0 });
    expect(await fixture.reports()).toMatchObject([{ file: name, messages_new: null, messages_duplicate: null }]);
    expect(await fixture.archived()).toEqual([name]);
  });

  it('gets the local time into its name when the archive has that name, then a number', async () => {
    const at = new Date(fixture.clock.nowMs + 2000);
    const time = [at.getHours(), at.getMinutes(), at.getSeconds()]
      .map((part) => String(part).padStart(2, '0'))
      .join('');
    const names = ['a.jsonl', `a-${time}.jsonl`, `a-${time}-2.jsonl`];
    for (const [round] of names.entries()) {
      await fixture.dropLoose('a.jsonl', userLine(`u${round}`));
      await fixture.queue.processAll();
      fixture.clock.nowMs += 2000;
      await fixture.queue.processAll();
      fixture.clock.nowMs -= 2000;
    }
    expect(await fixture.archived()).toEqual(names.toSorted());
    for (const [round, name] of names.entries()) {
      expect(await readFile(inArchive(name), 'utf8')).toBe(userLine(`u${round}`));
    }
    // All within one second: no report was overwritten.
    expect((await fixture.reports()).map((report) => report['file'])).toEqual(['a.jsonl', 'a.jsonl', 'a.jsonl']);
  });

  it('counts again when the same file is dropped again: all duplicates', async () => {
    for (let round = 0; round < 2; round += 1) {
      await fixture.dropLoose('a.jsonl', userLine('u1') + userLine('u2'));
      await fixture.processAfterRest();
    }
    expect(fixture.processed).toMatchObject([
      { newMessages: 2, duplicateMessages: 0 },
      { newMessages: 0, duplicateMessages: 2 },
    ]);
  });

  it('is not a link, a folder, a hidden file, a manifest or another ending', async () => {
    await fixture.dropLoose('notes.md', 'x');
    await fixture.dropLoose('.hidden.jsonl', 'x');
    await fixture.dropLoose('odd.manifest.json', '{}');
    await mkdir(inPending('folder.jsonl'));
    await symlink(fixture.sourcePath, inPending('link.jsonl'));
    const before = await readdir(fixture.layout.exportsPending);
    await fixture.processAfterRest();
    expect(fixture.queue.pending()).toEqual([]);
    expect(await readdir(fixture.layout.exportsPending)).toEqual(before);
  });

  it('keeps the manifest-like file that another tool put beside it', async () => {
    await fixture.dropLoose('a.jsonl', userLine('u1'));
    await fixture.dropLoose('a.manifest.json', 'theirs');
    await fixture.processAfterRest();
    expect(await readdir(fixture.layout.exportsPending)).toEqual(['a.manifest.json']);
    expect(await fixture.archived()).toEqual(['a.jsonl']);
  });

  it('reads lines of 10 MB and passes over bad ones', async () => {
    const text = `${userLine('u1', 'x'.repeat(10_000_000))}{"uuid":"bad"\n\n${userLine('u2').trimEnd()}`;
    await fixture.dropLoose('big.jsonl', text);
    expect(await fixture.processAfterRest()).toMatchObject({ files: 1, newMessages: 2, failed: 0 });
  });

  it('takes hostile identities without harm', async () => {
    const uuids = ['\0', 'a\0b', 'a', "'; DROP TABLE entries; --", 'x'.repeat(1_000_000), '🎈', '\ud800'];
    await fixture.dropLoose(
      'a.jsonl',
      uuids.map((uuid) => userLine(uuid)).join('') + '{"uuid":5}\n{"uuid":true}\n{"uuid":""}\n',
    );
    await fixture.processAfterRest();
    expect(fixture.processed).toMatchObject([{ newMessages: uuids.length, duplicateMessages: 0 }]);
  });
});

describe('the queue', () => {
  it('takes the oldest first, one at a time, and tells what it does', async () => {
    await fixture.dropLoose('newer.jsonl', userLine('u1'), 10);
    await fixture.dropLoose('oldest.jsonl', userLine('u2'), 30);
    await fixture.dropLoose('middle.jsonl', userLine('u3'), 20);
    expect(await fixture.processAfterRest()).toMatchObject({ files: 3, newMessages: 3, failed: 0 });
    expect(fixture.processed.map(({ name }) => name)).toEqual(['oldest.jsonl', 'middle.jsonl', 'newer.jsonl']);
    expect(fixture.changes[0]).toEqual(
      ['oldest.jsonl', 'middle.jsonl', 'newer.jsonl'].map((name) => ({
        name,
        sessionId: null,
        percent: null,
        trigger: null,
        state: 'waiting',
        bytes: userLine('u1').length,
        exportedAt: null,
        attempts: 0,
        problem: null,
      })),
    );
    for (const list of fixture.changes) {
      expect(list.filter(({ state }) => state === 'processing').length).toBeLessThanOrEqual(1);
    }
    expect(fixture.changes.at(-1)).toEqual([]);
  });

  it('lists without touching', async () => {
    const name = await exportLines(userLine('u1'));
    await fixture.queue.refresh();
    const [manifest] = await fixture.manifests();
    const expected = {
      name,
      sessionId,
      percent: 76.2,
      trigger: 'threshold',
      state: 'waiting',
      bytes: userLine('u1').length,
      exportedAt: manifest?.manifest.exportedAt,
      attempts: 0,
      problem: null,
    };
    expect(fixture.queue.pending()).toEqual([expected]);
    expect([fixture.queue.holdsSession(sessionId), fixture.queue.holdsSession('another-session')]).toEqual([
      true,
      false,
    ]);
    expect(await listPendingExports(fixture.layout.exportsPending)).toEqual({ shown: [expected], total: 1 });
    expect(await readdir(path.dirname(fixture.layout.exportsPending))).toEqual(['exports-pending']);
    await rm(inPending(name));
    await fixture.queue.refresh();
    expect(fixture.queue.pending()).toEqual([]);
  });

  it('tries what fails again after growing pauses, each attempt and reason shown, and then hourly', async () => {
    const name = await exportLines(userLine('u1'));
    await mkdir(path.dirname(fixture.layout.exportsArchive), { recursive: true });
    await writeFile(fixture.layout.exportsArchive, 'a file in the way');
    await fixture.queue.processAll();
    const shown = () => fixture.queue.pending()[0];
    for (const [index, seconds] of [10, 30, 120, 600, 3600, 3600].entries()) {
      expect(shown()).toMatchObject({
        name,
        state: index < 4 ? 'retrying' : 'failed',
        attempts: index + 1,
        problem: expect.stringMatching(/file is where a folder is expected/),
      });
      fixture.clock.nowMs += seconds * 1000 - 1;
      await fixture.queue.processAll();
      expect(shown()).toMatchObject({ attempts: index + 1 });
      fixture.clock.nowMs += 1;
      await fixture.queue.processAll();
    }
    expect(fixture.failures.map(({ attempts, final }) => [attempts, final])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, false],
      [5, true],
      [6, true],
      [7, true],
    ]);
    await rm(fixture.layout.exportsArchive);
    await fixture.queue.retryNow();
    expect(fixture.processed).toMatchObject([{ name, newMessages: 1, duplicateMessages: 0 }]);
    expect(fixture.queue.pending()).toEqual([]);
  });

  it('does not let one failing file hold up the rest', async () => {
    const name = await exportLines(userLine('u1'));
    await writeFile(inPending(name), userLine('xx'));
    await fixture.dropLoose('good.jsonl', userLine('u2'), 1);
    expect(await fixture.processAfterRest()).toMatchObject({ files: 1 });
    expect(fixture.queue.pending()).toMatchObject([{ name, state: 'retrying' }]);
  });

  it('shows at most 200 of many files, what is in trouble among them, and how many there are', async () => {
    for (let index = 0; index < 250; index += 1)
      await fixture.dropLoose(`${index}.jsonl`, userLine(`u${index}`), 1000 - index);
    const totals: number[] = [];
    const queue = fixture.makeQueue({
      onChange: (pending) => (fixture.changes.push(pending), totals.push(queue.total())),
      atStep: (step) =>
        step === 'index' && fixture.processed.length === 249 ? Promise.reject(new Error('the last')) : undefined,
    });
    await queue.processAll();
    expect(queue.pending()).toHaveLength(200);
    expect(queue.pending()[0]).toMatchObject({ name: '0.jsonl' });
    fixture.clock.nowMs += 2000;
    await queue.processAll();
    expect(queue.pending()).toMatchObject([{ name: '249.jsonl', state: 'retrying', attempts: 1 }]);
    expect(Math.max(...fixture.changes.map((pending) => pending.length))).toBe(200);
    expect([totals[0], totals.at(-1)]).toEqual([250, 1]);
  });

  it('ends a sweep after 20 failures in a row of a full disk: the rest would fail too', async () => {
    for (let index = 0; index < 30; index += 1) await fixture.dropLoose(`${index}.jsonl`, userLine(`u${index}`));
    let isFull = true;
    const queue = fixture.makeQueue({ atStep: () => (isFull ? failing('ENOSPC')() : undefined) });
    await queue.processAll();
    fixture.clock.nowMs += 2000;
    expect(await queue.processAll()).toMatchObject({ files: 0, failed: 20 });
    isFull = false;
    expect(await queue.processAll()).toMatchObject({ files: 10, failed: 0 });
    fixture.clock.nowMs += 10_000;
    expect(await queue.processAll()).toMatchObject({ files: 20, failed: 0 });
  });

  it('lets no number of files that can not be archived hold up those that can', async () => {
    for (let index = 0; index < 30; index += 1)
      await fixture.dropLoose(`${index}.jsonl`, userLine(`u${index}`), 100 - index);
    let begun = 0;
    const atStep = (step: string) => {
      if (step === 'index') begun += 1;
      return begun < 30 ? Promise.reject(new Error('bad')) : undefined;
    };
    const queue = fixture.makeQueue({ atStep });
    await queue.processAll();
    fixture.clock.nowMs += 2000;
    expect(await queue.processAll()).toMatchObject({ files: 1, failed: 29 });
  });

  it('hands over a segment whose manifest is damaged, and goes on', async () => {
    const name = await exportLines(userLine('u1'));
    await writeFile(inPending(manifestNameOf(name)), 'no manifest');
    await fixture.dropLoose('good.jsonl', userLine('u2'));
    const damaged: string[] = [];
    const queue = fixture.makeQueue({ onDamaged: async (given) => void damaged.push(given) });
    await queue.processAll();
    fixture.clock.nowMs += 2000;
    await queue.processAll();
    expect(new Set(damaged)).toEqual(new Set([name]));
    expect(fixture.processed).toMatchObject([{ name: 'good.jsonl' }]);
  });

  it('waits no longer than an hour after the clock was set back', async () => {
    const name = await exportLines(userLine('u1'));
    await writeFile(fixture.layout.exportsArchive, 'in the way');
    await fixture.queue.processAll();
    await rm(fixture.layout.exportsArchive);
    fixture.clock.nowMs -= 7 * 24 * 3_600_000;
    await fixture.queue.processAll();
    expect(fixture.processed).toMatchObject([{ name }]);
  });

  it('works by itself once started: what is there, what comes, what fails', async () => {
    await fixture.append(userLine('u1'));
    const longAgo = new Date(Date.now() - 60_000);
    const exported = await fixture.exportNow({ now: () => longAgo });
    const batches: number[] = [];
    const queue = fixture.makeQueue({ now: () => new Date(), retryPausesMs: [300, 300, 300, 300, 300] });
    queue.start((batch) => batches.push(batch.files));
    await waitUntil('the first file', () => (fixture.processed.length === 1 ? true : null));
    expect(exported).toMatchObject({ name: fixture.processed[0]?.name });
    await fixture.dropLoose('loose.jsonl', userLine('u2'));
    await waitUntil('the loose file', () => (fixture.processed.length === 2 ? true : null));
    await rename(fixture.layout.exportsArchive, `${fixture.layout.exportsArchive}.away`);
    await writeFile(fixture.layout.exportsArchive, 'in the way');
    await fixture.dropLoose('failing.jsonl', userLine('u3'));
    await waitUntil('the failure', () => (fixture.failures.length > 0 ? true : null));
    await rm(fixture.layout.exportsArchive);
    await waitUntil('the third batch', () => (batches.length === 3 ? true : null));
    expect(batches).toEqual([1, 1, 1]);
    // One of ours is for whoever wrote it to hand over.
    const name = await exportLines(userLine('u4'));
    await pause(1000);
    expect(await readdir(fixture.layout.exportsPending)).toContain(name);
    expect(await queue.processOne(name)).toMatchObject({ kind: 'processed' });
    expect(batches).toHaveLength(3);
    await queue.stop();
  });

  it('says when the folder can not be looked at, and when it can again', async () => {
    const troubles: (string | null)[] = [];
    await mkdir(path.dirname(fixture.layout.exportsPending), { recursive: true });
    await writeFile(fixture.layout.exportsPending, 'a file in the way');
    const queue = fixture.makeQueue({ onFolder: (trouble) => troubles.push(trouble?.code ?? null) });
    queue.start(() => undefined);
    await waitUntil('the trouble', () => (troubles.length > 0 ? true : null));
    expect(troubles).toEqual(['ENOTDIR']);
    await rm(fixture.layout.exportsPending);
    await queue.stop();
  });

  it('ends the file in hand when it is stopped, and starts no other', async () => {
    for (const name of ['a.jsonl', 'b.jsonl', 'c.jsonl']) await fixture.dropLoose(name, userLine(name));
    let stopping: Promise<void> | null = null;
    const queue = fixture.makeQueue({
      atStep(step) {
        if (step === 'move') stopping = queue.stop();
      },
    });
    await queue.processAll();
    fixture.clock.nowMs += 2000;
    expect(await queue.processAll()).toMatchObject({ files: 1 });
    await stopping;
    expect(fixture.processed).toHaveLength(1);
    expect(await readdir(fixture.layout.exportsPending)).toHaveLength(2);
    expect(await queue.processOne('b.jsonl')).toEqual({ kind: 'not-ready' });
  });

  it('answers for a file that a sweep was faster with', async () => {
    const name = await exportLines(userLine('u1'));
    const sweep = fixture.queue.processAll();
    expect(await fixture.queue.processOne(name)).toMatchObject({ kind: 'processed', result: { name, newMessages: 1 } });
    // Whoever was first: the file counts once.
    expect((await sweep).files).toBeLessThanOrEqual(1);
    expect(await fixture.queue.processOne(name)).toMatchObject({ kind: 'processed', result: { name, newMessages: 1 } });
    expect(fixture.processed).toHaveLength(1);
  });

  it('leaves a fresh export to its writer for 5 s, then takes it', async () => {
    const exportedAt = new Date(fixture.clock.nowMs);
    await fixture.append(userLine('u1'));
    await fixture.exportNow({ now: () => exportedAt });
    fixture.clock.nowMs += 4999;
    expect(await fixture.queue.processAll()).toMatchObject({ files: 0 });
    expect(fixture.queue.pending()).toMatchObject([{ state: 'waiting' }]);
    fixture.clock.nowMs += 1;
    expect(await fixture.queue.processAll()).toMatchObject({ files: 1 });
  });

  it('knows a file that is gone', async () => {
    expect(await fixture.queue.processOne('never.jsonl')).toEqual({ kind: 'gone' });
  });
});

describe('a process killed between two steps', () => {
  class Killed extends Error {}
  const steps = ['index', 'copy-manifest', 'move', 'remove-manifest', 'report', 'settle', 'done'] as const;

  it.each(steps.flatMap((step) => (['segment', 'loose', 'other disk'] as const).map((kind) => [step, kind] as const)))(
    'before "%s" of a %s: the next run ends in the same place with the same counts',
    async (step, kind) => {
      const moveCalls = kind === 'other disk' ? { link: failing('EXDEV'), rename } : { link, rename };
      await fixture.dropLoose('earlier.jsonl', userLine('u1'));
      await fixture.processAfterRest();
      const text = userLine('u1') + userLine('u2') + userLine('u3');
      let name = 'loose.jsonl';
      if (kind === 'loose') await fixture.dropLoose(name, text);
      else name = await exportLines(text);
      let killed = false;
      const dying = fixture.makeQueue({
        moveCalls,
        atStep(reached) {
          killed ||= reached === step;
          // Once killed, nothing more is done.
          if (killed) throw new Killed();
        },
        onProcessed: () => undefined,
        onFailed: () => undefined,
      });
      await dying.processAll();
      fixture.clock.nowMs += 2000;
      await dying.processAll();
      await dying.stop();
      expect(killed || (kind === 'loose' && step === 'remove-manifest')).toBe(true);

      fixture.clock.nowMs += 61_000;
      const after = fixture.makeQueue({ moveCalls });
      await after.processAll();
      fixture.clock.nowMs += 2000;
      await after.processAll();

      expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
      const archivedTo = kind === 'loose' ? inArchive(name) : inArchive(sessionId, name);
      expect(await readFile(archivedTo, 'utf8')).toBe(text);
      expect(await fixture.archived()).toHaveLength(kind === 'loose' ? 2 : 3);
      const reports = (await fixture.reports()).filter(({ file }) => file === name);
      expect(reports).toMatchObject([{ messages_new: 2, messages_duplicate: 1, archived_to: archivedTo }]);
      expect(await fixture.index.unsettled()).toEqual([]);
      expect(await fixture.exportNow()).toMatchObject({ kind: kind === 'loose' ? 'source-gone' : 'nothing-new' });
    },
  );

  it('between link and removal of the move', async () => {
    const name = await exportLines(userLine('u1'));
    const dying = fixture.makeQueue({
      atStep(step) {
        if (step === 'move') throw new Killed();
      },
    });
    await dying.processAll();
    await dying.stop();
    await link(inPending(name), inArchive(sessionId, name));
    await fixture.makeQueue().processAll();
    expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
    expect(await fixture.archived()).toEqual([path.join(sessionId, name), path.join(sessionId, manifestNameOf(name))]);
    expect(await fixture.reports()).toMatchObject([{ messages_new: 1, archived_to: inArchive(sessionId, name) }]);
  });

  it('again and again, with its report path taken meanwhile: one report', async () => {
    const name = await exportLines(userLine('u1'));
    const dieBefore = async (step: 'report' | 'settle') => {
      const dying = fixture.makeQueue({
        atStep(reached) {
          if (reached === step) throw new Killed();
        },
      });
      await dying.processAll();
      await dying.stop();
    };
    await dieBefore('report');
    const reportPath = (await fixture.index.unsettled())[0]?.plan.reportPath ?? '';
    await mkdir(path.dirname(reportPath), { recursive: true });
    await writeFile(reportPath, '{"file":"other.jsonl","archived_to":"elsewhere"}\n');
    await dieBefore('settle');
    await dieBefore('settle');
    await fixture.makeQueue().processAll();
    expect((await fixture.reports()).map(({ file }) => file)).toEqual([name, 'other.jsonl']);
  });

  it('and its index lost: the manifest left behind is removed all the same', async () => {
    const name = await exportLines(userLine('u1'));
    const dying = fixture.makeQueue({
      atStep(step) {
        if (step === 'remove-manifest') throw new Killed();
      },
    });
    await dying.processAll();
    await dying.stop();
    await fixture.index.close();
    await rm(fixture.layout.indexFolder, { recursive: true });
    expect(await readdir(fixture.layout.exportsPending)).toEqual([manifestNameOf(name)]);
    await fixture.makeQueue().processAll();
    expect(await readdir(fixture.layout.exportsPending)).toEqual([]);
    expect(await fixture.archived()).toHaveLength(2);
  });
});

it('leaves the mode of existing folders alone', async () => {
  await mkdir(inArchive(), { recursive: true });
  await chmod(inArchive(), 0o755);
  await fixture.queue.processOne(await exportLines(userLine('u1')));
  expect((await stat(inArchive())).mode & 0o777).toBe(0o755);
});
