import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { secretMask } from '../../../../src/main/archive/secret-mask.js';
import { readTranscript, writeTranscript } from '../../../../src/main/archive/transcript/write-transcript.js';
import { inventedPrivateKey, inventedSecrets } from '../../../support/invented-secrets.js';
import { sessionId } from '../../export/export-fixture.js';
import { makeArchivedScene, type ArchivedScene } from '../archived-scene.js';

const keys = Object.values(inventedSecrets);
const [first = ''] = keys;
const filling = 'word '.repeat(15_990);

/** A session that tells its secrets wherever a session can tell something. */
async function tellingScene(): Promise<ArchivedScene> {
  const scene = await makeArchivedScene();
  const line = (uuid: string, record: object): string =>
    `${JSON.stringify({ uuid, timestamp: '2026-11-01T10:00:00.000Z', ...record })}\n`;
  const said = (role: string, content: unknown) => ({ type: role, message: { role, content } });
  const pasted = `Use these:\n\`\`\`\n${keys.join('\n')}\n\`\`\`\n${inventedPrivateKey}`;
  await scene.archiveLines(
    line('u1', said('user', pasted)),
    line('a1', said('assistant', [{ type: 'thinking', thinking: `So ${first} it is.` }])),
    line('a2', said('assistant', [{ type: 'tool_use', id: 't', name: 'Bash', input: { command: `login ${first}` } }])),
    // The command's gist is cut in the middle of the key, the result in the middle of another.
    line('a3', said('assistant', [{ type: 'tool_use', id: 'u', name: 'Bash', input: { command: cutAt(100) } }])),
    line('r1', said('user', [{ type: 'tool_result', tool_use_id: 't', content: `${filling}${pasted}${filling}` }])),
    line('r2', said('user', [{ type: 'tool_result', tool_use_id: 'u', content: [{ type: 'text', text: pasted }] }])),
    line('x1', { type: 'an-unknown-kind', deep: [{ deeper: { deepest: pasted } }] }),
    line('n1', { type: 'ai-title', aiTitle: `About ${first}`, sessionId }),
  );
  return scene;
}

function cutAt(place: number): string {
  return `${'x'.repeat(place - 30)} ${first}`;
}

/** A key, or enough of one to guess it by. */
function expectNoSecret(text: string): void {
  const pieces = [...keys, ...inventedPrivateKey.split('\n').slice(1, -1)].flatMap((key) => [
    key.slice(0, 24),
    key.slice(-24),
  ]);
  expect(pieces.filter((piece) => text.includes(piece))).toEqual([]);
}

async function archivedBytes(scene: ArchivedScene): Promise<readonly string[]> {
  const names = (await readdir(scene.inArchive(), { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  return Promise.all(names.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')));
}

describe('a masked transcript', () => {
  it.each(['html', 'markdown'] as const)('tells no secret in %s, whole or in part', async (format) => {
    const scene = await tellingScene();
    const before = await archivedBytes(scene);
    const request = { session: sessionId, format, folders: scene.folders, target: null };
    const now = () => new Date();
    const open = await writeTranscript({ ...request, maskSecrets: false }, { now });
    if (open.kind !== 'written') throw new Error(open.kind);
    expect(await readFile(open.path, 'utf8')).toContain(first);

    // Not taken for the one that stands there.
    expect(await writeTranscript({ ...request, maskSecrets: true }, { now })).toMatchObject({ kind: 'written' });
    const text = await readFile(open.path, 'utf8');
    expectNoSecret(text);
    expect(text).toContain(`About ${secretMask}`);
    expect(text).toContain(`login ${secretMask}`);
    expect(text.split(secretMask).length).toBeGreaterThan(4 * keys.length);
    expect(await writeTranscript({ ...request, maskSecrets: true }, { now })).toMatchObject({ kind: 'current' });
    expect(await archivedBytes(scene)).toEqual(before);
  });

  it('is printed masked as well', async () => {
    const scene = await tellingScene();
    const read = await readTranscript(sessionId, scene.folders, { maskSecrets: true, onTrouble: () => undefined });
    if (read.kind !== 'pieces') throw new Error(read.message);
    let text = '';
    for await (const piece of read.pieces) text += piece;
    expectNoSecret(text);
    expect(text).toContain(`login ${secretMask}`);
  });
});
