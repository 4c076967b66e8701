import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractorScriptIn, openExtractorScript } from '../../../src/main/archive/extractor-script.js';
import type { PendingQueue } from '../../../src/main/archive/queue-contract.js';
import { installScript, shellPython } from '../../support/shell-python.js';
import { userLine, sessionId } from '../export/export-fixture.js';
import { makeArchiveFixture, type ArchiveFixture } from './archive-fixture.js';

let fixture: ArchiveFixture;
let home: string;
let outcomes: (string | null)[];
beforeEach(async () => {
  fixture = await makeArchiveFixture();
  home = path.join(fixture.folder, 'home');
  outcomes = [];
});
afterEach(() => fixture.remove());

/** A `python3` that runs the script with sh, so that no Python is needed; a queue that uses the script. */
function queueWith(
  shell: string | null,
  change: { isOn?: () => boolean; timeoutMilliseconds?: number } = {},
): PendingQueue {
  mkdirSync(home, { recursive: true });
  if (shell !== null) installScript(home, 'unified-message-extractor.py', shell);
  const extractor = openExtractorScript({
    script: extractorScriptIn(home),
    isOn: () => true,
    environment: shellPython(home),
    now: () => new Date(fixture.clock.nowMs),
    onOutcome: (reason) => outcomes.push(reason),
    ...change,
  });
  return fixture.makeQueue({ extractor });
}

async function exportLines(...lines: string[]): Promise<string> {
  await fixture.append(lines.join(''));
  const outcome = await fixture.exportNow();
  if (outcome.kind !== 'exported') throw new Error(outcome.kind);
  return outcome.name;
}

const inPending = (name: string) => path.join(fixture.layout.exportsPending, name);
const calls = () => readFileSync(path.join(home, 'calls'), 'utf8').trimEnd().split('\n');
const notes = () => `echo "$*" >> '${home}/calls'`;

describe.skipIf(process.platform === 'win32')('the extractor script', () => {
  it('is called with --jsonl and the pending file, besides the index, whose counts stand', async () => {
    const name = await exportLines(userLine('u1'), userLine('u2'));
    const queue = queueWith(
      `${notes()}\ntest -f "$2" || exit 9\necho working\necho '{"new_messages": 7, "duplicates": 3}'`,
    );
    expect(await queue.processOne(name)).toMatchObject({
      kind: 'processed',
      result: {
        newMessages: 2,
        duplicateMessages: 0,
        extracted: { kind: 'done', newMessages: 7, duplicateMessages: 3 },
      },
    });
    expect(calls()).toEqual([`--jsonl ${inPending(name)}`]);
    expect(await fixture.reports()).toMatchObject([
      { file: name, messages_new: 2, extractor: { new_messages: 7, duplicates: 3 } },
    ]);
    expect(outcomes).toEqual([null]);
    expect(readdirSync(fixture.layout.exportsPending)).toEqual([]);
    expect(await fixture.archived()).toHaveLength(2);
  });

  it.each([
    ['the first line with a brace', `echo '{"new_messages": 1, "duplicates": 0}'; echo '{"new_messages": 9}'`, 1, 0],
    ['an arrow', 'echo "✓ a.jsonl → 1,200 new / 1,500 total"', 1200, 300],
    ['an arrow that makes no sense', 'echo "→ 5 new / 3 total"', 5, null],
    ['neither', 'echo "12 new messages"', null, null],
    ['nothing at all', ':', null, null],
    ['a brace that is no JSON', 'echo "{oops"', null, null],
    ['a brace that is no JSON, and an arrow', 'echo "{oops"; echo "→ 2 new / 2 total"', 2, 0],
    ['nonsense counts', `echo '{"new_messages": -1, "duplicates": "many"}'`, null, null],
    ['a JSON line behind a flood', `yes | head -c 3000000; echo; echo '{"new_messages": 4, "duplicates": 0}'`, 4, 0],
  ])('tells its counts by %s', async (_, shell, newMessages, duplicateMessages) => {
    const name = await exportLines(userLine('u1'));
    expect(await queueWith(shell).processOne(name)).toMatchObject({
      result: { newMessages: 1, extracted: { kind: 'done', newMessages, duplicateMessages } },
    });
  });

  it('tells what the index can not count', async () => {
    await fixture.dropLoose('notes.txt', 'a text');
    const queue = queueWith('echo "→ 2 new / 5 total"');
    await queue.processAll();
    fixture.clock.nowMs += 2000;
    await queue.processAll();
    expect(await fixture.reports()).toMatchObject([{ file: 'notes.txt', messages_new: 2, messages_duplicate: 3 }]);
  });

  it.each([
    ['moves the file to the archive itself', 'mv "$2" "$(dirname "$2")/../exports-archive/"'],
    ['moves it to where nobody looks', 'mv "$2" "$2.gone"'],
    ['deletes it', 'rm "$2"'],
  ])('may be one that %s: the export is archived whole', async (_, shell) => {
    const name = await exportLines(userLine('u1'));
    const queue = queueWith(`${shell}\necho '{"new_messages": 1, "duplicates": 0}'`);
    expect(await queue.processOne(name)).toMatchObject({ kind: 'processed', result: { newMessages: 1 } });
    const archived = path.join(fixture.layout.exportsArchive, sessionId, name);
    expect(readFileSync(archived, 'utf8')).toBe(userLine('u1'));
    expect(existsSync(inPending(name))).toBe(false);
    expect(await fixture.reports()).toMatchObject([{ file: name, archived_to: archived }]);
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
  });

  it.each([
    ['fails', 'echo "no such table" >&2; exit 3', /^ended with exit code 3: no such table/],
    ['crashes', 'kill -SEGV $$', /^was ended by SIGSEGV/],
    ['says much', 'yes oh | head -c 900000 >&2; exit 1', /^ended with exit code 1: (?:oh\\n)+/],
  ])('that %s leaves the export archived, and says why', async (_, shell, reason) => {
    const name = await exportLines(userLine('u1'));
    expect(await queueWith(shell).processOne(name)).toMatchObject({
      kind: 'processed',
      result: { newMessages: 1, extracted: { kind: 'failed', reason: expect.stringMatching(reason) } },
    });
    expect(outcomes).toEqual([expect.stringMatching(reason)]);
    expect((outcomes[0] ?? '').length).toBeLessThan(260);
    expect(await fixture.archived()).toHaveLength(2);
    expect(await fixture.reports()).toMatchObject([{ messages_new: 1, extractor: { failed: outcomes[0] } }]);
    expect(readdirSync(fixture.layout.exportsPending)).toEqual([]);
  });

  it('that hangs is ended, and rests for ten minutes', async () => {
    const queue = queueWith(`${notes()}\ntrap '' TERM\nsleep 30 & sleep 30`, { timeoutMilliseconds: 2_000 });
    const hanging = await queue.processOne(await exportLines(userLine('u1')));
    expect(hanging).toMatchObject({ result: { extracted: { kind: 'failed', reason: /longer than 2 s/ } } });
    const resting = await queue.processOne(await exportLines(userLine('u2')));
    expect(resting).toMatchObject({ result: { extracted: null } });
    expect(calls()).toHaveLength(1);
    fixture.clock.nowMs += 600_000;
    await queue.processOne(await exportLines(userLine('u3')));
    expect(calls()).toHaveLength(2);
  });

  it('is not run when it is switched off, and not missed when it is not there', async () => {
    const off = queueWith('exit 1', { isOn: () => false });
    expect(await off.processOne(await exportLines(userLine('u1')))).toMatchObject({ result: { extracted: null } });
    rmSync(extractorScriptIn(home));
    const without = queueWith(null);
    expect(await without.processOne(await exportLines(userLine('u2')))).toMatchObject({ result: { extracted: null } });
    expect(outcomes).toEqual([]);
    expect((await fixture.reports()).some((report) => 'extractor' in report)).toBe(false);
  });

  it('is run again on a file whose processing was cut off in the middle of it, and the file is archived once', async () => {
    const name = await exportLines(userLine('u1'));
    const shell = `${notes()}\necho "→ 1 new / 1 total"`;
    queueWith(shell);
    const dying = fixture.makeQueue({
      extractor: { isWanted: () => Promise.resolve(true), run: () => Promise.reject(new Error('killed')) },
      onFailed: () => undefined,
    });
    await dying.processOne(name);
    expect(existsSync(inPending(name))).toBe(true);
    expect(await queueWith(shell).processOne(name)).toMatchObject({ kind: 'processed', result: { newMessages: 1 } });
    expect(calls()).toHaveLength(1);
    expect(await fixture.archived()).toHaveLength(2);
  });
});
