import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { compressSession } from '../../../../src/main/archive/compress-session.js';
import { anchorOf } from '../../../../src/main/archive/transcript/transcript-item.js';
import {
  readTranscript,
  transcriptsFolderOf,
  writeTranscript,
  type TranscriptRequest,
} from '../../../../src/main/archive/transcript/write-transcript.js';
import { listTranscripts, transcriptsFolder } from '../../../support/genuine-transcripts.js';
import { assistantLine, metadataLine, sessionId, userLine } from '../../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from '../archived-scene.js';

const now = () => new Date();
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const line = (record: object) => `${JSON.stringify(record)}\n`;
const said = (uuid: string, content: unknown, more: object = {}) =>
  line({ type: 'user', uuid, timestamp: '2026-11-01T10:00:02.000Z', message: { role: 'user', content }, ...more });

function write(scene: ArchivedScene, change: Partial<TranscriptRequest> = {}) {
  return writeTranscript(
    { session: sessionId, format: 'html', folders: scene.folders, maskSecrets: false, target: null, ...change },
    { now },
  );
}

async function written(scene: ArchivedScene, change: Partial<TranscriptRequest> = {}) {
  const outcome = await write(scene, change);
  if (outcome.kind !== 'written') throw new Error(`It should have been written: ${JSON.stringify(outcome)}`);
  const text = await readFile(outcome.path, 'utf8');
  return { ...outcome, text, page: new JSDOM(text).window.document };
}

async function markdown(scene: ArchivedScene): Promise<string> {
  const read = await readTranscript(sessionId, scene.folders, { maskSecrets: false, onTrouble: () => undefined });
  if (read.kind !== 'pieces') throw new Error(read.message);
  let text = '';
  for await (const piece of read.pieces) text += piece;
  return text;
}

/** Tags and attributes that a transcript is made of; nothing else may come out of a parser. */
const ownTags = new Set(
  'html head meta title style body header h1 bdi p main article div b span time pre details summary img'.split(' '),
);
const ownAttributes = new Set('lang charset http-equiv content name id class dir datetime alt src'.split(' '));

function expectOwnMarkup(page: Document): void {
  const foreign = [...page.querySelectorAll('*')].flatMap((element) => [
    ...(ownTags.has(element.localName) ? [] : [element.localName]),
    ...element.getAttributeNames().filter((name) => !ownAttributes.has(name)),
  ]);
  expect(foreign).toEqual([]);
  const policy = page.querySelector('meta[http-equiv]')?.getAttribute('content');
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/);
  for (const image of page.querySelectorAll('img'))
    expect(image.src).toMatch(/^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/);
}

const attacks = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)></pre></details></article></main><h1>forged',
  "' autofocus onfocus='alert(1)",
  '</style><style>body{background:url(http://x)}</style><!-- <base href=http://x>',
  '[click](javascript:alert(1)) ![x](http://x/y.png)\n[a]: javascript:alert(1)\n# forged\n```\nnever closed <b>',
  '\u001b[31mred\u001b[0m \u0000 \u202egnp.exe \ud800 \u2066x\u2028y',
  '````\n``` inside ```\n````',
];

describe('an HTML transcript', () => {
  it('keeps no tag, attribute or control character of what the session says', async () => {
    const scene = await makeArchivedScene();
    for (const [index, attack] of attacks.entries()) {
      await scene.archiveLines(
        userLine(`u${index}"><b>`, attack),
        assistantLine(`a${index}`, attack, attack),
        line({ type: attack, uuid: `x${index}`, timestamp: attack, text: attack }),
        line({ type: 'ai-title', aiTitle: attack, sessionId, cwd: `/w/${attack}` }),
        line({
          type: 'assistant',
          uuid: `m${index}`,
          message: {
            id: 'm',
            model: attack,
            content: [
              { type: 'thinking', thinking: attack },
              {
                type: 'tool_use',
                id: `t${index}`,
                name: attack,
                input: { command: attack, [attack]: { [attack]: attack } },
              },
              { type: attack, value: attack },
            ],
          },
        }),
        said(`r${index}`, [
          { type: 'tool_result', tool_use_id: `t${index}`, is_error: index % 2 === 0, content: attack },
          { type: 'image', source: { type: 'base64', media_type: attack, data: pixel } },
          { type: 'image', source: { type: 'base64', media_type: 'image/svg+xml', data: pixel } },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: attack } },
        ]),
        line({
          type: 'system',
          subtype: 'compact_boundary',
          uuid: `c${index}`,
          compactMetadata: { trigger: attack, preTokens: attack },
        }),
      );
    }
    const { page, text } = await written(scene);
    expectOwnMarkup(page);
    expect(page.querySelectorAll('h1').length).toBe(1);
    expect(page.querySelectorAll('img').length).toBe(0);
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\u202e\u2066\ufffd]/u);
    expect(page.querySelector('#m-a0')?.textContent).toContain('<script>alert(1)</script>');
    expect(page.querySelector('#m-a5')?.textContent).toContain('red \\u0000 \\u202egnp.exe \\ud800');
    expect(page.querySelector(`[id="${anchorOf('u0"><b>')}"]`)?.textContent).toContain('onerror');
    const prose = await markdown(scene);
    expect(prose).not.toMatch(/(?![\n\t])[\p{Cc}\u202e\u2066\ufffd]/u);
    // Outside of fences.
    const outside = prose.replaceAll(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, '');
    expect(outside.replaceAll(/<a id="m-[\w-]+"><\/a>|<!-- made-from: \w+ -->/g, '')).not.toContain('<');
    expect(outside).not.toMatch(/\]\(|^# forged|^\[a\]:/m);
  });

  it('shows who said what and when, folds the tools, and shows images and compactions', async () => {
    const scene = await makeArchivedScene();
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } };
    await scene.archiveLines(
      said('u1', [{ type: 'text', text: 'Look at **this**' }, image]),
      assistantLine('a1', 'm1', 'Fine:\n```ts\nconst a = 1 < 2;\n```'),
      line({
        type: 'assistant',
        uuid: 'a2',
        message: {
          id: 'm1',
          model: 'claude-opus-4-6',
          content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'ls -l' } }],
        },
      }),
      said('r1', [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'three files' }, image] }]),
      line({
        type: 'system',
        subtype: 'compact_boundary',
        uuid: 'c1',
        compactMetadata: { trigger: 'auto', preTokens: 967_400, postTokens: 31_000 },
      }),
      said('s1', 'All before in short.', { isCompactSummary: true }),
      line({ type: 'attachment', uuid: 'q1', attachment: { type: 'queued_command', prompt: 'and then' } }),
      line({ type: 'surprise', uuid: 'x1', secret: 'kept' }),
      metadataLine,
    );
    const { page } = await written(scene);
    const at = (uuid: string) => page.getElementById(anchorOf(uuid));
    expect(at('u1')?.querySelector('.head')?.textContent).toBe('User2026-11-01 10:00:02 UTC');
    expect(at('u1')?.querySelector('img')?.getAttribute('src')).toBe(`data:image/png;base64,${pixel}`);
    expect(at('a1')?.querySelector('.head')?.textContent).toBe('Assistantclaude-opus-4-62026-11-01 10:00:01 UTC');
    expect(at('a1')?.querySelector('pre')?.textContent).toBe('const a = 1 < 2;');
    // One answer has one head, and the result stands with its call.
    expect(at('a2')?.querySelector('.head')).toBe(null);
    expect(at('a2')?.querySelector('details.call summary')?.textContent).toBe('Bash: ls -l');
    expect(at('r1')?.querySelector('.head')).toBe(null);
    expect(at('r1')?.querySelector('details.result summary')?.textContent).toBe('Result: Bash');
    expect(at('r1')?.querySelector('details.result img')).not.toBe(null);
    expect(at('c1')?.textContent).toBe('Compacted: 967K → 31K tokens');
    expect(at('s1')?.querySelector('details')?.textContent).toContain('All before in short.');
    expect(at('q1')?.textContent).toContain('and then');
    expect(at('x1')?.closest('details')?.querySelector('summary')?.textContent).toBe('surprise, last-prompt');
    expect(at('x1')?.textContent).toContain('kept');
    expectOwnMarkup(page);
    const text = await markdown(scene);
    expect(text).toContain(
      '## Assistant · claude-opus-4-6 · 2026-11-01 10:00:01 UTC\n\nFine:\n\n```ts\nconst a = 1 < 2;\n```',
    );
    expect(text).toContain('**Result: Bash**\n\n```\nthree files\n```');
    expect(text).toContain('**Compacted: 967K → 31K tokens**');
  });

  it('folds sub-agents and spilled results where they belong, and each once', async () => {
    const scene = await makeArchivedScene();
    const beside = path.join(path.dirname(scene.sourcePath), sessionId);
    await mkdir(path.join(beside, 'subagents'), { recursive: true });
    await mkdir(path.join(beside, 'tool-results'));
    const spawned = said('r2', [{ type: 'tool_result', tool_use_id: 't9', content: 'done' }], {
      toolUseResult: { agentId: 'b2' },
    });
    await writeFile(path.join(beside, 'subagents', 'agent-b1.jsonl'), userLine('s1', 'from the agent') + spawned);
    await writeFile(path.join(beside, 'subagents', 'agent-b1.meta.json'), '{"agentType":"explorer"}');
    // It says that it made the agent that made it: no end of it.
    const back = said('r3', [{ type: 'tool_result', content: 'x' }], { toolUseResult: { agentId: 'b1' } });
    await writeFile(path.join(beside, 'subagents', 'agent-b2.jsonl'), userLine('s2', 'from within') + back);
    await writeFile(path.join(beside, 'subagents', 'agent-lost.jsonl'), userLine('s3', 'told by nobody'));
    await writeFile(path.join(beside, 'tool-results', 'big.txt'), `begin ${'x'.repeat(400_000)} end`);
    await scene.archiveLines(
      userLine('u1'),
      said('r1', [
        {
          type: 'tool_result',
          content: `Output too large. Full output saved to: /h/${sessionId}/tool-results/big.txt`,
        },
      ]),
      said('r0', [{ type: 'tool_result', content: 'ok' }], { toolUseResult: { agentId: 'b1' } }),
      userLine('u2'),
    );
    const { page } = await written(scene);
    const labels = [...page.querySelectorAll('details.nested > summary')].map(({ textContent }) => textContent);
    expect(labels).toEqual([
      'Full result: big.txt',
      'Sub-agent b1',
      'File beside the session: agent-b1.meta.json',
      'Sub-agent b2',
      'Sub-agent lost',
    ]);
    expect(page.querySelector('#m-r1 + details.nested')?.textContent).toMatch(
      /begin x+\n… shortened, 138 KB left out …/,
    );
    const agent = page.querySelector('#m-r0 + details.nested');
    expect(agent?.querySelector('#m-s1')?.textContent).toContain('from the agent');
    expect(agent?.querySelector('#m-r2 + details.nested #m-s2')).not.toBe(null);
    expect(agent?.nextElementSibling?.id).toBe('m-u2');
    expectOwnMarkup(page);
  });
});

describe('writing a transcript', () => {
  it('writes it whole, for the user alone, and anew only when the archive has grown', async () => {
    const scene = await makeArchivedScene();
    await scene.archiveLines(userLine('u1'));
    const { folders, setAside } = scene;
    await compressSession({ sessionId, folders, setAside, now, plainForMs: 0, budgetBytes: Number.POSITIVE_INFINITY });
    await rm(scene.sourcePath);
    const first = await written(scene, { session: sessionId.slice(0, 8) });
    const folder = transcriptsFolderOf(folders);
    expect(first.path).toBe(path.join(folder, `${sessionId}.html`));
    const facts = await stat(first.path);
    expect([facts.mode & 0o777, (await stat(folder)).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(await write(scene)).toMatchObject({ kind: 'current', path: first.path });
    expect((await stat(first.path)).ino).toBe(facts.ino);
    await scene.append(userLine('u1'));
    await scene.archiveLines(assistantLine('a2', 'm2'));
    expect((await written(scene)).page.getElementById('m-a2')).not.toBe(null);
    expect(await readdir(folder)).toEqual([`${sessionId}.html`]);
  });

  it('replaces nothing that is no transcript, and knows no other session', async () => {
    const scene = await makeArchivedScene();
    await scene.archiveLines(userLine('u1'));
    const target = path.join(scene.folder, 'mine.md');
    await writeFile(target, 'my own words');
    expect(await write(scene, { format: 'markdown', target })).toMatchObject({ kind: 'refused' });
    expect(await readFile(target, 'utf8')).toBe('my own words');
    const link = path.join(scene.folder, 'link.html');
    await symlink(target, link);
    expect(await write(scene, { target: link })).toMatchObject({ kind: 'refused' });
    expect(await write(scene, { session: 'ffffffff' })).toMatchObject({ kind: 'unknown-session' });
    expect(await write(scene, { session: '0a1b' })).toMatchObject({ kind: 'unknown-session' });
    const text = await written(scene, { format: 'markdown', target: path.join(scene.folder, 'new.md') });
    expect(text.text).toBe(await markdown(scene));
    expect(await write(scene, { format: 'markdown', target: text.path })).toMatchObject({ kind: 'current' });
  });

  it('says in the page and to its caller what is damaged or missing, and tries again when it is mended', async () => {
    const scene = await makeArchivedScene();
    const names = [
      await scene.archiveLines(userLine('u1')),
      await scene.archiveLines(userLine('u2')),
      await scene.archiveLines(userLine('u3')),
    ];
    const [, damaged = '', missing = ''] = names;
    const [bytes, lost] = [await readFile(scene.inArchive(damaged)), await readFile(scene.inArchive(missing))];
    await writeFile(scene.inArchive(damaged), bytes.toString().replace('hello', 'jello'));
    await rm(scene.inArchive(missing));
    const { page, troubles } = await written(scene);
    expect(troubles).toEqual([expect.stringContaining(damaged), expect.stringContaining(missing)]);
    expect([...page.querySelectorAll('.trouble')].map(({ textContent }) => textContent)).toEqual(troubles);
    expect(page.getElementById('m-u1')).not.toBe(null);
    await writeFile(scene.inArchive(damaged), bytes);
    await writeFile(scene.inArchive(missing), lost);
    expect(await written(scene)).toMatchObject({ troubles: [] });
    expect(await write(scene)).toMatchObject({ kind: 'current' });
  });

  it('shows what the session file no longer holds, behind all else', async () => {
    const scene = await makeArchivedScene();
    await scene.archiveLines(userLine('u1', 'one'.repeat(200)));
    await scene.archiveLines(userLine('u2', 'rewound'));
    await writeFile(scene.sourcePath, userLine('u1', 'one'.repeat(200)));
    await scene.archiveLines(userLine('u3', 'instead'));
    const { page } = await written(scene);
    const order = [...page.querySelectorAll('article')].map(({ id }) => id);
    expect(order).toEqual(['m-u1', 'm-u3', 'm-u2']);
    expect(page.getElementById('m-u2')?.closest('details')?.textContent).toContain('Earlier versions');
  });

  it('shortens what is very long and says by how much', async () => {
    const scene = await makeArchivedScene();
    await scene.archiveLines(
      userLine('u1', `first ${'x'.repeat(10_000_000)} last`),
      line({ type: 'user', uuid: 'u2', pad: 'y'.repeat(25 * 1024 * 1024) }),
      userLine('u3', 'after'),
    );
    const { page, text, troubles } = await written(scene);
    expect(text.length).toBeLessThan(220_000);
    expect(page.getElementById('m-u1')?.textContent).toMatch(/first x+\n… shortened, 9801 KB left out …\nx+ last/);
    expect(page.querySelector('.trouble')?.textContent).toBe('A line too long to show, 26 MB left out.');
    expect(troubles).toEqual([]);
    expect(page.getElementById('m-u3')?.textContent).toContain('after');
  });
});

const transcripts = (await listTranscripts()).filter((name) => !name.includes('/subagents/'));

describe.skipIf(transcripts.length === 0)('transcripts of genuine sessions', () => {
  it('hold every entry by its anchor and no foreign markup', async () => {
    const scene = await makeArchivedScene();
    let checked = 0;
    for (const name of transcripts) {
      const bytes = await readFile(path.join(transcriptsFolder, name));
      if (bytes.length > 700_000 || bytes.length === 0) continue;
      await scene.append(bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\n')]));
      checked += 1;
    }
    expect(checked).toBeGreaterThan(10);
    await scene.archiveLines(userLine('the-end'));
    const { page, troubles } = await written(scene);
    expectOwnMarkup(page);
    const uuids = new Set<string>();
    let bad = 0;
    for (const text of (await scene.source()).toString('utf8').split('\n')) {
      if (text.trim() === '') continue;
      try {
        const record: unknown = JSON.parse(text);
        if (typeof record !== 'object' || record === null || Array.isArray(record)) bad += 1;
        else if ('uuid' in record && typeof record.uuid === 'string' && record.uuid !== '') uuids.add(record.uuid);
      } catch {
        bad += 1;
      }
    }
    expect(uuids.size).toBeGreaterThan(500);
    const missing = [...uuids].filter((uuid) => page.getElementById(anchorOf(uuid)) === null);
    expect(missing).toEqual([]);
    expect(page.querySelectorAll('.trouble').length).toBe(bad + troubles.length);
  }, 60_000);
});
