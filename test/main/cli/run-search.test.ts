import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseArguments } from '../../../src/main/cli/parse-arguments.js';
import { runCommand } from '../../../src/main/cli/run-command.js';
import { makeArchiveFixture } from '../archive/archive-fixture.js';
import { sessionId, userLine } from '../export/export-fixture.js';
import { makeTestWorld, type TestWorld } from './test-world.js';

/** A storage in which two exports are archived, as a running app would have it open. */
async function makeScene() {
  const fixture = await makeArchiveFixture();
  onTestFinished(fixture.remove);
  for (const [uuid, text] of [
    ['u1', 'the disk is full'],
    ['u2', 'a full \u001b[31mterminal <b>escape</b>'],
  ] as const) {
    await fixture.append(userLine(uuid, text));
    await fixture.exportNow();
    await fixture.queue.processAll();
  }
  const test = makeTestWorld({}, fixture.layout.contextStorage);
  return { ...test, fixture };
}

function command({ storage, world }: Pick<TestWorld, 'storage' | 'world'>, args: readonly string[]) {
  return runCommand(parseArguments([...args, '--data-dir', storage], '/'), world);
}

describe('--search', () => {
  it('prints what it finds beside a running app, and nothing that the terminal would obey', async () => {
    const test = await makeScene();
    expect(await command(test, ['--search', 'full'])).toBe(0);
    expect(test.stdout()).toMatch(/^2 found\.\n\n2026-11-01 10:00 {2}user {2}-w {2}0a1b2c3d-/);
    expect(test.stdout()).toContain('the disk is [full]');
    expect(test.stdout()).toContain('<b>escape</b>');
    expect(test.stdout()).not.toContain('\u001b');
    expect(test.stderr()).toBe('');
  });

  it('prints one JSON object that leads to the message', async () => {
    const test = await makeScene();
    expect(await command(test, ['--search', 'disk', '--json', '--session', '0a1b', '--role', 'user'])).toBe(0);
    expect(JSON.parse(test.stdout())).toMatchObject({
      kind: 'found',
      total: 1,
      hits: [
        {
          sessionId,
          uuid: 'u1',
          place: {
            segment: expect.stringMatching(/-76pct\.jsonl$/),
            offsetBytes: 0,
            lengthBytes: userLine('u1', 'the disk is full').length - 1,
          },
        },
      ],
    });
  });

  it('has a friendly word for nothing, and leaves no trace where there is no index', async () => {
    const test = await makeScene();
    expect(await command(test, ['--search', 'unheard'])).toBe(0);
    expect(test.stdout()).toBe('Nothing found.\n');
    const empty = makeTestWorld();
    expect(await command(empty, ['--search', 'x'])).toBe(0);
    expect(empty.stdout()).toMatch(/^Nothing is indexed yet\./);
    expect(existsSync(empty.storage)).toBe(false);
  });

  it('ends with 1 where the index can not be read', async () => {
    const test = await makeScene();
    await test.fixture.index.close();
    await rm(test.fixture.layout.indexFile);
    await mkdir(test.fixture.layout.indexFile);
    expect(await command(test, ['--search', 'disk'])).toBe(1);
    expect(test.stderr()).toMatch(/^Could not search the archive: a folder is where a file is expected/);
  });
});

describe('--reindex', () => {
  it('mends a damaged index, which is kept', async () => {
    const test = await makeScene();
    const { layout } = test.fixture;
    await test.fixture.index.close();
    await writeFile(layout.indexFile, 'no database '.repeat(1000));
    expect(await command(test, ['--search', 'full'])).toBe(1);
    expect(test.stderr()).toMatch(/^The search index is damaged \(.*--reindex/);
    expect(await command(test, ['--reindex'])).toBe(0);
    expect(await command(test, ['--search', 'full'])).toBe(0);
    expect(test.stdout()).toContain('2 found.');
    expect(readdirSync(layout.indexFolder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
  });

  it('builds a lost index from the archive, privately, and says how much', async () => {
    const test = await makeScene();
    const { layout } = test.fixture;
    await test.fixture.index.close();
    await rm(layout.indexFolder, { recursive: true });
    expect(await command(test, ['--reindex'])).toBe(0);
    expect(test.stdout()).toBe('Indexed 2 messages of 2 exports.\n');
    expect(
      readdirSync(layout.indexFolder).map((name) => statSync(path.join(layout.indexFolder, name)).mode & 0o777),
    ).toContain(0o600);
    expect(await command(test, ['--search', 'full'])).toBe(0);
    expect(test.stdout()).toContain('2 found.');
  });

  it('works beside a running app, whose next export is found too', async () => {
    const test = await makeScene();
    expect(await command(test, ['--reindex'])).toBe(0);
    await test.fixture.append(userLine('u3', 'another fullness of the disk'));
    await test.fixture.exportNow();
    await test.fixture.queue.processAll();
    expect(test.fixture.failures).toEqual([]);
    expect(await command(test, ['--search', 'disk', '--json'])).toBe(0);
    expect(JSON.parse(test.stdout().split('\n')[1] ?? '')).toMatchObject({ total: 2, isIndexComplete: true });
    // Words that were known before the index was emptied are known again.
    expect(await command(test, ['--search', 'ulln', '--json'])).toBe(0);
    expect(JSON.parse(test.stdout().split('\n')[2] ?? '')).toMatchObject({ total: 1, by: 'parts' });
  });

  it('names what is damaged and ends with 1', async () => {
    const test = await makeScene();
    const segment = (await test.fixture.archived()).find((name) => name.endsWith('.jsonl')) ?? '';
    await rm(path.join(test.fixture.layout.exportsArchive, segment));
    expect(await command(test, ['--reindex'])).toBe(1);
    expect(test.stderr()).toContain(path.basename(segment));
    expect(test.stdout()).toBe('Indexed 1 messages of 1 exports.\n');
  });

  it('makes nothing where nothing is archived', async () => {
    const empty = makeTestWorld();
    expect(await command(empty, ['--reindex'])).toBe(0);
    expect(empty.stdout()).toMatch(/^Nothing is archived yet/);
    expect(existsSync(empty.storage)).toBe(false);
  });
});

describe('the flags of --search', () => {
  const parse = (...args: string[]) => parseArguments(args, '/');

  it.each([
    [['--search', 'a b'], { text: 'a b', limit: 20, since: null }],
    [['--search', '--no-verify', '--limit', '100'], { text: '--no-verify', limit: 100 }],
    [['--search=x', '--project', 'Shop', '--role', 'tool'], { project: 'Shop', role: 'tool' }],
    [['--search', 'x', '--since', '2026-11-01T10:00Z'], { since: '2026-11-01T10:00:00.000Z' }],
    [['--search', 'x', '--until', '2026-02-28'], { until: new Date(2026, 2, 1).toISOString() }],
  ])('reads %j', (args, query) => {
    expect(parse(...args)).toMatchObject({ kind: 'command', command: { name: 'search', query } });
  });

  it.each([
    [['--search', ''], /takes the text/],
    [['--search'], /--search/],
    [['--search', '--json'], /--search/],
    [['--search', 'x', '--role', 'robot'], /--role must be one of user, assistant, tool, system, not "robot"/],
    [['--search', 'x', '--since', '2026-02-30'], /--since must be a day/],
    [['--search', 'x', '--until', 'today'], /--until must be a day/],
    [['--search', 'x', '--session', '%'], /--session takes/],
    [['--search', 'x', '--limit', '0'], /from 1 to 100/],
    [['--project', 'x'], /--project goes with --search/],
    [['--search', 'x', '--reindex'], /can't go together/],
    [['--reindex', '--json'], /--json goes with/],
  ])('refuses %j', (args, message) => {
    expect(parse(...args)).toEqual({ kind: 'bad', message: expect.stringMatching(message) });
  });
});
