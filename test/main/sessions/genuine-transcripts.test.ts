import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';

const folder = path.resolve(import.meta.dirname, '../../../../shared/transcripts');
const index = path.join(folder, 'INDEX.tsv');
const isHere = existsSync(index);

interface IndexedTranscript {
  readonly file: string;
  readonly used: string;
  readonly prompt: string;
  readonly model: string;
  readonly boundaries: string;
}

function indexedTranscripts(): IndexedTranscript[] {
  const [header = '', ...rows] = readFileSync(index, 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    return {
      file: cell('path'),
      used: cell('used_tokens'),
      prompt: cell('prompt_tokens'),
      model: cell('model'),
      boundaries: cell('boundaries'),
    };
  });
}

if (!isHere) console.log('The genuine transcripts are not here: their figures are not compared.');

describe.skipIf(!isHere)('genuine transcripts give the figures of their index', () => {
  test.each(isHere ? indexedTranscripts() : [])('$file', async ({ file, used, prompt, model, boundaries }) => {
    const read = await openTranscriptReader({ path: path.join(folder, file) }).read();
    if (read.kind !== 'read') throw new Error(`${file} was not read: ${read.kind}`);
    const { reading, justCompacted, compactions } = read.snapshot.facts;
    const measured = justCompacted === null ? reading : null;
    expect({
      used: String(measured?.usedTokens ?? 'None'),
      prompt: String(measured?.promptTokens ?? 'None'),
      boundaries: String(compactions),
    }).toEqual({ used, prompt, boundaries });
    const newestModel = measured?.model ?? reading?.model ?? 'None';
    expect(newestModel).toBe(model);
  });
});
