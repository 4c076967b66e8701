import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../../src/main/sessions/entry-parser.js';
import { sessionIdOf } from '../../../src/main/sessions/session-file.js';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import { tempFolder } from '../../support/temp-folder.js';
import { oracleLinesOfText } from './oracle-lines.js';
import { figuresOf, meaningOf, readAfresh, readOn } from './read-transcript.js';
import { whatTranscriptSays } from './transcript-oracle.js';

const folder = path.resolve(import.meta.dirname, '../../../../shared/transcripts');
const index = path.join(folder, 'INDEX.tsv');
const isHere = existsSync(index);

/** The rows of the index: what another implementation found in each transcript. */
function indexedTranscripts(): Record<string, string>[] {
  const [header = '', ...rows] = readFileSync(index, 'utf8').trimEnd().split('\n');
  const columns = header.split('\t');
  return rows.map((row) => Object.fromEntries(row.split('\t').map((cell, at) => [columns[at] ?? '', cell])));
}

if (!isHere) console.log('The genuine transcripts are not here: their figures are not compared.');

describe.skipIf(!isHere)('genuine transcripts', () => {
  const rows = isHere ? indexedTranscripts() : [];
  const fileOf = (row: Record<string, string>) => path.join(folder, row['path'] ?? '');

  test.each(rows)('$path gives the figures of the index', async (row) => {
    const { facts, sizeBytes } = await readAfresh(fileOf(row));
    const measured = facts.justCompacted === null ? facts.reading : null;
    expect(row).toMatchObject({
      used_tokens: String(measured?.usedTokens ?? 'None'),
      prompt_tokens: String(measured?.promptTokens ?? 'None'),
      model: facts.reading?.model ?? 'None',
      boundaries: String(facts.compactions),
      'has_compact(n)': String(facts.compactions),
      bytes: String(sizeBytes),
    });
    const versions = (row['claude_code_versions'] ?? '').split(',');
    expect(facts.version === null || versions.includes(facts.version)).toBe(true);
  });

  test.each(rows)('the lines of $path are what the index says', (row) => {
    const lines = readFileSync(fileOf(row), 'utf8').split('\n');
    const entries = lines.map((line) => parseEntry(line)).filter((entry) => entry !== null);
    const answers = entries.filter((entry) => entry.kind === 'assistant');
    expect(row).toMatchObject({
      lines: String(lines.filter((line) => line.trim() !== '').length),
      'has_sidechain(lines)': String(entries.filter((entry) => 'isSidechain' in entry && entry.isSidechain).length),
      'has_synthetic(n)': String(answers.filter(({ model }) => model === '<synthetic>').length),
    });
    const named = (row['models(lines)'] ?? '').split(',').filter((model) => model !== 'None');
    const counted = named.map((text) => {
      const model = text.replace(/:\d+$/, '');
      const count = answers.filter((answer) => answer.model === model).length;
      return text === model && count > 0 ? model : `${model}:${count}`;
    });
    expect(counted).toEqual(named);
  });

  test.each(rows)(
    '$path in pieces gives what it gives at once, and what the description of the format says',
    async (row) => {
      const bytes = readFileSync(fileOf(row));
      const file = path.join(tempFolder(), 'transcript.jsonl');
      const reader = openTranscriptReader({ path: file });
      // Steps that are no multiple of anything, from a few bytes to a few chunks.
      const steps = [7, 1021, 65_537, 300_007, 13, 700_001];
      writeFileSync(file, '');
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const end = at + (steps[turn % steps.length] ?? 1);
        appendFileSync(file, bytes.subarray(at, end));
        // oxlint-disable-next-line no-await-in-loop
        await readOn(reader);
        at = end;
      }
      const whole = await readAfresh(fileOf(row));
      expect(meaningOf(await readOn(reader))).toEqual(meaningOf(whole));

      expect(figuresOf(whole)).toMatchObject(whatTranscriptSays(oracleLinesOfText(bytes.toString('utf8')), 0));
    },
  );

  test('sub-agents are no sessions', () => {
    const agents = rows.filter((row) => path.basename(row['path'] ?? '').startsWith('agent-'));
    expect(agents.length).toBeGreaterThan(0);
    expect(agents.map((row) => sessionIdOf(fileOf(row)))).toEqual(agents.map(() => null));
  });
});
