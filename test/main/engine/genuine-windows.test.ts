import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { viewSession } from '../../../src/main/engine/session-view.js';
import { nothingKnown } from '../../../src/main/meter/context-knowledge.js';
import { openTranscriptReader } from '../../../src/main/sessions/transcript-reader.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';

const folder = path.resolve(import.meta.dirname, '../../../../shared/transcripts');
const isHere = existsSync(folder);
if (!isHere) console.log('The genuine transcripts are not here: their windows are not compared.');

async function viewGenuine(file: string) {
  const read = await openTranscriptReader({ path: path.join(folder, file) }).read();
  if (read.kind !== 'read') throw new Error(`${file} was not read: ${read.kind}`);
  const { snapshot } = read;
  const knowledge = {
    file: {
      id: 's1',
      path: file,
      folder,
      modifiedAtMs: snapshot.modifiedAtMs,
      sizeBytes: snapshot.sizeBytes,
      inode: snapshot.inode,
    },
    snapshot,
    ledger: null,
    live: false,
    client: null,
    exporting: false,
    mute: null,
    dismissed: false,
  };
  return viewSession(knowledge, defaultSettings, nothingKnown);
}

describe.skipIf(!isHere)('genuine transcripts', () => {
  test.each([
    [
      'a model that compacts only near the limit, in a file that begins with its compaction',
      'JanDeDobbeleer/oh-my-posh/03/aa52a67cc3/1/full.jsonl',
      {
        windowTokens: 1_000_000,
        windowSource: 'observed',
        compactionLine: { tokens: 998_659, percent: 99.9, source: 'learnt', learntFrom: 1 },
      },
    ],
    [
      'two compactions of an older client, one late',
      'entireio/cli/25/730c662552/0/full.jsonl',
      {
        windowTokens: 200_000,
        windowSource: 'learnt',
        compactionLine: { tokens: 157_925, percent: 79, source: 'learnt', learntFrom: 2 },
      },
    ],
    [
      'one compaction',
      'marot/spotter/test/fixtures/transcripts/258c7280-ae70-4798-800f-63464d01a85d.jsonl',
      {
        windowTokens: 200_000,
        windowSource: 'learnt',
        compactionLine: { tokens: 167_094, percent: 83.5, source: 'learnt', learntFrom: 1 },
      },
    ],
    [
      'a compaction by hand, which teaches nothing',
      'own/client-2.1.330/proj/127e953c-b649-416b-bfc4-5dab47ff2f18.jsonl',
      {
        windowTokens: 200_000,
        windowSource: 'table',
        compactionLine: { tokens: 167_000, source: 'rule' },
        forecast: null,
      },
    ],
    [
      'the large window, asked for',
      'own/client-2.1.330/proj/2c72f93b-5e29-4997-8306-b8b95eaf1e5c.jsonl',
      {
        windowTokens: 1_000_000,
        windowSource: 'requested',
        compactionLine: { tokens: 967_000, percent: 96.7, source: 'rule' },
      },
    ],
  ])('%s', async (_name, file, expected) => {
    expect(await viewGenuine(file)).toMatchObject(expected);
  });
});
