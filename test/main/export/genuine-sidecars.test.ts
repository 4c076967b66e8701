import { cp, readdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listTranscripts, transcriptsFolder } from '../../support/genuine-transcripts.js';
import { makeExportFixture, sessionId } from './export-fixture.js';
import { entriesOf, sidecarScene } from './sidecar-scene.js';

const transcripts = await listTranscripts();

/** The folders of sessions that have sidecars, below the transcripts' folder. */
const withSidecars = [...new Set(transcripts.flatMap((name) => /^(.+)\/subagents\//.exec(name)?.[1] ?? []))];

async function exportInTwo(name: string): Promise<void> {
  const fixture = await makeExportFixture();
  onTestFinished(fixture.remove);
  const scene = sidecarScene(fixture);
  const source = path.join(transcriptsFolder, name);
  await cp(source, scene.at(sessionId), { recursive: true });
  const found = await readdir(source, { recursive: true, withFileTypes: true });
  const content = new Map<string, Buffer>();
  for (const entry of found.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    content.set(`${sessionId}/${path.relative(source, file)}`, await readFile(file));
  }
  await fixture.append('{"type":"user","uuid":"u1"}\n');
  // First as the client had written it half way through.
  for (const [file, bytes] of content) {
    if (file.endsWith('.jsonl')) await truncate(scene.at(file), bytes.length >> 1);
  }
  await fixture.exportNow();
  for (const [file, bytes] of content) {
    if (file.endsWith('.jsonl')) await scene.append(file, bytes.subarray(bytes.length >> 1));
  }
  const second = entriesOf(await fixture.exportNow());
  expect(second.every(({ kind, generation }) => kind === 'lines' && generation === 0)).toBe(true);
  for (const [file, bytes] of content) expect(await scene.joined(file)).toBe(bytes.toString());
}

describe.skipIf(withSidecars.length === 0)('genuine sidecars', () => {
  it('are exported in two pieces that join byte for byte', async () => {
    expect(withSidecars.length).toBeGreaterThan(2);
    for (const name of withSidecars) await exportInTwo(name);
  });
});
