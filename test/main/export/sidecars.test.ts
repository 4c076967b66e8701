import { execFileSync } from 'node:child_process';
import {
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
} from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportStep } from '../../../src/main/export/commit-segment.js';
import { readExportLedger } from '../../../src/main/export/export-ledger.js';
import { sidecarsNameOf } from '../../../src/main/export/segment-name.js';
import { rememberSidecars } from '../../../src/main/export/sidecar-look.js';
import {
  assistantLine,
  failureOf,
  makeExportFixture,
  metadataLine,
  sessionId,
  userLine,
  type ExportFixture,
} from './export-fixture.js';
import { agent, entriesOf, meta, readingsOf, result, sidecarScene, type SidecarScene } from './sidecar-scene.js';
import { mountSmallDisk } from './small-disk.js';

let fixture: ExportFixture;
let scene: SidecarScene;
beforeEach(async () => {
  fixture = await makeExportFixture();
  scene = sidecarScene(fixture);
});
afterEach(() => fixture.remove());

const pending = () => readdir(fixture.folders.exportsPending).catch(() => []);
const ledger = () => readExportLedger({ sessionId, ...fixture.folders });

async function sessionJoined(): Promise<string> {
  const { segments } = await ledger();
  const bytes = segments.map(({ name }) => readFile(path.join(fixture.folders.exportsPending, name), 'utf8'));
  return (await Promise.all(bytes)).join('');
}

describe('the sidecars of a session', () => {
  it('are exported with it, in all layouts, and those of others are not', async () => {
    const nested = `${sessionId}/subagents/workflows/w1/agent-b2.jsonl`;
    const content: Record<string, string> = {
      [agent]: userLine('s1') + assistantLine('s2', 'm1'),
      [meta]: '{"agentType":"Explore"}',
      [nested]: userLine('n1'),
      [result]: 'a long output without a line end',
      'agent-0a1b.jsonl': `${JSON.stringify({ type: 'user', sessionId, uuid: 'o1' })}\n`,
    };
    for (const [relative, text] of Object.entries(content)) await scene.write(relative, text);
    const other = sessionId.replace('0a1b2c3d', 'ffffffff');
    const strangers = {
      'agent-ffff.jsonl': `${JSON.stringify({ type: 'user', sessionId: other })}\n`,
      'agent-none.jsonl': '{"type":"user"}\n',
      [`${other}/subagents/agent-x.jsonl`]: userLine('x'),
      [`${sessionId}/resume-head.jsonl`]: userLine('u1'),
    };
    for (const [relative, text] of Object.entries(strangers)) await scene.write(relative, text);
    await fixture.append(userLine('u1'));

    const outcome = await fixture.exportNow();
    expect(entriesOf(outcome).map((entry) => entry.path)).toEqual(Object.keys(content).toSorted());
    for (const [relative, text] of Object.entries(content)) expect(await scene.joined(relative)).toBe(text);
    expect(outcome).toMatchObject({ leftOut: [] });
    expect(await ledger()).toEqual(outcome.kind === 'exported' && outcome.ledger);

    const name = outcome.kind === 'exported' ? sidecarsNameOf(outcome.name) : '';
    const folder = path.join(fixture.folders.exportsPending, name);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(folder)) {
      expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
    }
    expect(await pending()).toHaveLength(3);
  });

  it('are exported only with what is new: new lines of a transcript, a file that changed as a whole', async () => {
    await scene.write(agent, userLine('s1'));
    await scene.write(meta, '{"a":1}');
    await scene.write(result, 'same');
    await fixture.append(userLine('u1'));
    await fixture.exportNow();
    await scene.append(agent, metadataLine);
    await scene.write(meta, '{"a":2}');
    const outcome = await fixture.exportNow();
    const first = Buffer.byteLength(userLine('s1'));
    expect(entriesOf(outcome)).toMatchObject([
      { path: agent, kind: 'lines', generation: 0, range: { start: first, end: first + metadataLine.length } },
      { path: meta, kind: 'whole', generation: 1, range: { start: 0, end: 7 } },
    ]);
    expect(await scene.joined(agent)).toBe(userLine('s1') + metadataLine);
    expect(await scene.joined(meta)).toBe('{"a":2}');
    expect(await scene.joined(result)).toBe('same');
  });

  it('are reason enough for an export, which then may hold no byte of the session file', async () => {
    await scene.write(agent, userLine('s1'));
    await fixture.append('{"type":"us');
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported', manifest: { range: { start: 0, end: 0 } } });
    await scene.append(agent, userLine('s2'));
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported', manifest: { range: { start: 0, end: 0 } } });
    await fixture.append(`er"}\n${metadataLine}`);
    await scene.append(agent, userLine('s3'));
    // Lines that are no reason for an export ride along.
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported', manifest: { messages: 0, generation: 0 } });
    await scene.append(agent, userLine('s4'));
    const fourth = await fixture.exportNow();
    const end = (await fixture.source()).length;
    expect(fourth).toMatchObject({ kind: 'exported', manifest: { range: { start: end, end }, generation: 0 } });
    await fixture.append(userLine('u2'));
    expect(await fixture.exportNow()).toMatchObject({ kind: 'exported', manifest: { generation: 0 } });
    expect(await sessionJoined()).toBe((await fixture.source()).toString());
    expect((await ledger()).segments).toHaveLength(5);
    expect(await scene.joined(agent)).toBe(['s1', 's2', 's3', 's4'].map((uuid) => userLine(uuid)).join(''));
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
  });

  it('end at their last complete line, and what is not complete yet is no reason for an export', async () => {
    await fixture.append(userLine('u1'));
    await scene.write(agent, userLine('s1') + '{"type":"us');
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(userLine('s1'));
    await scene.append(agent, 'er",');
    expect(await fixture.exportNow()).toMatchObject({ kind: 'nothing-new' });
    expect(await pending()).toHaveLength(3);
    await scene.append(agent, '"uuid":"s2"}\n');
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(await readFile(scene.at(agent), 'utf8'));
  });

  it('are counted again when the folder of an export is lost', async () => {
    await scene.write(agent, userLine('s1'));
    await fixture.append(userLine('u1'));
    const first = await fixture.exportNow();
    if (first.kind !== 'exported') throw new Error(first.kind);
    await rm(path.join(fixture.folders.exportsPending, sidecarsNameOf(first.name)), { recursive: true });
    expect(entriesOf(await fixture.exportNow())).toMatchObject([{ path: agent, range: { start: 0 } }]);
    expect(await scene.joined(agent)).toBe(userLine('s1'));
    expect(await sessionJoined()).toBe(userLine('u1'));
  });
});

describe('the cost of sidecars', () => {
  it('is nothing for a thousand unchanged ones, after a restart too, and a byte range for the one that grew', async () => {
    await fixture.append(userLine('u1'));
    for (let index = 0; index < 1_000; index += 1) {
      await scene.write(`${sessionId}/subagents/agent-${index}.jsonl`, userLine(`s${index}`));
    }
    expect(entriesOf(await fixture.exportNow())).toHaveLength(1_000);
    const known = await ledger();
    const unchanged = await readingsOf(() => fixture.exportNow({ ledger: known }));
    // The session file's own last 64 KB at most; of the sidecars nothing.
    expect(unchanged.bytes).toBeLessThanOrEqual(userLine('u1').length);
    const seventh = `${sessionId}/subagents/agent-7.jsonl`;
    await scene.append(seventh, userLine('big', 'x'.repeat(300_000)));
    await fixture.exportNow();
    await scene.append(seventh, userLine('new'));
    const afterRestart = await ledger();
    const grown = await readingsOf(async () => {
      expect(entriesOf(await fixture.exportNow({ ledger: afterRestart }))).toHaveLength(1);
    });
    // The last 4 KB before what is new, looked at before and after.
    expect(grown.bytes).toBeGreaterThan(userLine('new').length);
    expect(grown.bytes).toBeLessThanOrEqual(userLine('new').length + userLine('u1').length + 2 * 4096);
  }, 60_000);

  it('is one reading for a file that was only touched', async () => {
    await fixture.append(userLine('u1'));
    await scene.write(result, 'r'.repeat(500_000));
    const sidecarMemory = rememberSidecars();
    await fixture.exportNow({ sidecarMemory });
    await utimes(scene.at(result), new Date(), new Date(Date.now() + 5_000));
    const known = await ledger();
    const look = () => readingsOf(() => fixture.exportNow({ ledger: known, sidecarMemory }));
    expect((await look()).bytes).toBeGreaterThanOrEqual(500_000);
    expect((await look()).bytes).toBeLessThan(1_000);
    expect(await fixture.exportNow({ sidecarMemory })).toMatchObject({ kind: 'nothing-new' });
  });

  it.each(['somebody else', undefined])('reads the beginning of an old agent file of %s once', async (owner) => {
    await fixture.append(userLine('u1'));
    const line = `${JSON.stringify({ sessionId: owner, text: 'y'.repeat(100_000) })}\n`;
    await scene.write('agent-other.jsonl', line);
    const sidecarMemory = rememberSidecars();
    const known = await ledger();
    const look = () => readingsOf(() => fixture.exportNow({ ledger: known, sidecarMemory }));
    expect((await look()).bytes).toBeGreaterThan(line.length);
    expect((await look()).bytes).toBeLessThan(1_000);
  });

  it('is a little memory, however large a sidecar is', async () => {
    await fixture.append(userLine('u1'));
    const large = userLine('s', 'z'.repeat(2_000_000)).repeat(20);
    await scene.write(agent, large);
    await scene.write(result, large);
    let outcome: Awaited<ReturnType<ExportFixture['exportNow']>> | undefined;
    const { largestBuffer } = await readingsOf(async () => (outcome = await fixture.exportNow()));
    expect(largestBuffer).toBeLessThanOrEqual(1024 * 1024);
    expect(outcome && entriesOf(outcome).map(({ range }) => range.end)).toEqual([large.length, large.length]);
    expect(await scene.joined(result)).toBe(large);
  });
});

describe('a sidecar that changed otherwise than by growing', () => {
  const lines = (...uuids: string[]) => uuids.map((uuid) => userLine(uuid)).join('');

  it.each<[string, string, string, (file: string) => Promise<void>]>([
    ['is cut', lines('s1', 's2'), lines('s1'), (file) => truncate(file, userLine('s1').length)],
    [
      'is cut and goes on',
      lines('s1', 's2'),
      lines('s1', 's9'),
      async (file) => {
        await truncate(file, userLine('s1').length);
        const handle = await open(file, 'a');
        await handle.write(userLine('s9'));
        await handle.close();
      },
    ],
    [
      'is replaced by other lines',
      lines('s1', 's2'),
      lines('x1', 'x2', 'x3'),
      async (file) => {
        const handle = await open(`${file}.new`, 'w');
        await handle.write(lines('x1', 'x2', 'x3'));
        await handle.close();
        await rename(`${file}.new`, file);
      },
    ],
    [
      'is replaced by a copy of itself',
      lines('s1', 's2'),
      lines('s1', 's2'),
      async (file) => {
        await copyFile(file, `${file}.new`);
        await rename(`${file}.new`, file);
      },
    ],
  ])('%s: nothing valid is stored again and it joins as it is now', async (_, before, after, change) => {
    await fixture.append(userLine('u1'));
    await scene.write(agent, userLine('s1'));
    await fixture.exportNow();
    if (before.length > userLine('s1').length) await scene.append(agent, before.slice(userLine('s1').length));
    await fixture.exportNow();
    await change(scene.at(agent));
    await fixture.append(userLine('u2'));
    const outcome = await fixture.exportNow();
    const stored = entriesOf(outcome).reduce((sum, { range }) => sum + range.end - range.start, 0);
    const isPrefix = before.startsWith(after);
    const kept = after.startsWith(userLine('s1')) ? userLine('s1').length : 0;
    expect(stored).toBe(isPrefix ? 0 : after.length - kept);
    expect(await scene.joined(agent)).toBe(isPrefix ? before : after);
    await scene.append(agent, userLine('later'));
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(`${after}${userLine('later')}`);
  });
});

describe('hostile sidecars', () => {
  it('keeps names with path characters as they are and gives the pieces harmless ones', async () => {
    await fixture.append(userLine('u1'));
    const names = [
      '..\\..\\evil.txt',
      'a:b',
      'new\nline',
      '%2e%2e%2f',
      'CON',
      '-rf',
      '...',
      `${'l'.repeat(250)}.txt`,
      '🎈.jsonl',
    ];
    for (const name of names) await scene.write(`${sessionId}/tool-results/${name}`, `${name}\n`);
    const outcome = await fixture.exportNow();
    const entries = entriesOf(outcome);
    expect(entries.map((entry) => entry.path.slice(sessionId.length + 14)).toSorted()).toEqual(names.toSorted());
    for (const { file } of entries) expect(file).toMatch(/^\d{4}-[\w-][\w.-]*$/);
    for (const name of names) expect(await scene.joined(`${sessionId}/tool-results/${name}`)).toBe(`${name}\n`);
  });

  it('follows no link and waits for no pipe, and says what it left out', async () => {
    await fixture.append(userLine('u1'));
    await scene.write(agent, userLine('s1'));
    const folder = path.dirname(scene.at(agent));
    await symlink('/etc/passwd', path.join(folder, 'agent-link.jsonl'));
    await symlink('/etc', path.join(folder, 'workflows'));
    await symlink('/etc/passwd', scene.at('agent-old.jsonl'));
    execFileSync('mkfifo', [path.join(folder, 'agent-pipe.jsonl')]);
    await mkdir(path.join(folder, 'agent-folder.jsonl'));
    const outcome = await fixture.exportNow();
    expect(entriesOf(outcome).map((entry) => entry.path)).toEqual([agent]);
    const leftOut = outcome.kind === 'exported' ? outcome.leftOut : [];
    expect(leftOut.toSorted()).toEqual(
      ['agent-link.jsonl', 'agent-pipe.jsonl', 'workflows'].map(
        (name) => `${path.join(folder, name)} is no plain file.`,
      ),
    );
  });

  it('does not enter a session folder that is a link', async () => {
    await fixture.append(userLine('u1'));
    const elsewhere = path.join(fixture.folder, 'elsewhere', 'subagents');
    await mkdir(elsewhere, { recursive: true });
    await copyFile(fixture.sourcePath, path.join(elsewhere, 'agent-x.jsonl'));
    await symlink(path.dirname(elsewhere), scene.at(sessionId));
    const outcome = await fixture.exportNow();
    expect(entriesOf(outcome)).toEqual([]);
    expect(outcome).toMatchObject({ leftOut: [expect.stringContaining('it is no folder')] });
  });

  it('exports the rest when one sidecar can not be read', async () => {
    await fixture.append(userLine('u1'));
    await scene.write(agent, userLine('s1'));
    await scene.write(result, 'gone in a moment');
    const outcome = await fixture.exportNow({
      async freeBytes() {
        await rm(scene.at(result));
        await mkdir(scene.at(result));
        return Number.POSITIVE_INFINITY;
      },
    });
    expect(entriesOf(outcome).map((entry) => entry.path)).toEqual([agent]);
    expect(outcome).toMatchObject({ leftOut: [`${scene.at(result)} can't be read: it is no plain file.`] });
  });

  it('leaves a folder alone that has the name of its own', async () => {
    const now = () => new Date('2026-11-01T10:15:07Z');
    const planted = path.join(fixture.folders.exportsPending, '2026-11-01-101507-0a1b2c3d-76pct.sidecars');
    await mkdir(planted, { recursive: true });
    await fixture.append(userLine('u1'));
    await scene.write(agent, userLine('s1'));
    expect(await fixture.exportNow({ now })).toMatchObject({ name: '2026-11-01-101507-0a1b2c3d-76pct-2.jsonl' });
    expect(await readdir(planted)).toEqual([]);
  });
});

describe('a sidecar that changes while it is read', () => {
  const big = assistantLine('a1', 'm1', 'q'.repeat(3_000_000)) + userLine('s2');

  async function exportWhile(disturb: () => Promise<unknown>, times = 1) {
    let left = times;
    return fixture.exportNow({
      async atStep(step) {
        if (step !== 'write-sidecar' || left === 0) return;
        left -= 1;
        await disturb();
      },
    });
  }

  beforeEach(() => fixture.append(userLine('u1')));

  it('is exported as it was when it is appended to, and its new lines with the next export', async () => {
    await scene.write(agent, big);
    await exportWhile(() => scene.append(agent, userLine('s3')));
    expect(await scene.joined(agent)).toBe(big);
    await fixture.exportNow();
    expect(await scene.joined(agent)).toBe(big + userLine('s3'));
  });

  it('is exported whole when it is deleted or replaced', async () => {
    await scene.write(agent, big);
    await scene.write(result, big);
    await exportWhile(async () => {
      await rm(scene.at(agent), { force: true });
      await rm(scene.at(result), { force: true });
    });
    // The one whose turn it was is there; the other one as far as it was open already.
    expect([await scene.joined(agent), await scene.joined(result)]).toContain(big);
  });

  it('is read afresh when it is cut', async () => {
    await scene.write(agent, userLine('s0') + big);
    await exportWhile(() => truncate(scene.at(agent), userLine('s0').length));
    expect(await scene.joined(agent)).toBe(userLine('s0'));
  });

  it('is read afresh when it is rewritten as a whole', async () => {
    await scene.write(result, big);
    await exportWhile(() => scene.write(result, 'short'));
    expect(await scene.joined(result)).toBe('short');
  });

  it('is left for the next export when it never rests', async () => {
    await scene.write(agent, userLine('s0') + big);
    let size = 3_000_000;
    const outcome = await exportWhile(() => truncate(scene.at(agent), (size -= 500_000)), 9);
    expect(entriesOf(outcome)).toEqual([]);
    expect(outcome).toMatchObject({ leftOut: [expect.stringContaining('keeps being rewritten')] });
    expect(await pending()).toHaveLength(2);
  });
});

describe('a disk that refuses sidecars', () => {
  const steps: readonly ExportStep[] = [
    'write-sidecar',
    'flush-sidecar',
    'first-byte',
    'flush-segment',
    'write-draft',
    'publish-segment',
    'publish-sidecars',
    'flush-folder',
    'commit-manifest',
    'flush-commit',
  ];

  it.each(steps.flatMap((step) => ['ENOSPC', 'EACCES'].map((code) => [step, code] as const)))(
    'leaves nothing behind when %s fails with %s, and the next export is whole',
    async (failing, code) => {
      await fixture.append(userLine('u1'));
      await scene.write(agent, userLine('s1'));
      await scene.write(result, 'r');
      const failure = await failureOf(
        fixture.exportNow({
          atStep(step) {
            if (step === failing) throw Object.assign(new Error(code), { code });
          },
        }),
      );
      expect(failure).toMatchObject({ code, mend: expect.stringMatching(/Free some space|read and write access/) });
      expect(await pending()).toEqual([]);
      expect(entriesOf(await fixture.exportNow())).toHaveLength(2);
      expect(await scene.joined(agent)).toBe(userLine('s1'));
    },
  );

  it('is seen before a byte is written when it has no room for them', async () => {
    await fixture.append(userLine('u1'));
    await scene.write(result, 'r'.repeat(2_000_000));
    const failure = await failureOf(fixture.exportNow({ freeBytes: () => Promise.resolve(1_000_000) }));
    expect(failure.message).toMatch(/needs 2\.0 MB, 1\.0 MB are free/);
    expect(await pending()).toEqual([]);
  });

  it('leaves nothing behind when it is really full', async (context) => {
    const disk = mountSmallDisk(fixture.folders.exportsPending, 512);
    if (!disk) return context.skip('a small disk can be mounted by root on Linux only');
    try {
      await fixture.append(userLine('u1'));
      for (let index = 0; index < 5; index += 1) {
        await scene.write(`${sessionId}/subagents/agent-${index}.jsonl`, userLine('s', 'f'.repeat(200_000)));
      }
      const failure = await failureOf(
        fixture.exportNow({ freeBytes: () => Promise.resolve(Number.POSITIVE_INFINITY) }),
      );
      expect(failure).toMatchObject({ code: 'ENOSPC', mend: expect.stringMatching(/Free some space/) });
      expect(await pending()).toEqual([]);
    } finally {
      disk.unmount();
    }
  });
});
