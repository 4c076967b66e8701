import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compressSession } from '../../../src/main/archive/compress-session.js';
import { parseArguments } from '../../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../../src/main/cli/run-command.js';
import { compressedNameOf } from '../../../src/main/export/segment-name.js';
import { makeArchiveFixture, type ArchiveFixture } from '../archive/archive-fixture.js';
import { assistantLine, metadataLine, sessionId, userLine } from '../export/export-fixture.js';
import { makeTestWorld } from './test-world.js';

/** A session in three exports, indexed and archived, two of them compressed. */
async function archivedSession(): Promise<ArchiveFixture & { readonly names: readonly string[] }> {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  const { layout } = fixture;
  const names: string[] = [];
  for (const text of [userLine('u1'), assistantLine('a1', 'm1') + metadataLine, `no json\n${userLine('u2', 'ü')}`]) {
    await fixture.append(text);
    const outcome = await fixture.exportNow();
    if (outcome.kind !== 'exported') throw new Error(outcome.kind);
    await fixture.queue.processOne(outcome.name);
    names.push(outcome.name);
    if (names.length > 2) break;
    const { setAside } = layout;
    const [now, budgetBytes] = [() => new Date(), Number.POSITIVE_INFINITY];
    await compressSession({ sessionId, folders: layout, setAside, now, plainForMs: 0, budgetBytes });
  }
  return { ...fixture, names };
}

/** Runs a command in a world of its own over the fixture's storage and session folder. */
async function command({ layout, folder }: ArchiveFixture, line: string) {
  const test = makeTestWorld({}, layout.contextStorage);
  const places = ['--data-dir', layout.contextStorage, '--claude-dir', path.join(folder, 'projects')];
  const exitCode = await runCommand(parseArguments([...line.split(' '), ...places], '/'), test.world);
  expect(test.calls).toEqual([]);
  return { exitCode, stdout: test.stdout(), stderr: test.stderr() };
}

it('loses nothing when the session and the index are deleted', async () => {
  const fixture = await archivedSession();
  const original = await fixture.source();
  const { mtimeMs } = await stat(fixture.sourcePath);
  await rm(path.join(fixture.folder, 'projects'), { recursive: true });
  await fixture.index.close();
  await rm(fixture.layout.indexFolder, { recursive: true });

  expect(await command(fixture, '--verify')).toEqual({
    exitCode: 0,
    stdout: `Verified: 1 session, 3 segments, ${original.length} B. Everything is as it was exported.\n`,
    stderr: '',
  });
  expect(await command(fixture, `--restore ${sessionId.slice(0, 8)}`)).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^Restored: .+\.jsonl \(\d+ B\)\.\n$/),
    stderr: '',
  });
  expect((await fixture.source()).equals(original)).toBe(true);
  expect(Math.abs((await stat(fixture.sourcePath)).mtimeMs - mtimeMs)).toBeLessThan(2);
  expect(await command(fixture, `--restore ${sessionId}`)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Already there'),
  });
});

it('names what is damaged, in words and as JSON, and restores nothing of it', async () => {
  const fixture = await archivedSession();
  await rm(fixture.sourcePath);
  const [first = '', second = ''] = fixture.names;
  const folder = path.join(fixture.layout.exportsArchive, sessionId);
  await rm(path.join(folder, compressedNameOf(first)));
  await writeFile(path.join(folder, compressedNameOf(second)), 'spoilt');

  const words = await command(fixture, '--verify');
  expect(words).toMatchObject({ exitCode: 1, stderr: '' });
  expect(words.stdout).toMatch(/\n2 faults:\n/);
  expect(words.stdout).toContain(`missing in ${sessionId}: `);
  expect(words.stdout).toContain(second);
  const { exitCode, stdout } = await command(fixture, '--verify --json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    sessions: 1,
    segments: 3,
    faults: [
      { kind: 'missing', sessionId, name: first },
      { kind: 'damaged', sessionId, name: second },
    ],
  });
  const restored = await command(fixture, `--restore ${sessionId}`);
  expect(restored).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(first) });
  await expect(stat(fixture.sourcePath)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('says why it does not restore, and where to', async () => {
  const fixture = await archivedSession();
  const original = await fixture.source();
  await fixture.append('more\n');
  expect(await command(fixture, `--restore ${sessionId}`)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^Not restored\. The file there is larger .+ --to\.\n$/),
  });
  expect(await command(fixture, '--restore ffffffff')).toMatchObject({
    exitCode: 2,
    stderr: 'Nothing is archived of a session "ffffffff".\n',
  });
  const into = path.join(fixture.folder, 'back');
  expect(await command(fixture, `--restore ${sessionId} --to ${into}`)).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await readFile(path.join(into, `${sessionId}.jsonl`))).equals(original)).toBe(true);
});

it('verifies an archive that is not there yet, and makes none', async () => {
  const test = makeTestWorld();
  const exitCode = await runCommand(parseArguments(['--verify', '--data-dir', test.storage], '/'), test.world);
  expect(exitCode).toBe(0);
  expect(test.stdout()).toBe('Verified: 0 sessions, 0 segments, 0 B. Everything is as it was exported.\n');
  await expect(stat(test.storage)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('prints a session to be read, or writes it as a page', async () => {
  const fixture = await archivedSession();
  const prefix = sessionId.slice(0, 8);
  const printed = await command(fixture, `--transcript ${prefix}`);
  expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(printed.stdout).toContain("**A line that can't be read, 7 characters.**");
  expect(printed.stdout).toContain('## User · 2026-11-01 10:00:00 UTC\n\nhello\n');
  const page = path.join(fixture.layout.contextStorage, 'transcripts', `${sessionId}.html`);
  expect(await command(fixture, `--transcript ${prefix} --html`)).toMatchObject({
    exitCode: 0,
    stdout: `Written: ${page}\n`,
  });
  expect(await readFile(page, 'utf8')).toContain('id="m-a1"');
  expect(await command(fixture, `--transcript ${prefix} --html`)).toMatchObject({
    stdout: `Nothing new since it was written: ${page}\n`,
  });
  const notes = path.join(fixture.folder, 'notes.md');
  await writeFile(notes, 'mine');
  expect(await command(fixture, `--transcript ${prefix} --to ${notes}`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^Not written\. .+ --to\.\n$/),
  });
  expect(await readFile(notes, 'utf8')).toBe('mine');
  expect(await command(fixture, '--transcript ffffffff')).toMatchObject({ exitCode: 2, stdout: '' });
});
