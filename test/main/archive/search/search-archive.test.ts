import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { searchMasked } from '../../../../src/main/archive/search/search-archive.js';
import { maskSecrets, secretMask } from '../../../../src/main/archive/secret-mask.js';
import { inventedSecrets } from '../../../support/invented-secrets.js';
import { anything, bracketed, makeIndexFixture, sessionIds, spoken, type IndexFixture } from './index-fixture.js';

let fixture: IndexFixture;

/** One index for all tests of a group. */
function withIndex(fill: () => void): void {
  beforeAll(() => {
    fixture = makeIndexFixture();
    fill();
  });
  afterAll(() => fixture.close());
}

describe('searchArchive by words', () => {
  withIndex(() => {
    fixture.add([
      spoken('a', 'The café closes at noon, says the README of export-ledger'),
      spoken('b', 'nothing of the kind'),
      spoken('c', 'a ledger of exports: closes early'),
      spoken('d', 'of commit 0a1b2c3d4e5f, message msg_01AbCdEf23456'),
    ]);
  });

  it.each([
    ['closes', ['c', 'a']],
    ['CAFE', ['a']],
    ['"closes at noon"', ['a']],
    ['"at closes"', []],
    ['closes café', ['a']],
    ['clos* early', ['c']],
    ['export*', ['c', 'a']],
    ['"ledger of exp"*', ['c']],
    ['0a1b2c*', ['d']],
    ['0a1b2c3d4e5f', ['d']],
    ['a*', ['a', 'c']],
    ['"of com"* 0a1b*', ['d']],
    ['closes unheard', []],
    ['"closes', ['c', 'a']],
    ['AND', []],
    ['', []],
    ['***', []],
  ])('%s finds %j', (text, expected) => {
    expect([...fixture.find(text)].toSorted()).toEqual([...expected].toSorted());
  });

  it('says where a hit stands and shows it marked', () => {
    const { hits, total, isTotalLeast, by } = fixture.search('noon closes');
    expect({ total, isTotalLeast, by }).toEqual({ total: 1, isTotalLeast: false, by: 'words' });
    expect(hits[0]).toMatchObject({
      sessionId: sessionIds[0],
      uuid: 'a',
      project: 'shop',
      kind: 'user',
      role: 'user',
      agentId: null,
      at: '2026-11-01T10:00:00.000Z',
      place: { segment: 'segment-1.jsonl', sidecar: null, offsetBytes: 0 },
    });
    expect(bracketed(hits[0]?.snippet ?? [])).toBe('The café [closes] at [noon], says the README of export-ledger');
  });

  it('pages, and counts all', () => {
    fixture.add(Array.from({ length: 30 }, (_, number) => spoken(`p${number}`, `paged number${number}`)));
    const first = fixture.search({ text: 'paged', limit: 10 });
    const second = fixture.search({ text: 'paged', limit: 25, offset: 10 });
    expect(first.total).toBe(30);
    expect([...first.hits, ...second.hits].map(({ uuid }) => uuid)).toHaveLength(30);
    expect(new Set([...first.hits, ...second.hits].map(({ uuid }) => uuid)).size).toBe(30);
  });

  it('puts what fits well before what is only new, and of two that fit alike the newer one', () => {
    const long = 'other words '.repeat(200);
    fixture.add([
      spoken('well', 'zebra zebra crossing'),
      spoken('old', 'quagga at night', { timestamp: '2020-01-01T00:00:00Z' }),
      spoken('new', 'quagga at night', { timestamp: '2026-11-19T00:00:00Z' }),
      spoken('badly', `${long} zebra ${long}`),
    ]);
    expect(fixture.find('zebra')).toEqual(['well', 'badly']);
    expect(fixture.find('quagga')).toEqual(['new', 'old']);
  });
});

describe('searchArchive among many messages', () => {
  withIndex(() => {
    const usual = Array.from({ length: 20_500 }, (_, number) => spoken(`n${number}`, `usual words ${number % 7}`));
    const long = 'usual padding '.repeat(100);
    fixture.add([
      spoken('well', 'usual marmot, marmot'),
      ...usual,
      spoken('new', `${long} a marmot as well`, { isMeta: true }),
    ]);
  });

  it('puts what fits well first by its rare words, with common ones and filters beside them', () => {
    expect(fixture.find('usual marmot')).toEqual(['well', 'new']);
    expect(fixture.find('marmot')).toEqual(['well', 'new']);
    expect(fixture.find({ text: 'usual marmot', project: 'shop' })).toEqual(['well', 'new']);
    expect(fixture.find({ text: 'usual marmot', role: 'system' })).toEqual(['new']);
  });

  it('leaves the newest first where all fit alike, and where all words are common', () => {
    const { hits, total, isTotalLeast } = fixture.search({ text: 'usual 3', limit: 3 });
    expect(hits.map(({ uuid }) => uuid)).toEqual(['n20499', 'n20492', 'n20485']);
    expect({ total, isTotalLeast }).toEqual({ total: 2929, isTotalLeast: false });
    const common = fixture.search({ text: 'usual', limit: 2 });
    expect(common.hits.map(({ uuid }) => uuid)).toEqual(['new', 'n20499']);
    expect(common.isTotalLeast).toBe(true);
  });
});

describe('searchArchive by parts of words', () => {
  withIndex(() => {
    fixture.add([
      spoken('fn', 'const lines = readEntryFile(path, onUuid); // ->foo'),
      spoken('ja', 'ファイルの検索が遅い。全文検索を直す'),
      spoken('zh', '会话文件已经归档'),
      spoken('ko', '세션을 보관했습니다'),
      spoken('snake', 'call read_entry_file_at_once with --no-verify'),
    ]);
  });

  it.each([
    ['EntryFi', ['fn'], 'parts'],
    ['tryfile', ['fn'], 'parts'],
    ['readEntryFile(path', ['fn'], 'parts'],
    ['->foo', ['fn'], 'parts'],
    ['entry_fi', ['snake'], 'parts'],
    ['--no-ver', ['snake'], 'parts'],
    ['検索', ['ja'], 'words'],
    ['全文検', ['ja'], 'words'],
    ['索検', [], 'words'],
    ['文件', ['zh'], 'words'],
    ['보관', ['ko'], 'words'],
    ['tryfoo', [], 'words'],
    ['=>bar', [], 'words'],
  ])('%s finds %j', (text, expected, by) => {
    const found = fixture.search(text);
    expect(found.hits.map(({ uuid }) => uuid)).toEqual(expected);
    expect(found.by).toBe(by);
  });

  it('marks the part', () => {
    expect(bracketed(fixture.search('tryfile').hits[0]?.snippet ?? [])).toContain('readEn[tryFile](path');
    expect(bracketed(fixture.search('検索').hits[0]?.snippet ?? [])).toBe('ファイルの[検索]が遅い。全文[検索]を直す');
  });
});

describe('searchArchive with filters', () => {
  withIndex(() => {
    fixture.add([
      { type: 'ai-title', aiTitle: 'Fix the till', sessionId: sessionIds[0] },
      spoken('u1', 'apple of the user'),
      {
        ...spoken('t1', ''),
        message: { content: [{ type: 'tool_result', content: [{ type: 'text', text: 'apple of a tool' }] }] },
      },
      {
        type: 'assistant',
        uuid: 'a1',
        timestamp: '2026-11-05T00:00:00Z',
        agentId: 'a66',
        message: { content: [{ type: 'text', text: 'apple of the model' }] },
      },
      { type: 'system', uuid: 's1', content: 'apple of the client' },
      { type: 'novelty', uuid: 'n1', content: 'apple of a kind that nobody knows' },
    ]);
    fixture.add([spoken('u2', 'apple of another project', { cwd: '/work/Bakery' })], sessionIds[1]);
    fixture.add([spoken('l1', 'apple of a loose file', { sessionId: 'no uuid' })], null);
  });

  it.each([
    [{ role: 'assistant' }, ['a1']],
    [{ role: 'tool' }, ['t1']],
    [{ role: 'system' }, ['s1']],
    [{ project: 'bak' }, ['u2']],
    [{ project: '%' }, []],
    [{ session: '7f7f' }, ['u2']],
    [{ session: '7f7f', project: 'shop' }, []],
    [{ kinds: ['novelty', 'system'] }, ['n1', 's1']],
    [{ kinds: [] }, []],
    [{ since: '2026-11-02T00:00:00Z' }, ['a1']],
    [{ since: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z' }, ['l1', 't1', 'u1', 'u2']],
    [{ until: '2026-11-01T10:00:00Z' }, []],
    [{}, ['a1', 'l1', 'n1', 's1', 't1', 'u1', 'u2']],
  ] as const)('%j finds %j', (filters, expected) => {
    expect([...fixture.find({ text: 'apple', ...filters })].toSorted()).toEqual(expected);
  });

  it('tells session, title, agent and kind', () => {
    expect(fixture.search({ text: 'apple', role: 'assistant' }).hits[0]).toMatchObject({
      agentId: 'a66',
      title: 'Fix the till',
      sessionId: sessionIds[0],
    });
    expect(fixture.search('nobody').hits[0]).toMatchObject({ kind: 'novelty', role: null, at: null });
    expect(fixture.search('loose').hits[0]).toMatchObject({ sessionId: null, project: 'shop' });
  });
});

describe('searchArchive with anything', () => {
  withIndex(() => undefined);

  it('never throws, and shows every snippet as the text it is of', () => {
    const texts = ['plain words, "quoted" (and) NEAR/2 * ^x {text} : -y', '検索 ü é\u0301 \ud83d\ude00 <b>bold</b>'];
    fixture.add([...texts.map((text, number) => spoken(`x${number}`, text)), spoken('odd', '\ud800 lone \0 nul')]);
    const piece = fc.constantFrom(
      '"',
      '*',
      ' ',
      '(',
      ')',
      'NEAR',
      'AND',
      'OR',
      'NOT',
      '{text}',
      ':',
      '-',
      '^',
      '+',
      "'",
      '\\',
      '%',
      '\0',
      '\ud800',
      'words',
      '検',
      '索',
      'é',
      'quo',
      '<b>',
    );
    const anyText = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(anyText, fc.option(anyText), fc.option(anyText), (text, project, session) => {
        for (const { snippet } of fixture.search({ text, project, session }).hits) {
          expect(snippet.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds every word of what it has indexed', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'abcdefgXYZéüñß0189日本語検索한국'),
      minLength: 1,
      maxLength: 8,
    });
    const texts = fc.sample(fc.array(word, { minLength: 1, maxLength: 6 }), { numRuns: 120, seed: 20_261_125 });
    fixture.add(texts.map((words, number) => spoken(`w${number}`, `${words.join(' ')} marker${number}`)));
    texts.forEach((words, number) => {
      const chosen = words[number % words.length] ?? '';
      expect(fixture.find(`${chosen} marker${number}`)).toEqual([`w${number}`]);
      expect(fixture.find(`"${words.join(' ')}" marker${number}`)).toEqual([`w${number}`]);
    });
  });
});

describe('searchMasked', () => {
  it('cuts no snippet through a secret, and leaves the text in the index as it is', async () => {
    const index = makeIndexFixture();
    onTestFinished(index.close);
    const { github: key = '' } = inventedSecrets;
    index.add([spoken('p1', `marmalade ${key} jam`), spoken('p2', `${'long '.repeat(30)}${key} plum`)]);
    const search = (text: string) => searchMasked(index.reader, { ...anything, text }, { nowMs: 0, mask: maskSecrets });
    for (const text of ['marmalade', 'plum', 'long']) {
      const { hits } = await search(text);
      expect(hits.length).toBeGreaterThan(0);
      for (const { snippet } of hits)
        expect(bracketed(snippet).replaceAll(/[[\]]/g, '')).not.toContain(key.slice(8, 20));
    }
    expect(bracketed((await search('marmalade')).hits[0]?.snippet ?? [])).toBe(`[marmalade] ${secretMask} jam`);
    expect(bracketed(index.search('marmalade').hits[0]?.snippet ?? [])).toBe(`[marmalade] ${key} jam`);
  });
});
